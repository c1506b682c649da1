import { type FileKind, writeHeader } from "../aws_files/section_header.ts";
import { readFile } from "./read_file.ts";
import type { Reader } from "./reader.ts";
import { READERS } from "./reader_table.ts";

/** The usual readers that see no profile in a new section of this name in this file. */
export function unseenBy(profile: string, file: FileKind): Reader[] {
  const section = `${writeHeader(profile, file)}\nregion = x\n`;
  return READERS.filter(({ usual, grammar, names, choice: { files } }) =>
    usual && (files === "both" || files.startsWith(file)) &&
    !readFile(grammar, names, section, file).sections.has(profile)
  );
}
