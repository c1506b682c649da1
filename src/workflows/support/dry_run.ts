import type { World } from "../../world.ts";

/** A file as it is, and as it would be; undefined where there is none. */
export interface PlannedChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The same world, but nothing is saved in it: `changes` are what would have been, and are read as if they were. */
export function dryRun(world: World): { readonly world: World; readonly changes: readonly PlannedChange[] } {
  const changes: PlannedChange[] = [];
  const readText = (path: string): string | undefined => {
    const changed = changes.find((change) => change.path === path);
    return changed === undefined ? world.readText(path) : changed.after;
  };
  const dry: World = {
    ...world,
    readText,
    // The lock file would be made.
    checkReplaceable: world.refuseReadOnly,
    withLock: (_path, work) => work(),
    removeOwn: (folders, files) => world.removeOwn(folders, files, true),
    updateTexts: (paths, edit) => {
      for (const { path, text, optional } of edit(paths.map(readText))) {
        const i = changes.findIndex((change) => change.path === path);
        const before = i < 0 ? world.readText(path) : changes[i]?.before;
        const change = { path, before, after: text };
        if (i >= 0) changes[i] = change;
        else if (text !== before) changes.push(change);
        if (text !== before && text !== undefined && !optional) world.refuseReadOnly([path]);
      }
      return Promise.resolve();
    },
  };
  return { world: dry, changes };
}
