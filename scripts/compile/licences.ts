/** A package whose code is in the bundle, and the folder that it lies in. */
export interface Package {
  /** "name@version". */
  readonly id: string;
  readonly folder: string;
}

const DENO_LICENCE = new URL("../third_party/deno_license.txt", import.meta.url);
const FILE = /^(licen[cs]e|notice|copying)/i;

/**
 * The licences under which all that is not awsmfa's own stands: each text once, with the packages before it. Some of
 * AWS's packages name Apache-2.0 and come without its text, which stands there for the others. Throws Error for a
 * package that has neither.
 */
export function collectLicences(packages: readonly Package[]): string {
  const holders = new Map<string, string[]>();
  const add = (text: string, id: string): void => {
    holders.set(text, [...holders.get(text) ?? [], id]);
  };
  add(normalize(Deno.readTextFileSync(DENO_LICENCE)), "Deno, the runtime");
  const textOfLicence = new Map<string, string>();
  const withoutText: Package[] = [];
  for (const each of packages) {
    const texts = textsIn(each.folder);
    if (texts.length === 0) withoutText.push(each);
    for (const text of texts) add(text, each.id);
    const [first] = texts;
    if (first !== undefined && !textOfLicence.has(licenceOf(each))) textOfLicence.set(licenceOf(each), first);
  }
  for (const each of withoutText) {
    const text = textOfLicence.get(licenceOf(each));
    if (text === undefined) throw new Error(`${each.id} comes without the text of its licence`);
    add(text, each.id);
  }
  const parts = [...holders].map(([text, ids]) => `${ids.sort().join("\n")}\n\n${text}\n`);
  return `awsmfa holds code of others, under these licences.\n\n${RULE}${parts.join(`\n${RULE}`)}`;
}

const RULE = `${"=".repeat(80)}\n`;

function textsIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].filter(({ name, isFile }) => isFile && FILE.test(name))
    .map(({ name }) => name).sort().map((name) => normalize(Deno.readTextFileSync(`${folder}/${name}`)));
}

function licenceOf({ folder }: Package): string {
  const { license }: { license?: string } = JSON.parse(Deno.readTextFileSync(`${folder}/package.json`));
  return license ?? "";
}

function normalize(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(/[ \t]+$/gm, "").trim();
}
