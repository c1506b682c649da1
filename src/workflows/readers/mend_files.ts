import { mendedFiles } from "../../domain/changes/mended_files.ts";
import type { World } from "../../world.ts";
import { readAwsFiles } from "../support/aws_files.ts";
import { textsOf } from "../../domain/readers/texts_of.ts";
import type { PlannedChange } from "../support/dry_run.ts";

/** What can be mended in the two files without any tool that reads them now reading them otherwise. Throws FileError. */
export function planMend(world: World): PlannedChange[] {
  const files = readAwsFiles(world);
  const [before, after] = [textsOf(files), mendedFiles(files)];
  return (["credentials", "config"] as const).filter((kind) => before[kind] !== after[kind])
    .map((kind) => ({ path: files.at[kind], before: before[kind], after: after[kind] }));
}
