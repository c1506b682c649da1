import { restore as putBack } from "../workflows/undo/restore.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";
import { DRY_RUN_OPTION } from "../cli/options/dry_run_option.ts";
import { PROFILE_OPTION, profileOf } from "../cli/options/profile_option.ts";
import { printJson } from "../cli/output/print.ts";
import { planUndoing, sayUndone, warnOfForeign } from "../cli/output/say_undone.ts";

const OPTIONS = {
  profile: { ...PROFILE_OPTION.profile, description: "Only this profile's" },
  json: { description: "Print the result as JSON" },
  ...DRY_RUN_OPTION,
} satisfies Options;

/** `awsmfa restore`: the same as `awsmfa --restore`. */
export const restore: CommandWith<typeof OPTIONS> = {
  description: "Puts the long-term keys back where logins took them from, byte for byte.",
  options: OPTIONS,
  run: runRestore,
};

/** All profiles that were put aside, or the one that --profile names. */
export async function runRestore(
  options: Given<typeof OPTIONS>,
  { world }: Pick<CommandContext, "world">,
): Promise<void> {
  world.keepPermissions(["read", "write", "env"]);
  const only = options.profile === undefined ? undefined : profileOf(world, options.profile);
  if (options.dryRun) {
    return await planUndoing(
      world,
      options.json ?? false,
      async (dry) => (await putBack(dry, only)).profiles,
    );
  }
  const { profiles, backupPath } = await putBack(world, only);
  for (const profile of profiles) warnOfForeign(world, profile, backupPath);
  if (options.json) return printJson(world, { profiles });
  for (const { profile, outcome } of profiles) {
    if (outcome !== "left alone") world.out(`${sayUndone(profile, outcome)}.\n`);
  }
}
