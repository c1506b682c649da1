import config from "../deno.json" with { type: "json" };

/** Anything, or these names and hosts only. */
type Names = boolean | readonly string[];

/** The program's permissions, from the one place where they stand. */
const PERMISSIONS: Readonly<Record<string, Names | { readonly allow: Names; readonly ignore: Names }>> =
  config.permissions.awsmfa;

/**
 * What the program is permitted by Deno's flag of this name, such as "allow-net"; what `ignore-env` names looks as if
 * it were not there. Undefined where the flag is not given.
 */
export function permission(flag: string): true | readonly string[] | undefined {
  const [kind, name = ""] = flag.split("-");
  const value = PERMISSIONS[name];
  const names = typeof value === "object" && "allow" in value
    ? kind === "allow" ? value.allow : kind === "ignore" ? value.ignore : false
    : kind === "allow"
    ? value
    : false;
  return names === false ? undefined : names;
}

/** All of them as Deno's flags. */
export function permissionFlags(): string[] {
  const flags = Object.keys(PERMISSIONS).flatMap((name) => [`allow-${name}`, `ignore-${name}`]);
  return flags.flatMap((flag) => {
    const names = permission(flag);
    return names === undefined ? [] : names === true ? [`--${flag}`] : [`--${flag}=${names.join(",")}`];
  });
}
