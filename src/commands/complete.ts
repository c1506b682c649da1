import { shellWord } from "../domain/shell/shell_word.ts";
import { COMPLETION_SHELLS } from "../shells/completions.ts";
import { syntaxOf } from "../domain/shell/shell_of_program.ts";
import { nameProfiles } from "../workflows/support/name_profiles.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";

const OPTIONS = {
  shell: { value: "<name>", description: "for this shell", completes: COMPLETION_SHELLS },
} satisfies Options;

/**
 * `awsmfa __complete profiles`: what the scripts of `awsmfa completions` ask while somebody types. Without --shell one
 * name a line; with it the name's word, a tab and the name, and each character beyond ASCII, and each backslash, as an
 * escape: `\u00dc`, since PowerShell reads what programs print in the code page of the console.
 */
export const complete: CommandWith<typeof OPTIONS> = {
  description: "Names what may stand at a place of the command line.",
  argument: { form: "<what>", description: "what is named", choices: ["profiles"] },
  options: OPTIONS,
  run: runComplete,
};

function runComplete({ shell }: Given<typeof OPTIONS>, { world }: CommandContext): void {
  world.keepPermissions(["read", "env"]);
  const syntax = shell === undefined ? undefined : syntaxOf(shell);
  for (const name of nameProfiles(world)) {
    // Behind -p it would end the options.
    if (name === "--") continue;
    world.out(syntax === undefined ? `${name}\n` : `${escape(`${shellWord(name, syntax)}\t${name}`)}\n`);
  }
}

function escape(text: string): string {
  return text.replace(
    /\\|[^\t -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
