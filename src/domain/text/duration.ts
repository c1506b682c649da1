import { UsageError } from "../../errors.ts";

/** What a duration may be, in seconds. */
export interface DurationRange {
  readonly least: number;
  readonly most: number;
}

/** What sts:GetSessionToken takes (AWS STS API reference, GetSessionToken, DurationSeconds). */
export const SESSION_SECONDS = { least: 900, most: 129_600, usual: 43_200 } as const;

/**
 * Seconds of `3600`, `90m`, `12h`, `1h30m`, `1.5h` or `1d`. `source` names where the text stands ("--duration"). Throws
 * {@linkcode UsageError} where it is no duration or out of the range.
 */
export function parseDuration(text: string, source: string, { least, most }: DurationRange): number {
  const seconds = parseSeconds(text.trim().toLowerCase());
  if (seconds === undefined) {
    throw new UsageError(`${source}: '${text}' isn't a duration`, "seconds, or 90m, 12h, 1h30m");
  }
  if (seconds < least || seconds > most) {
    throw new UsageError(
      `${source}: '${text}' is too ${seconds < least ? "short" : "long"}`,
      `from ${least} seconds (${describeSeconds(least)}) to ${most} seconds (${describeSeconds(most)})`,
    );
  }
  return seconds;
}

/** "12h", "1h 30m", "45m", "20s": whole minutes once it is one minute or more, "5 days" from three on. */
export function describeSeconds(seconds: number): string {
  if (seconds < 60) return `${Math.max(0, Math.floor(seconds))}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes >= 3 * 24 * 60) return `${Math.round(minutes / (24 * 60))} days`;
  const parts = [
    minutes >= 60 ? `${Math.floor(minutes / 60)}h` : "",
    minutes % 60 > 0 ? `${minutes % 60}m` : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function parseSeconds(text: string): number | undefined {
  if (/^\d{1,9}s?$/.test(text)) return parseInt(text, 10);
  const [, days, hours, minutes] =
    /^(?:(\d{1,3}(?:\.\d{1,2})?)d)?(?:(\d{1,5}(?:\.\d{1,2})?)h)?(?:(\d{1,5})m)?$/.exec(text) ?? [];
  if (days === undefined && hours === undefined && minutes === undefined) return undefined;
  return Math.round(Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60);
}
