import { writeCompletions } from "../../src/shells/completions.ts";
import { wholeTable } from "../../src/cli/command_table.ts";
import { manual } from "../man.ts";
import { type Entry, textEntry } from "./entry.ts";

/** What comes with the program. */
export interface Extras {
  readonly licence: string;
  readonly thirdParty: string;
  readonly readme: string;
  readonly manual: string;
  readonly completions: Readonly<Record<"bash" | "zsh" | "fish" | "powershell", string>>;
}

/** Reads and makes them; `outDir` is where compile left the licences. */
export async function readExtras(root: string, outDir: string): Promise<Extras> {
  const table = await wholeTable();
  return {
    licence: Deno.readTextFileSync(`${root}/LICENSE`),
    thirdParty: Deno.readTextFileSync(`${outDir}/THIRD_PARTY_LICENSES`),
    readme: Deno.readTextFileSync(`${root}/README.md`),
    manual: await manual(),
    completions: {
      bash: writeCompletions("bash", table),
      zsh: writeCompletions("zsh", table),
      fish: writeCompletions("fish", table),
      powershell: writeCompletions("powershell", table),
    },
  };
}

/** The files of an archive, all below one folder. */
export function archiveEntries(
  folder: string,
  program: Entry,
  { licence, thirdParty, readme, manual, completions }: Extras,
): Entry[] {
  return [
    program,
    textEntry("LICENSE", licence),
    textEntry("THIRD_PARTY_LICENSES", thirdParty),
    textEntry("README.md", readme),
    textEntry("man/awsmfa.1", manual),
    textEntry("completions/awsmfa.bash", completions.bash),
    textEntry("completions/_awsmfa", completions.zsh),
    textEntry("completions/awsmfa.fish", completions.fish),
    textEntry("completions/awsmfa.ps1", completions.powershell),
  ].map((entry) => ({ ...entry, path: `${folder}/${entry.path}` }));
}
