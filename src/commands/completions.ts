import { COMPLETION_SHELLS, writeCompletions } from "../shells/completions.ts";
import type { Command, CommandContext } from "../cli/options/command.ts";

/** `awsmfa completions SHELL`: a script that makes a shell complete awsmfa's words. */
export const completions: Command = {
  description: "Prints a completion script for your shell.",
  argument: { form: "<shell>", description: "The shell", choices: COMPLETION_SHELLS },
  options: {},
  more: `Use:
  bash        echo 'eval "$(awsmfa completions bash)"' >> ~/.bashrc
  zsh         awsmfa completions zsh > "\${fpath[1]}/_awsmfa"
  fish        awsmfa completions fish > ~/.config/fish/completions/awsmfa.fish
  PowerShell  awsmfa completions powershell | Out-String | Invoke-Expression   ($PROFILE)`,
  run: runCompletions,
};

async function runCompletions(
  _given: unknown,
  { world, words: [shell = ""], wholeTable }: CommandContext,
): Promise<void> {
  world.keepPermissions([]);
  world.out(writeCompletions(shell, await wholeTable()));
}
