import { fingerprint } from "../text/fingerprint.ts";
import { parseOwnJson, recordOf } from "../text/json.ts";

/** What was said of profiles once, and is not to be said again while it is so: by profile, a fingerprint of each. */
export type SaidNotes = ReadonlyMap<string, readonly string[]>;

const VERSION = 1;

/** Nothing where the text is none of this version of awsmfa's. */
export function parseSaidNotes(text: string | undefined): SaidNotes {
  const notes = parseOwnJson(text);
  if (notes["version"] !== VERSION) return new Map();
  return new Map(
    Object.entries(recordOf(notes["said"])).map(([profile, prints]) => [
      profile,
      Array.isArray(prints) ? prints.filter((print) => typeof print === "string") : [],
    ]),
  );
}

export function formatSaidNotes(said: SaidNotes): string {
  const some = [...said].filter(([, prints]) => prints.length > 0);
  return `${JSON.stringify({ version: VERSION, said: Object.fromEntries(some) }, null, 2)}\n`;
}

/** The first of what is true of a profile now that was not said yet; and what is said of it then. */
export function nextNote(
  said: SaidNotes,
  profile: string,
  notes: readonly string[],
): { readonly note: string | undefined; readonly said: readonly string[] } {
  const before = said.get(profile) ?? [];
  const note = notes.find((each) => !before.includes(fingerprint(each)));
  const still = notes.map(fingerprint).filter((print) => before.includes(print));
  return { note, said: note === undefined ? still : [...still, fingerprint(note)] };
}
