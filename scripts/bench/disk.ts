import { lowerQuartile, type Subject } from "./race.ts";

/** A subject, and what the disk took meanwhile for saves like its own, in milliseconds. */
export interface Probed {
  readonly subject: Subject;
  readonly diskTime: () => number;
}

/**
 * Has the disk do before each run what the program is about to ask of it: how long a flush takes is not the program's
 * doing, and changes with all else that is written on the machine. `saves` are the texts, "" for a removal.
 */
export function probed(subject: Subject, folder: string, saves: readonly string[]): Probed {
  const times: number[] = [];
  const prepare = (): readonly string[] => {
    times.push(
      saves.reduce((sum, text) => sum + (text === "" ? timeRemove(folder) : timeSave(folder, text)), 0),
    );
    return subject.prepare?.() ?? [];
  };
  return { subject: { ...subject, prepare }, diskTime: () => lowerQuartile(times) };
}

/** Saved as awsmfa does: written beside, flushed, renamed, and the folder flushed. */
function timeSave(folder: string, text: string): number {
  const bytes = new TextEncoder().encode(text);
  const start = performance.now();
  {
    using file = Deno.openSync(`${folder}/probe.new`, { write: true, create: true, truncate: true });
    file.writeSync(bytes);
    file.syncSync();
  }
  Deno.renameSync(`${folder}/probe.new`, `${folder}/probe`);
  syncFolder(folder);
  return performance.now() - start;
}

function timeRemove(folder: string): number {
  Deno.writeTextFileSync(`${folder}/probe.old`, "old");
  const start = performance.now();
  Deno.removeSync(`${folder}/probe.old`);
  syncFolder(folder);
  return performance.now() - start;
}

function syncFolder(folder: string): void {
  if (Deno.build.os === "windows") return;
  using file = Deno.openSync(folder);
  file.syncSync();
}
