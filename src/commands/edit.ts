import { UsageError } from "../errors.ts";
import { editFile } from "../workflows/setup/edit_file.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";

const OPTIONS = {
  editor: {
    short: "-e",
    value: "<command>",
    description: "Editor to use [env: VISUAL, EDITOR] [default: vi; Windows: notepad]",
  },
} satisfies Options;

/** `awsmfa edit`: the AWS files, edited safely. */
export const edit: CommandWith<typeof OPTIONS> = {
  description:
    "Opens the file in your editor, checks it and saves it only if it's valid; what is wrong is shown with its line, and " +
    "can be edited again.",
  argument: {
    form: "[file]",
    description: "config or credentials [default: config]",
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
