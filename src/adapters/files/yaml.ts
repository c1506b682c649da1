import { parseDocument, type YAMLError } from "yaml";
import type { YamlData } from "../../domain/imports/yaml_data.ts";
import { FileError } from "../../errors.ts";

/** Such files have some hundred bytes. */
const MOST_BYTES = 256_000;

/** What the parser found, in words that repeat nothing of the text. */
const WRONG: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: "a key stands twice",
  MULTIPLE_DOCS: "there is more than one document",
  RESOURCE_EXHAUSTION: "it is nested too deep",
  TAB_AS_INDENT: "a tab indents it, and YAML wants blanks",
};

/**
 * Reads YAML, with anchors and merges; every scalar is a text as it is written. Throws {@linkcode FileError} with the
 * line number, and never the line's text.
 */
export function parseYaml(text: string, path: string): YamlData {
  if (text.length > MOST_BYTES) {
    throw new FileError(`${path} is too large: ${text.length >> 10} KB`, "is it the right file?");
  }
  const document = parseDocument(text, { schema: "failsafe", merge: true });
  const [error] = document.errors;
  if (error !== undefined) throw explain(error, path);
  try {
    return plain(document.toJS({ mapAsMap: true, maxAliasCount: 100 }), path);
  } catch (error) {
    // The parser's own for an anchor that is nowhere, and for ones that make more of a text than anybody means;
    // and what JavaScript says to one that holds itself.
    const why = error instanceof ReferenceError || error instanceof RangeError
      ? "an anchor is missing, or used too often"
      : error instanceof Error && error.message.startsWith("Merge sources must be maps")
      ? "what is merged is no mapping"
      : undefined;
    if (why === undefined) throw error;
    throw new FileError(`${path}: ${why}`, `correct the anchors of ${path}`);
  }
}

function explain({ code, linePos }: YAMLError, path: string): FileError {
  const line = linePos?.[0].line ?? 1;
  return new FileError(
    `${path}: line ${line}: ${WRONG[code] ?? "it is not YAML"}`,
    `correct line ${line} of ${path}`,
  );
}

function plain(value: unknown, path: string): YamlData {
  if (Array.isArray(value)) return value.map((each) => plain(each, path));
  if (!(value instanceof Map)) return typeof value === "string" ? value : "";
  return new Map([...value].map(([key, each]) => {
    if (typeof key !== "string") throw new FileError(`${path}: a key is no text`, `its keys are names`);
    return [key, plain(each, path)];
  }));
}
