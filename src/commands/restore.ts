import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { restore } from "../workflows/restore.ts";
import type { World } from "../world.ts";
import { type CommandContext, mergeOptions } from "./context.ts";
import { profileOf } from "./profile_option.ts";
import { printJson, printWarning } from "./print.ts";

interface RestoreOptions {
  profile?: string;
  json?: true;
}

/** `awsmfa restore`: the same as `awsmfa --restore`. */
export function restoreCommand(context: CommandContext): CommandUnknownOpts {
  const { world } = context;
  const command = new Command("restore");
  return command
    .description("Puts the long-term keys back where logins took them from, byte for byte.")
    .option("-p, --profile <name>", "only this profile's")
    .option("--json", "print the result as JSON")
    .action(() => runRestore(world, mergeOptions<RestoreOptions>(command, context)));
}

/** All profiles that were put aside, or the one that --profile names. */
export async function runRestore(world: World, options: RestoreOptions): Promise<void> {
  world.keepPermissions(["read", "write", "env"]);
  const only = options.profile === undefined ? undefined : profileOf(world, options.profile);
  const { profiles, backupPath } = await restore(world, only);
  for (const { profile, outcome } of profiles) if (outcome === "kept") warnKept(world, profile, backupPath);
  if (options.json) return printJson(world, { profiles });
  for (const { profile, outcome } of profiles) {
    if (outcome !== "kept") world.out(`${sayUndone(profile, outcome)}.\n`);
  }
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

/** Other keys stand in the profile by now, and its backup is still there. */
export function warnKept(world: World, profile: string, backupPath: string): void {
  printWarning(
    world,
    `profile '${profile}' holds other long-term keys by now: they were left alone`,
    `the keys put aside stay in ${backupPath}`,
  );
}
