import { applyChanges } from "../workflows/apply_changes.ts";
import { planImport } from "../workflows/import_setup.ts";
import type { CommandContext, CommandWith, Given, Options } from "./command.ts";
import { confirmChanges } from "./confirm_changes.ts";
import { DRY_RUN_OPTION, printPlan } from "./dry_run_option.ts";
import { hintFor } from "./find_shell.ts";
import { printJson } from "./print.ts";

const OPTIONS = {
  yes: { short: "-y", description: "write it without asking" },
  json: { description: "print the result as JSON, without secrets" },
  ...DRY_RUN_OPTION,
} satisfies Options;

/** `awsmfa import FILE`: the set-up of another tool, in AWS's own keys. */
export const importSetup: CommandWith<typeof OPTIONS> = {
  description:
    "Turns the set-up of another tool into settings that awsmfa and AWS's tools read. Shows what would " +
    "change, and asks before it writes.",
  argument: { form: "<file>", description: "what the other tool reads", isPath: true },
  options: OPTIONS,
  more: `What it knows:
  ~/.aws/aws-mfa.yaml                        cwells/aws-mfa
  ~/.aws-mfa/config.yaml                     wizard-shack/aws-mfa
  ~/.aws/credentials                         broamski/aws-mfa, huvcodes/aws-cli-mfa
  ~/.aws/config                              reusabit/awsmfa, aws-vault
  ~/.aws/credentials_backup_by_awsmfa        luhring/awsmfa`,
  run: runImport,
};

async function runImport(
  options: Given<typeof OPTIONS>,
  { world, words: [file = ""] }: CommandContext,
): Promise<void> {
  world.keepPermissions(options.dryRun ? ["read", "env"] : ["read", "write", "env"]);
  const { tools, notes: hints, changes } = await planImport(world, file);
  const notes = await Promise.all(hints.map((hint) => hintFor(world, hint)));
  const found = sayFound(tools, notes, file);
  if (options.dryRun) {
    return await printPlan(world, found, changes, {
      json: options.json ?? false,
      facts: { tools, notes },
    });
  }
  if (changes.length > 0) await confirmChanges(world, changes, options.yes ?? false, found);
  await applyChanges(world, changes, "run the import again");
  if (options.json) return printJson(world, { tools, notes, changed: changes.map(({ path }) => path) });
  for (const { path, after } of changes) {
    world.out(`${path} is ${after === undefined ? "deleted" : "changed"}.\n`);
  }
  if (changes.length > 0) return;
  world.out(`Nothing to change: all of ${file} is there already.\n`);
  for (const note of notes) world.err(`note: ${note}\n`);
}

function sayFound(tools: readonly string[], notes: readonly string[], file: string): string[] {
  const found = tools.length === 0
    ? `Nothing in ${file} is another tool's.`
    : `${file} is the set-up of ${
      tools.join(tools.some((tool) => tool.includes(" or ")) ? ", and of " : " and of ")
    }.`;
  return [found, ...notes.map((note) => `note: ${note}`)];
}
