import { describeSeconds } from "../../domain/text/duration.ts";
import type { ProfileStatus } from "../../domain/sessions/status.ts";
import type { ListedStatus } from "../../workflows/sessions/status.ts";

/** How wide, and whether in colour. */
export interface TableStyle {
  readonly colour: boolean;
  /** Signs in a line. */
  readonly columns: number;
}

const HEADINGS = ["PROFILE", "STATE", "LEFT", "DEVICE", "REGION"];
const BAR_SIGNS = 6;
/** A full bar is what a login usually gives. */
const FULL_SECONDS = { session: 43_200, role: 3_600 };
const SOON_SECONDS = 1_800;

/** One line a profile; what does not fit the width loses its device first, then ends in "…". */
export function statusTable(profiles: readonly ListedStatus[], style: TableStyle): string {
  const rows = profiles.map((status) => [
    `${status.current ? "*" : " "} ${status.name}`,
    stateOf(status),
    leftOf(status),
    status.device?.replace(/^arn:.*:mfa\//, "") ?? "",
    status.region ?? "",
  ]);
  const table = [["  " + HEADINGS[0], ...HEADINGS.slice(1)], ...rows];
  const widths = fit(widthsOf(table), style.columns);
  const lines = table.map((row) =>
    row.map((cell, i) => cut(cell, widths[i] ?? 0)).filter((_, i) => widths[i] !== 0).join("  ").trimEnd()
  );
  if (!style.colour) return lines.map((line) => `${line}\n`).join("");
  return lines.map((line, i) => `${paint(line, profiles[i - 1])}\n`).join("");
}

/** The state, and what is cached for it. */
function stateOf({ state, linkTo, cachedSecondsLeft, roleArn, source, passedOver }: ListedStatus): string {
  const cached = cachedSecondsLeft === undefined ? "" : ", cached";
  if (linkTo !== undefined) return `link to ${linkTo}${cached}`;
  if (passedOver) return `${state}, passed over`;
  if (state === "none" && source !== undefined) return cached === "" ? "logged out" : "logged out, cached";
  if (state === "none") return roleArn !== undefined && cached !== "" ? `role${cached}` : "role, logged out";
  return `${state}${cached}`;
}

function leftOf(status: ListedStatus): string {
  const { cachedSecondsLeft: secondsLeft, cachedRole, passedOver } = status;
  if (secondsLeft === undefined || passedOver) {
    return status.secondsLeft === undefined ? "" : `${bar(status)} ${timeLeft(status)}`;
  }
  const state = cachedRole ? "role" : "session";
  const cached = { ...status, state, secondsLeft } as const;
  return `${bar(cached)} ${timeLeft(cached)}`;
}

/** "9 h 40 min", "10 min ago", or "?" where nothing says so. */
export function timeLeft({ secondsLeft }: ProfileStatus): string {
  if (secondsLeft === undefined) return "?";
  return secondsLeft > 0 ? describeSeconds(secondsLeft) : `${describeSeconds(-secondsLeft)} ago`;
}

function bar({ secondsLeft = 0, state }: ProfileStatus): string {
  const full = state === "role" ? FULL_SECONDS.role : FULL_SECONDS.session;
  const filled = Math.min(BAR_SIGNS, Math.ceil(Math.max(0, secondsLeft) / full * BAR_SIGNS));
  return `[${"#".repeat(filled)}${"-".repeat(BAR_SIGNS - filled)}]`;
}

function paint(line: string, status: ProfileStatus | undefined): string {
  if (status === undefined) return `\x1b[1m${line}\x1b[0m`;
  const { state, secondsLeft = Infinity, passedOver } = status;
  if (passedOver || state === "expired" || state === "unreadable") return `\x1b[31m${line}\x1b[0m`;
  if (state === "long-term" || state === "none") return line;
  return `\x1b[${secondsLeft < SOON_SECONDS ? 33 : 32}m${line}\x1b[0m`;
}

function widthsOf(table: string[][]): number[] {
  return HEADINGS.map((_, i) => Math.max(...table.map((row) => [...row[i] ?? ""].length)));
}

/** The device goes first, then the region; the name is cut last, to what is left. */
function fit(widths: number[], columns: number): number[] {
  const total = (): number => widths.reduce((sum, width) => sum + (width === 0 ? 0 : width + 2), -2);
  for (const column of [3, 4]) {
    const excess = total() - columns;
    const width = widths[column] ?? 0;
    if (excess > 0) widths[column] = width - excess >= 8 ? width - excess : 0;
  }
  const excess = total() - columns;
  if (excess > 0) widths[0] = Math.max(8, (widths[0] ?? 0) - excess);
  return widths;
}

function cut(cell: string, width: number): string {
  const characters = [...cell];
  return characters.length > width
    ? `${characters.slice(0, Math.max(0, width - 1)).join("")}…`
    : cell.padEnd(width);
}
