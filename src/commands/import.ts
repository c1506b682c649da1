import { CONSOLE_KEYS } from "../domain/imports/import_access_keys.ts";
import { type Hint, UsageError } from "../errors.ts";
import { applyChanges } from "../workflows/support/apply_changes.ts";
import { planImport } from "../workflows/setup/import_setup.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";
import { confirmChanges } from "../cli/output/confirm_changes.ts";
import { DRY_RUN_OPTION } from "../cli/options/dry_run_option.ts";
import { printPlan } from "../cli/output/print_plan.ts";
import { hintFor } from "../cli/output/find_shell.ts";
import { printJson } from "../cli/output/print.ts";
import { PROFILE_OPTION } from "../cli/options/profile_option.ts";

const OPTIONS = {
  profile: {
    ...PROFILE_OPTION.profile,
    description: "Profile for a key from the IAM console [default: default, or the user's name]",
  },
  yes: { short: "-y", description: "Apply without asking" },
  json: { description: "Print the result as JSON, without secrets" },
  ...DRY_RUN_OPTION,
} satisfies Options;

/** `awsmfa import FILE`: the configuration of another tool, in AWS's own keys. */
export const importSetup: CommandWith<typeof OPTIONS> = {
  description:
    "Turns the configuration of another tool into settings that awsmfa and AWS's tools read, and puts an access key " +
    "of IAM's console where they look. Shows what would " +
    "change, and asks before it writes.",
  argument: { form: "<file>", description: "The other tool's configuration file", isPath: true },
  options: OPTIONS,
  more: `Supported:
  NAME_accessKeys.csv, credentials.csv       access keys from the IAM console
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
  if (options.profile === "") {
    throw new UsageError("--profile: the name is empty", "awsmfa import FILE -p NAME");
  }
  const { tools, notes: hints, left: after, changes } = await planImport(world, file, options.profile);
  const sayAll = (all: readonly Hint[]): Promise<string[]> =>
    Promise.all(all.map((hint) => hintFor(world, hint)));
  const [notes, left] = [await sayAll(hints), await sayAll(after)];
  const found = sayFound(tools, notes, file);
  if (options.dryRun) {
    return await printPlan(world, found, changes, {
      json: options.json ?? false,
      facts: { tools, notes: [...notes, ...left] },
    });
  }
  if (changes.length > 0) await confirmChanges(world, changes, options.yes ?? false, found);
  await applyChanges(world, changes, "run the import again");
  if (options.json) {
    return printJson(world, {
      tools,
      notes: [...notes, ...left],
      changed: changes.map(({ path }) => path),
    });
  }
  for (const { path, after } of changes) {
    world.out(`${path} is ${after === undefined ? "deleted" : "changed"}.\n`);
  }
  if (changes.length === 0) {
    world.out(`Nothing to change: all of ${file} is there already.\n`);
    for (const note of notes) world.err(`note: ${note}\n`);
  }
  for (const note of left) world.err(`note: ${note}\n`);
}

function sayFound(tools: readonly string[], notes: readonly string[], file: string): string[] {
  const found = tools.includes(CONSOLE_KEYS)
    ? `${file} has access keys from ${CONSOLE_KEYS}.`
    : tools.length === 0
    ? `Nothing in ${file} is another tool's.`
    : `${file} is the configuration of ${
      tools.join(tools.some((tool) => tool.includes(" or ")) ? ", and of " : " and of ")
    }.`;
  return [found, ...notes.map((note) => `note: ${note}`)];
}
