import type { Ini } from "../aws_files/ini.ts";
import type { ReaderFiles } from "./reader.ts";

/** The two files as readers find them: one without a text is none. */
export function textsOf(
  { credentials, config }: { readonly credentials: Ini; readonly config: Ini },
): ReaderFiles {
  return { credentials: credentials.text || undefined, config: config.text || undefined };
}
