const base32Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const base64Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const decimalDigits = "0123456789";

/** `count` random bytes. */
export function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** An identifier as IAM makes them, such as AKIA (key), ASIA (temporary key), AIDA (user), AROA (role) and what follows. */
export function randomId(prefix: "AKIA" | "ASIA" | "AIDA" | "AROA"): string {
  return prefix + pick(base32Characters, prefix === "AKIA" || prefix === "ASIA" ? 16 : 17);
}

/** A 40-character secret access key that always has the two characters which break careless quoting: / and +. */
export function randomSecretKey(): string {
  return `${pick(base64Characters, 12)}/${pick(base64Characters, 13)}+${pick(base64Characters, 13)}`;
}

/** A session token: 400 characters of base64, with / + and = in it, as AWS's tokens look. */
export function randomSessionToken(): string {
  return `IQoJb3JpZ2luX2Vj${pick(base64Characters, 180)}/${pick(base64Characters, 100)}+${
    pick(base64Characters, 101)
  }=`;
}

/** `count` random decimal digits. */
export function randomDigits(count: number): string {
  return pick(decimalDigits, count);
}

function pick(from: string, count: number): string {
  return Array.from(randomBytes(count), (byte) => from.charAt(byte % from.length)).join("");
}
