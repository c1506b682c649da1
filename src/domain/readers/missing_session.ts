import type { Place, Reader, ReaderFiles } from "./reader.ts";
import { readBoth, type Reading, readingOf, wholeReading } from "./reading.ts";

/** Readers that don't read a profile as it is meant, all for the same reason. */
export interface MissingSession extends Partial<Place> {
  readonly readers: readonly string[];
  /**
   * `refuses`: every profile of the file. `goes on`: with other keys. `asks`: another source, by
   * the key `why`. `finds`: nothing. `others`: it has the session, and reads the profile `why` otherwise than before.
   */
  readonly what: "refuses" | "goes on" | "half" | "asks" | "finds" | "others";
  readonly why: string;
}

/** What a profile is to be read as. */
export interface Meaning {
  /** True for what every reader should make of it. */
  readonly is: (reading: Reading) => boolean;
  /** The id of the session, where there is one: half of it is worse than nothing. */
  readonly sessionId?: string;
}

/**
 * Who does not read a profile as it is meant: of the readers that a person is likely to use, and of the others those that
 * could read the profile in the `files` before. With them, who reads another profile otherwise than before.
 */
export function missingSession(
  readers: readonly Reader[],
  files: ReaderFiles,
  after: ReaderFiles,
  profile: string,
  meaning: Meaning,
): MissingSession[] {
  const found = new Map<string, MissingSession>();
  for (const reader of readers) {
    const [was, is] = [readBoth(reader, files), readBoth(reader, after)];
    const reading = readingOf(is, profile);
    const hadKeys = readingOf(was, profile).kind === "keys";
    const misses = meaning.is(reading)
      ? othersChanged(was, is, profile)
      : reader.usual || hadKeys
      ? missing(reading, meaning)
      : othersChanged(was, is, profile);
    if (misses === undefined) continue;
    // Of one line several readers say several things: the first one does.
    const { what, file, line } = misses;
    const id = JSON.stringify(what === "refuses" ? { what, file, line } : misses);
    const before = found.get(id);
    found.set(id, { ...before ?? misses, readers: [...before?.readers ?? [], reader.name] });
  }
  return [...found.values()].toSorted((a, b) => ORDER.indexOf(a.what) - ORDER.indexOf(b.what));
}

/** What is worse comes first: a tool that goes on with another key says nothing of it. */
const ORDER: readonly MissingSession["what"][] = ["goes on", "half", "asks", "refuses", "finds", "others"];

type Miss = Omit<MissingSession, "readers">;

function missing(reading: Reading, { sessionId }: Meaning): Miss {
  if (reading.kind === "keys") {
    const isHalf = reading.accessKeyId === sessionId;
    return { what: isHalf ? "half" : "goes on", why: "", ...placeIn(reading.id) };
  }
  if (reading.kind === "other") return { what: "asks", why: reading.key, ...placeIn(reading) };
  const what = reading.kind === "refused" ? "refuses" : "finds";
  return { what, why: reading.reason, ...placeIn(reading) };
}

/** The first profile that had keys of its own and has other ones or none. */
function othersChanged(
  was: ReturnType<typeof readBoth>,
  is: ReturnType<typeof readBoth>,
  profile: string,
): Miss | undefined {
  for (const name of wholeReading(was).keys()) {
    if (name === profile || name.startsWith("[")) continue;
    const [before, after] = [readingOf(was, name), readingOf(is, name)];
    if (before.kind === "keys" && keysOf(before) !== keysOf(after)) {
      return { what: "others", why: name, ...placeIn(before.id) };
    }
  }
  return undefined;
}

function keysOf(reading: Reading): string {
  if (reading.kind !== "keys") return reading.kind;
  return JSON.stringify([reading.accessKeyId, reading.secretAccessKey, reading.sessionToken]);
}

function placeIn({ file, line }: Partial<Place>): Partial<Place> {
  return { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
}
