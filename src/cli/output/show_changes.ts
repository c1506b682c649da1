import { structuredPatch } from "diff";
import { maskSecrets } from "../../domain/keys/mask.ts";
import type { FileKind } from "../../domain/aws_files/section_header.ts";
import { locate } from "../../workflows/support/aws_files.ts";
import type { PlannedChange } from "../../workflows/support/dry_run.ts";
import type { World } from "../../world.ts";

const COLOURS: Readonly<Record<string, number>> = { "+": 32, "-": 31, "@": 36 };

/** A file that would change, and how, as diff -u shows it, without a secret: two that look the same may differ. */
export interface ShownChange {
  readonly path: string;
  readonly diff: string;
}

/** Of a file that is none of AWS's only the name is shown. */
export function showChanges(world: World, changes: readonly PlannedChange[]): ShownChange[] {
  const { config, sessions } = locate(world);
  return changes.map((change) => {
    const isInFolder = change.path.startsWith(sessions) && /^[/\\]/.test(change.path.slice(sessions.length));
    const kind = change.path === config ? "config" : isInFolder ? undefined : "credentials";
    return { path: change.path, diff: writeDiff(change, kind) };
  });
}

/** The diffs as a terminal shows them. */
export function writeChanges(shown: readonly ShownChange[], colour: boolean): string {
  return shown.map(({ diff }) => colour ? diff.replace(/^(.).*$/gm, paint) : diff).join("");
}

/** What changes is found in the real texts, and shown in the masked ones. */
function writeDiff({ path, before, after }: PlannedChange, kind: FileKind | undefined): string {
  const lines = [
    `--- ${before === undefined ? "/dev/null" : path}`,
    `+++ ${after === undefined ? "/dev/null" : path}`,
  ];
  if (kind !== undefined) {
    const [old = "", now = ""] = [before, after];
    const [oldLines, newLines] = [old, now].map((text) => maskSecrets(text, kind, path).split(/\r?\n/));
    const { hunks } = structuredPatch(path, path, old, now, undefined, undefined, { context: 2 });
    for (const hunk of hunks) {
      let [oldAt, newAt] = [hunk.oldStart - 1, hunk.newStart - 1];
      lines.push(`@@ -${rangeOf(hunk.oldStart, hunk.oldLines)} +${rangeOf(hunk.newStart, hunk.newLines)} @@`);
      for (const line of hunk.lines) {
        const mark = line[0] ?? "";
        const [masked, newMasked] = [oldLines?.[oldAt], newLines?.[newAt]];
        // One that stays may be a secret in one of the two only.
        const shown = mark === "+" || (mark === " " && masked === line.slice(1)) ? newMasked : masked;
        lines.push(mark === "\\" ? line : `${mark}${shown ?? ""}`);
        if (mark === "-" || mark === " ") oldAt++;
        if (mark === "+" || mark === " ") newAt++;
      }
    }
  }
  return lines.map((line) => `${line}\n`).join("");
}

/** As diff -u writes it: a range without lines begins one line above. */
function rangeOf(start: number, count: number): string {
  return `${count === 0 ? start - 1 : start},${count}`;
}

function paint(line: string, mark: string): string {
  const colour = /^(---|\+\+\+) /.test(line) ? 1 : COLOURS[mark];
  return colour === undefined ? line : `\x1b[${colour}m${line}\x1b[0m`;
}
