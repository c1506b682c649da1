import { FileError } from "../../errors.ts";
import type { World } from "../../world.ts";
import type { PlannedChange } from "./dry_run.ts";

/**
 * Writes what was planned, in this order. Throws FileError where a file is not what it was when that was shown; `again`
 * says what to do then.
 */
export async function applyChanges(
  world: World,
  changes: readonly PlannedChange[],
  again: string,
): Promise<void> {
  if (changes.length === 0) return;
  await world.updateTexts(
    changes.map(({ path }) => path),
    (texts) =>
      changes.map(({ path, before, after }, i) => {
        if ((texts[i] || undefined) !== before) {
          throw new FileError(`${path} was changed by another program meanwhile`, again);
        }
        return { path, text: after };
      }),
  );
}
