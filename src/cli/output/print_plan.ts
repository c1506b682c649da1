import type { PlannedChange } from "../../workflows/support/dry_run.ts";
import type { World } from "../../world.ts";
import { printJson } from "./print.ts";

/** Prints what a command would do, in a sentence and as diffs of the files, or as JSON with `facts` of its own. */
export async function printPlan(
  world: World,
  sentences: readonly string[],
  changes: readonly PlannedChange[],
  { json, facts }: { json: boolean; facts: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { showChanges, writeChanges } = await import("./show_changes.ts");
  const shown = showChanges(world, changes);
  if (json) return printJson(world, { dryRun: true, ...facts, files: shown });
  for (const sentence of sentences) world.out(`${sentence}\n`);
  world.out(shown.length === 0 ? "No file would change.\n" : writeChanges(shown, world.colour));
}
