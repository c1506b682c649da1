/**
 * FNV-1a, 64 bits (RFC 9923), as 16 hexadecimal digits: tells texts apart that nobody makes alike on purpose. Not for
 * secrets that could be guessed: AWS's are 240 random bits.
 */
export function fingerprint(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, "0");
}
