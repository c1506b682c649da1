const BYTE_ESCAPE = 0xdc00;

/**
 * The text of a file, losing nothing: a byte that is not UTF-8 becomes a lone low surrogate U+DC80..U+DCFF
 * (Python's "surrogateescape", PEP 383), and a byte order mark stays.
 */
export function decodeBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return decodeBroken(bytes);
  }
}

/** The bytes of a text that {@linkcode decodeBytes} gave, or of any other text. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  if (text.isWellFormed()) return encoder.encode(text);
  const parts: Uint8Array[] = [];
  for (const piece of text.split(/((?<![\ud800-\udbff])[\udc80-\udcff])/)) {
    const code = piece.length === 1 ? piece.charCodeAt(0) : 0;
    const isByte = code > BYTE_ESCAPE && code <= BYTE_ESCAPE + 0xff;
    parts.push(isByte ? Uint8Array.of(code - BYTE_ESCAPE) : encoder.encode(piece));
  }
  return concatenate(parts);
}

/** Whole well-formed runs are decoded as UTF-8, every byte between them is escaped. */
function decodeBroken(bytes: Uint8Array): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) {
      text += String.fromCharCode(BYTE_ESCAPE + (bytes[at] ?? 0));
      at++;
      continue;
    }
    let end = at + length;
    for (let next = sequenceLength(bytes, end); next > 0; next = sequenceLength(bytes, end)) end += next;
    text += decoder.decode(bytes.subarray(at, end));
    at = end;
  }
  return text;
}

/** Bytes of the well-formed UTF-8 sequence at `at`, 0 where there is none (Unicode, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === undefined) return 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i];
    if (byte === undefined || byte < lowest(first, i) || byte > highest(first, i)) return 0;
  }
  return length;
}

function lowest(first: number, index: number): number {
  if (index > 1) return 0x80;
  return first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
}

function highest(first: number, index: number): number {
  if (index > 1) return 0xbf;
  return first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
}

function concatenate(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
