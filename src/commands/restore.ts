import { UsageError } from "../errors.ts";
import { type Restore, restore } from "../workflows/restore.ts";
import type { World } from "../world.ts";
import { printJson, printWarning } from "./print.ts";

interface RestoreOptions {
  profile?: string;
  json?: true;
}

/** `awsmfa --restore`: all profiles that were put aside, or the one that --profile names. */
export async function runRestore(world: World, options: RestoreOptions): Promise<void> {
  world.keepPermissions(["read", "write", "env"]);
  if (options.profile === "") {
    throw new UsageError("--profile: the name is empty", "awsmfa --restore -p NAME");
  }
  const done = await restore(world, options.profile);
  for (const { profile, outcome } of done.profiles) {
    if (outcome === "kept") warnKept(world, profile, done);
  }
  if (options.json) return printJson(world, { profiles: done.profiles });
  for (const { profile, outcome } of done.profiles) {
    if (outcome !== "kept") world.out(`Profile '${profile}' ${WORDS[outcome]}.\n`);
  }
}

const WORDS = {
  restored: "has its long-term keys back",
  "already there": "had its long-term keys back already",
} as const;

function warnKept(world: World, profile: string, { backupPath }: Restore): void {
  printWarning(
    world,
    `profile '${profile}' holds other long-term keys by now: they were left alone`,
    `the keys put aside stay in ${backupPath}`,
  );
}
