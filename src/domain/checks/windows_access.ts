/** Groups that everybody on a machine is in, by their names in SDDL (Microsoft, "SID strings"). */
const GROUPS = new Map([
  ["WD", "Everyone"],
  ["S-1-1-0", "Everyone"],
  ["BU", "Users"],
  ["S-1-5-32-545", "Users"],
  ["AU", "Authenticated Users"],
  ["S-1-5-11", "Authenticated Users"],
  ["IU", "Interactive"],
  ["S-1-5-4", "Interactive"],
  ["BG", "Guests"],
  ["S-1-5-32-546", "Guests"],
  ["AN", "Anonymous"],
  ["S-1-5-7", "Anonymous"],
]);
/** Rights that let somebody read a file: all, read, and what includes these (Microsoft, "ACE strings"). */
const READS = /FA|FR|GA|GR|CC/;
const FILE_READ_DATA = 0x1;

/**
 * The groups of all people that can read a file, by its access list in SDDL, such as `icacls FILE /save LIST` writes
 * it: in every language of Windows the same.
 */
export function groupsThatRead(sddl: string): string[] {
  const found = [...sddl.matchAll(/\((\w+);([^;)]*);([^;)]*);[^;)]*;[^;)]*;([^;)]*)\)/g)]
    .filter(([, type, flags = ""]) => type === "A" && !flags.includes("IO"))
    .filter(([, , , rights = ""]) =>
      rights.startsWith("0x") ? (Number(rights) & FILE_READ_DATA) !== 0 : READS.test(rights)
    )
    .flatMap(([, , , , who = ""]) => GROUPS.get(who) ?? []);
  return [...new Set(found)];
}
