import type { World } from "../world.ts";

/** A file as it is, and as it would be; undefined where there is none. */
export interface PlannedChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The same world, but nothing is saved in it: `changes` are what would have been. */
export function dryRun(world: World): { readonly world: World; readonly changes: readonly PlannedChange[] } {
  const changes: PlannedChange[] = [];
  const dry: World = {
    ...world,
    // The lock file would be made.
    checkReplaceable: world.refuseReadOnly,
    withLock: (_path, work) => work(),
    updateTexts: (paths, edit) => {
      const texts = paths.map((path) => world.readText(path));
      for (const { path, text } of edit(texts)) {
        const before = texts[paths.indexOf(path)];
        if (text !== before) changes.push({ path, before, after: text });
      }
      world.refuseReadOnly(changes.filter(({ after }) => after !== undefined).map(({ path }) => path));
      return Promise.resolve();
    },
  };
  return { world: dry, changes };
}
