import type { Section } from "../aws_files/ini.ts";
import { valueIn } from "../aws_files/profiles.ts";

/** When the session in some sections of a profile ends; undefined where nothing says so. */
export function expirationIn(sections: readonly Section[]): Date | undefined {
  const text = valueIn(sections, "x_security_token_expires") || valueIn(sections, "expiration");
  if (!text) return undefined;
  // broamski/aws-mfa writes UTC without saying so: "2026-11-20 21:17:00".
  const plain = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(text);
  const at = new Date(plain === null ? text : `${plain[1]}T${plain[2]}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** Expiration as it stands in the file: RFC 3339 in UTC, whole seconds. */
export function formatExpiration(expiration: Date): string {
  return expiration.toISOString().replace(/\.\d+Z$/, "Z");
}
