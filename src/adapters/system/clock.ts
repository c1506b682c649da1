import { readVariable } from "./variable.ts";

/** "2026-11-20 21:17" in the time zone of this machine, or in UTC with a word where JavaScript can't tell that one. */
export function formatLocalTime(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const isOther = at.getTimezoneOffset() === 0 && hasNamelessZone();
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}${isOther ? " UTC" : ""}`;
}

/** A zone that stands for itself, as TZ's `<+0330>-3:30` or a copy in /etc/localtime (tzfile(5)): ICU takes it for UTC. */
function hasNamelessZone(): boolean {
  if (Deno.build.os === "windows") return false;
  const zone = readVariable("TZ") || ruleOf("/etc/localtime");
  return /^:?(?:<[^>]*>|[A-Za-z]{3,})[+-]?0*[1-9]/.test(zone);
}

/** The last line of a file of a zone: the rule that holds from now on, as TZ has it. */
function ruleOf(path: string): string {
  try {
    return new TextDecoder().decode(Deno.readFileSync(path)).trimEnd().split("\n").at(-1) ?? "";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) return "";
    throw error;
  }
}
