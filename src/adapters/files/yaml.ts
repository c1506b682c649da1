import { type Document, isScalar, parseDocument, visit, type YAMLError } from "yaml";
import { lineAt } from "../../domain/aws_files/find_section.ts";
import type { YamlData } from "../../domain/imports/yaml_data.ts";
import { FileError } from "../../errors.ts";

/** Such files have some hundred bytes; ten thousand profiles have a megabyte. */
const MOST_BYTES = 1_000_000;

/** What the parser found, in words that repeat nothing of the text. */
const WRONG: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: "there is more than one document",
  RESOURCE_EXHAUSTION: "it is nested too deep",
  TAB_AS_INDENT: "a tab indents it, and YAML needs spaces",
};

/**
 * Reads YAML, with anchors and merges; every scalar is a text as it is written. Throws {@linkcode FileError} with the
 * line number, and never the line's text.
 */
export function parseYaml(text: string, path: string): YamlData {
  if (text.length > MOST_BYTES) {
    throw new FileError(`${path} is too large: ${text.length >> 10} KB`, "is it the right file?");
  }
  // The parser holds each key against all before it: of 10,000 these are 50 million.
  const document = parseDocument(text, { schema: "failsafe", merge: true, uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) throw explain(error, path);
  const twice = keyTwice(document);
  if (twice !== undefined) {
    throw wrongLine(path, lineAt({ text }, twice), "a key is defined twice");
  }
  try {
    return plain(document.toJS({ mapAsMap: true, maxAliasCount: 100 }), path);
  } catch (error) {
    // The parser's own for an anchor that is nowhere, and for ones that make more of a text than anybody means;
    // and what JavaScript says to one that holds itself.
    const why = error instanceof ReferenceError || error instanceof RangeError
      ? "an anchor is missing, or used too often"
      : error instanceof Error && error.message.startsWith("Merge sources must be maps")
      ? "what is merged isn't a mapping"
      : undefined;
    if (why === undefined) throw error;
    throw new FileError(`${path}: ${why}`, `correct the anchors of ${path}`);
  }
}

/** Where a key stands that its mapping has already. */
function keyTwice(document: Document): number | undefined {
  let at: number | undefined;
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          at = key.range?.[0] ?? 0;
          return visit.BREAK;
        }
        seen.add(key.value);
      }
    },
  });
  return at;
}

function explain({ code, linePos }: YAMLError, path: string): FileError {
  return wrongLine(path, linePos?.[0].line ?? 1, WRONG[code] ?? "it is not YAML");
}

function wrongLine(path: string, line: number, what: string): FileError {
  return new FileError(`${path}: line ${line}: ${what}`, `correct line ${line} of ${path}`);
}

function plain(value: unknown, path: string): YamlData {
  if (Array.isArray(value)) return value.map((each) => plain(each, path));
  if (!(value instanceof Map)) return typeof value === "string" ? value : "";
  return new Map([...value].map(([key, each]) => {
    if (typeof key !== "string") throw new FileError(`${path}: a key isn't text`, `its keys are names`);
    return [key, plain(each, path)];
  }));
}
