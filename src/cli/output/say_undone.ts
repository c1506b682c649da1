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
