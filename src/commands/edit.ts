import { UsageError } from "../errors.ts";
import { editFile } from "../workflows/setup/edit_file.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";

const OPTIONS = {
  editor: {
    short: "-e",
    value: "<command>",
    description: "the editor (VISUAL, EDITOR, else vi; on Windows notepad)",
  },
} satisfies Options;

/** `awsmfa edit`: the AWS files, edited safely. */
export const edit: CommandWith<typeof OPTIONS> = {
  description:
    "Opens the config or the credentials file in an editor, on a copy that is installed only once it is in " +
    "order: what is wrong is told by its line, and can be edited again.",
  argument: {
    form: "[file]",
    description: "which file; config where nothing is said",
    choices: ["config", "credentials"],
  },
  options: OPTIONS,
  run: runEdit,
};

async function runEdit(
  { editor }: Given<typeof OPTIONS>,
  { world, words: [file] }: CommandContext,
): Promise<void> {
  world.keepPermissions(["read", "write", "env", "run"]);
  if (editor?.trim() === "") {
    throw new UsageError("--editor: the command is empty", "awsmfa edit --editor vi");
  }
  const { path, outcome } = await editFile(world, file === "credentials" ? "credentials" : "config", editor);
  world.out(outcome === "saved" ? `${path} is saved.\n` : `${path} is unchanged.\n`);
}
