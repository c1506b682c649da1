import { encodeText } from "../../src/domain/text/byte_text.ts";
import type { Question } from "./question.ts";

/** The texts of both files, and the profiles that are asked for. */
interface CallContext {
  readonly credentials?: string;
  readonly config?: string;
  readonly asked: readonly string[];
}

/** Writes each pair of files into a folder of its own below `root`: one question a profile, in order. */
export function writeQuestions(layouts: readonly CallContext[], root: string): Question[] {
  return layouts.flatMap(({ credentials, config, asked }, i) => {
    const folder = `${root}/${i}`;
    Deno.mkdirSync(folder, { mode: 0o700 });
    if (credentials !== undefined) Deno.writeFileSync(`${folder}/credentials`, encodeText(credentials));
    if (config !== undefined) Deno.writeFileSync(`${folder}/config`, encodeText(config));
    return asked.map((profile) => ({ folder, profile }));
  });
}
