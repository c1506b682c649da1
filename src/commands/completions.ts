import { Argument, Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { UsageError } from "../errors.ts";
import { writeCompletions } from "../shells/completions.ts";
import { nameProfiles } from "../workflows/name_profiles.ts";
import { commandTable } from "./command_table.ts";
import { type CommandContext, mergeOptions } from "./context.ts";

/** `awsmfa completions SHELL`: a script that makes a shell complete awsmfa's words. */
export function completionsCommand(context: CommandContext): CommandUnknownOpts {
  const command = new Command("completions");
  return command
    .description("Prints a script that makes the shell complete commands, options and the names of profiles.")
    .addArgument(new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish", "powershell"]))
    .addHelpText("after", USE)
    .action(async () => {
      const { world, whole } = context;
      mergeOptions(command, context);
      world.keepPermissions([]);
      world.out(writeCompletions(command.args[0] ?? "", commandTable(await whole())));
    });
}

const USE = `
Use:
  bash        echo 'eval "$(awsmfa completions bash)"' >> ~/.bashrc
  zsh         awsmfa completions zsh > "\${fpath[1]}/_awsmfa"
  fish        awsmfa completions fish > ~/.config/fish/completions/awsmfa.fish
  PowerShell  awsmfa completions powershell | Out-String | Invoke-Expression   (in $PROFILE)`;

/** `awsmfa __complete profiles`: what those scripts ask while somebody types. Not shown in any help. */
export function completeCommand({ world }: CommandContext): CommandUnknownOpts {
  const command = new Command("__complete");
  return command
    .argument("<what>")
    .action(() => {
      world.keepPermissions(["read", "env"]);
      if (command.args[0] !== "profiles") throw new UsageError("__complete knows 'profiles' only");
      for (const name of nameProfiles(world)) world.out(`${name}\n`);
    });
}
