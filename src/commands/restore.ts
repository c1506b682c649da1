import { restore as putBack } from "../workflows/restore.ts";
import type { World } from "../world.ts";
import type { CommandContext, CommandWith, Given, Options } from "./command.ts";
import { PROFILE_OPTION, profileOf } from "./profile_option.ts";
import { printJson, printWarning } from "./print.ts";

const OPTIONS = {
  profile: { ...PROFILE_OPTION.profile, description: "only this profile's" },
  json: { description: "print the result as JSON" },
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
  const { profiles, backupPath } = await putBack(world, only);
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
