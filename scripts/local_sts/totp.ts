import { createHmac } from "node:crypto";

/** Seconds that one token code is shown for (RFC 6238, section 4.1: X). */
export const stepSeconds = 30;

/** The number of the 30-second step that `now` (milliseconds since 1970) falls into (RFC 6238, section 4.2: T). */
export function totpStep(now: number): number {
  return Math.floor(now / 1000 / stepSeconds);
}

/** The token code of one step: RFC 6238 with SHA-1, which is RFC 4226's HOTP with the step as its counter. */
export function totpCode(key: Uint8Array, step: number, digits = 6): string {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const mac = new DataView(
    Uint8Array.from(createHmac("sha1", key).update(new Uint8Array(counter.buffer)).digest()).buffer,
  );
  // Dynamic truncation, RFC 4226 section 5.3.
  const offset = mac.getUint8(19) & 0x0f;
  const truncated = mac.getUint32(offset) & 0x7fffffff;
  return String(truncated % 10 ** digits).padStart(digits, "0");
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** RFC 4648 base32 without padding: how AWS and every authenticator app write a device's secret down. */
export function base32(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet.charAt(parseInt(five.padEnd(5, "0"), 2))).join(
    "",
  );
}
