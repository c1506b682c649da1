/**
 * Gives the files of a bundle names that depend on nothing but their content: the bundler's own hold a hash of the
 * folders in which checkout and packages lie. Counted in the order in which the texts name them, from `entry` on.
 */
export function nameChunks(files: ReadonlyMap<string, string>, entry: string): Map<string, string> {
  const names = new Map([[entry, entry]]);
  // A Map is walked in the order of insertion, also through what is inserted on the way.
  for (const [old] of names) {
    for (const [, found = ""] of (files.get(old) ?? "").matchAll(FILE_NAME)) {
      if (!files.has(found) || names.has(found)) continue;
      names.set(found, found.replace(/-[0-9A-Z]{8}\.js$/, `-${String(names.size).padStart(2, "0")}.js`));
    }
  }
  if (names.size !== files.size) throw new Error("the bundle has a file that no other file names");
  return new Map(
    [...names].map(([old, name]) => [
      name,
      (files.get(old) ?? "").replace(
        FILE_NAME,
        (all, found) => all.replace(found, names.get(found) ?? found),
      ),
    ]),
  );
}

/** How one file of a bundle names another: "./chunk-IJHCBSN7.js". */
const FILE_NAME = /(?<=["'`]\.\/)([\w.-]+\.js)(?=["'`])/g;
