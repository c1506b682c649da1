import assert from "node:assert/strict";

/** Lines with a unified diff put onto them, as patch does it; fails where a line that stays or goes is another one. */
export function applyDiff(before: readonly string[], diff: readonly string[]): string[] {
  const after: string[] = [];
  let at = 0;
  for (const line of diff.slice(2)) {
    const [, start, count] = /^@@ -(\d+),(\d+) \+\d+,\d+ @@$/.exec(line) ?? [];
    if (start !== undefined) {
      const next = Number(start) - (count === "0" ? 0 : 1);
      after.push(...before.slice(at, next));
      at = next;
    } else if (line.startsWith("+")) {
      after.push(line.slice(1));
    } else if (!line.startsWith("\\")) {
      // One that stays may be a secret in one of the two only, and is not shown then.
      if (!line.endsWith(" ****")) assert.equal(line.slice(1), before[at]);
      if (line.startsWith(" ")) after.push(line.slice(1));
      at++;
    }
  }
  return [...after, ...before.slice(at)];
}
