/**
 * The object of a JSON text that awsmfa wrote; an empty one for a text that is cut off, overwritten or foreign: it
 * is as good as absent, and the next save replaces it.
 */
export function parseOwnJson(text: string | undefined): Record<string, unknown> {
  try {
    return recordOf(JSON.parse(text ?? "null"));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** A value as an object; an empty one for anything else. */
export function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
}

/** A value as a text that is not empty, else undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
