import type { RestoredProfile } from "../domain/changes/restore_keys.ts";
import { restore as putBack } from "../workflows/undo/restore.ts";
import type { World } from "../world.ts";
import type { CommandContext, CommandWith, Given, Options } from "./command.ts";
import { DRY_RUN_OPTION, printPlan } from "./dry_run_option.ts";
import { PROFILE_OPTION, profileOf } from "./profile_option.ts";
import { printJson, printWarning } from "./print.ts";

const OPTIONS = {
  profile: { ...PROFILE_OPTION.profile, description: "only this profile's" },
  json: { description: "print the result as JSON" },
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

/** Prints what undoing logins would do: `undo` is done in a world in which nothing is written. */
export async function planUndoing(
  world: World,
  json: boolean,
  undo: (dry: World) => Promise<readonly RestoredProfile[]>,
): Promise<void> {
  world.keepPermissions(["read", "env"]);
  const { dryRun } = await import("../workflows/support/dry_run.ts");
  const { world: dry, changes } = dryRun(world);
  const profiles = await undo(dry);
  const words = {
    restored: "would get its long-term keys back",
    "already there": "has its long-term keys back already",
    "logged out": "would hold no session any more",
    "left alone": "holds other long-term keys by now: they would be left alone",
  };
  const sentences = profiles.map(({ profile, outcome }) => `Profile '${profile}' ${words[outcome]}.`);
  await printPlan(world, sentences, changes, { json, facts: { profiles } });
}

/** What became of a profile whose login was undone. */
export function sayUndone(profile: string, outcome: "restored" | "already there" | "logged out"): string {
  const words = {
    restored: "has its long-term keys back",
    "already there": "had its long-term keys back already",
    "logged out": "holds no session any more",
  };
  return `Profile '${profile}' ${words[outcome]}`;
}

/** What stood in the profile's section and was not awsmfa's: it was left alone, or is in the backup. */
export function warnOfForeign(
  world: World,
  { profile, outcome, replaced, waits }: RestoredProfile,
  backupPath: string,
): void {
  if (outcome === "left alone") {
    printWarning(
      world,
      `profile '${profile}' has other credentials by now: they were left alone`,
      waits
        ? `what was backed up stays in ${backupPath}`
        : "no keys of it were backed up, and nothing waits to be put back",
    );
  }
  if (replaced !== undefined) printWarning(world, ...sayReplaced(profile, replaced, backupPath));
}

/** Credentials that awsmfa did not write made room, as a message and a hint. */
export function sayReplaced(
  profile: string,
  replaced: string,
  backupPath: string,
): [message: string, hint: string] {
  return [
    `profile '${profile}' had credentials that awsmfa did not write`,
    `they are in [${replaced}] of ${backupPath}`,
  ];
}
