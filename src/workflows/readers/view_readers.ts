import { findCredentials } from "../../domain/keys/credentials.ts";
import type { Section } from "../../domain/aws_files/ini.ts";
import { findProfile, valueIn } from "../../domain/aws_files/profiles.ts";
import { READERS } from "../../domain/readers/reader_table.ts";
import type { Reader } from "../../domain/readers/reader.ts";
import { readBoth, type Reading, readingOf } from "../../domain/readers/reading.ts";
import { type Meant, type View, viewOf } from "../../domain/readers/view_of.ts";
import type { World } from "../../world.ts";
import { readAwsFiles } from "../support/aws_files.ts";
import { textsOf } from "../../domain/readers/texts_of.ts";

/** What one program that reads the two files makes of a profile. */
export interface ReaderView {
  readonly reader: Pick<Reader, "id" | "name" | "usual">;
  readonly view: View;
  /** False where it has something else than the profile is meant to have. */
  readonly isMeant: boolean;
  readonly why: string | undefined;
  readonly path: string | undefined;
  readonly line: number | undefined;
}

/** Every reader's view of a profile, those first that a person is likely to use. Throws FileError. */
export function viewReaders(world: World, profile: string): ReaderView[] {
  const files = readAwsFiles(world);
  const meant = meantOf(findProfile(files, profile));
  return READERS.map((reader) => {
    const reading = readingOf(readBoth(reader, textsOf(files)), profile);
    const view = viewOf(reading, meant);
    const file = "file" in reading ? reading.file : undefined;
    return {
      reader: { id: reader.id, name: reader.name, usual: reader.usual },
      view,
      isMeant: view === (meant?.kind === "session" ? "session" : "long-term keys"),
      why: whyOf(reading),
      path: file && files.at[file],
      line: "line" in reading ? reading.line : undefined,
    };
  });
}

function whyOf(reading: Reading): string | undefined {
  if (reading.kind === "other") return `${reading.key} decides`;
  return reading.kind === "keys" ? undefined : reading.reason;
}

/** The keys or the session that awsmfa finds in a profile. */
export function meantOf(
  profile: { readonly inCredentials: readonly Section[]; readonly inConfig: readonly Section[] } | undefined,
): Meant | undefined {
  for (const sections of [profile?.inCredentials ?? [], profile?.inConfig ?? []]) {
    const found = findCredentials(sections);
    if (found.kind !== "session" && found.kind !== "long-term") continue;
    return { ...found, sessionToken: valueIn(sections, "aws_session_token") || undefined };
  }
  return undefined;
}
