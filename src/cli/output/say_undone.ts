import type { RestoredProfile } from "../../domain/changes/restore_keys.ts";
import type { World } from "../../world.ts";
import { printPlan } from "./print_plan.ts";
import { printWarning } from "./print.ts";

/** Prints what undoing logins would do: `undo` is done in a world in which nothing is written. */
export async function planUndoing(
  world: World,
  json: boolean,
  undo: (dry: World) => Promise<readonly RestoredProfile[]>,
): Promise<void> {
  world.keepPermissions(["read", "env"]);
  const { dryRun } = await import("../../workflows/support/dry_run.ts");
  const { world: dry, changes } = dryRun(world);
  const profiles = await undo(dry);
  const words = {
    restored: "would get its long-term keys back",
    "already there": "already has its long-term keys",
    "logged out": "would be logged out",
    "left alone": "has other long-term keys now: they would be left unchanged",
  };
  const sentences = profiles.map(({ profile, outcome }) => `Profile '${profile}' ${words[outcome]}.`);
  await printPlan(world, sentences, changes, { json, facts: { profiles } });
}

/** What became of a profile whose login was undone. */
export function sayUndone(profile: string, outcome: "restored" | "already there" | "logged out"): string {
  const words = {
    restored: "has its long-term keys back",
    "already there": "already had its long-term keys",
    "logged out": "is logged out",
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
      `profile '${profile}' has other credentials now: they were left unchanged`,
      waits
        ? `what was backed up stays in ${backupPath}`
        : "none of its keys were backed up, so there is nothing to put back",
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
    `profile '${profile}' had credentials that awsmfa didn't write`,
    `they are in [${replaced}] of ${backupPath}`,
  ];
}
