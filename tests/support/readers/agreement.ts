import type { Answer } from "../../../scripts/record_readers/question.ts";
import { READERS } from "../../../src/domain/readers/reader_table.ts";
import type { Reader } from "../../../src/domain/readers/reader.ts";
import { readBoth, readingOf } from "../../../src/domain/readers/reading.ts";
import { EXPLAINED, type Explained } from "./explained.ts";
import type { Layout } from "./layout.ts";

/** A question where the table says one thing and the real reader another. */
export interface Disagreement {
  readonly layout: Layout;
  readonly profile: string;
  readonly real: Answer;
  readonly table: Answer;
  /** Undefined where nobody knows why. */
  readonly callAws: Explained | undefined;
}

/** Their real readers can't be told apart that refuse a file and that find no keys in it. */
const VAGUE = ["reqsign", "aws-creds"];

export function rowOf(id: string): Reader {
  const row = READERS.find((reader) => reader.id === id);
  if (row === undefined) throw new Error(`no row ${id}`);
  return row;
}

/** Undefined where the row answers as the real reader did. */
export function disagreement(
  row: Reader,
  layout: Layout,
  profile: string,
  real: Answer,
): Disagreement | undefined {
  const table = answerOf(row, layout, profile);
  if (isSame(real, table)) return undefined;
  const callAws = EXPLAINED.find((each) => each.rows.includes(row.id) && each.fits(layout));
  return { layout, profile, real, table, callAws };
}

/** What a test prints of it. */
export function told({ layout, profile, real, table }: Disagreement): string {
  const { credentials, config } = layout;
  return JSON.stringify({ kind: layout.kind, profile, real, table, credentials, config });
}

function answerOf(row: Reader, layout: Layout, profile: string): Answer {
  const both = readBoth(row, { credentials: layout.credentials, config: layout.config });
  const reading = readingOf(both, profile);
  if (reading.kind === "keys") {
    return { id: reading.accessKeyId, secret: reading.secretAccessKey, token: reading.sessionToken };
  }
  // Who takes a refused file for an empty one says nothing of it; and some say nothing of why they have no keys.
  return reading.kind === "refused" && !reading.silent && !VAGUE.includes(row.id) ? "file" : "nothing";
}

function isSame(real: Answer, table: Answer): boolean {
  if (typeof real === "string" || typeof table === "string") return real === table;
  const token = real.token === true ? table.token !== undefined : isSameText(real.token, table.token);
  return isSameText(real.id, table.id) && token &&
    (real.secret === undefined || isSameText(real.secret, table.secret));
}

/** A byte that is not UTF-8 is U+FFFD for most, and they say it so. */
function isSameText(real: string | true | undefined, table: string | true | undefined): boolean {
  const plain = (text: string | true | undefined): string =>
    String(text).replace(/[\udc80-\udcff\ufffd]+/g, "\ufffd");
  return plain(real) === plain(table);
}
