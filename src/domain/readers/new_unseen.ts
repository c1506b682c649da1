import type { Ini } from "../aws_files/ini.ts";
import { isPlainName } from "../aws_files/section_header.ts";
import { sayUnseen } from "./say_unseen.ts";
import { unseenBy } from "./unseen_by.ts";

/** So many names are told at most. */
const MOST = 3;

/** Who does not see profiles that are new in a file, in a line; undefined where all do. */
export function newUnseen(before: Ini, after: Ini): string | undefined {
  const known = new Set(before.sections.map(({ name }) => name));
  const isNew = ({ kind, name }: Ini["sections"][number]): boolean =>
    kind.endsWith("profile") && !isPlainName(name) && !known.has(name);
  const names = [...new Set(after.sections.filter(isNew).map(({ name }) => name))].slice(0, MOST);
  const readers = names.flatMap((name) => unseenBy(name, after.file).map((reader) => reader.name));
  return readers.length === 0 ? undefined : sayUnseen([...new Set(readers)], names);
}
