import { cellsOf, cutCells, padCells } from "../../domain/text/cells.ts";
import { describeSeconds } from "../../domain/text/duration.ts";
import type { ProfileState, ProfileStatus } from "../../domain/sessions/status.ts";
import type { ListedStatus } from "../../workflows/sessions/status.ts";

/** How wide, and whether in colour. */
export interface TableStyle {
  readonly colour: boolean;
  /** Cells in a line. */
  readonly columns: number;
}

const HEADINGS = ["PROFILE", "STATUS", "LEFT", "DEVICE", "REGION"];
const BAR_CELLS = 6;
/** A full bar is what a login usually gives. */
const FULL_SECONDS = { session: 43_200, role: 3_600 };
const SOON_SECONDS = 1_800;

/** One line a profile; what does not fit the width loses its device first, then ends in "…". */
export function statusTable(profiles: readonly ListedStatus[], style: TableStyle): string {
  const rows = profiles.map((status) => [
    `${status.current ? "*" : " "} ${status.name}`,
    statusOf(status),
    leftOf(status, style.colour),
    status.device?.replace(/^arn:.*:mfa\//, "") ?? "",
    status.region ?? "",
  ]);
  const table = [["  " + HEADINGS[0], ...HEADINGS.slice(1)], ...rows];
  const widths = fit(widthsOf(table), style.columns);
  const lines = table.map((row) =>
    row.map((cell, i) => padCells(cutCells(cell, widths[i] ?? 0), widths[i] ?? 0)).filter((_, i) =>
      widths[i] !== 0
    ).join("  ").trimEnd()
  );
  if (!style.colour) return lines.map((line) => `${line}\n`).join("");
  return lines.map((line, i) => `${paint(line, profiles[i - 1])}\n`).join("");
}

const WORDS: Record<ProfileState, string> = {
  "long-term": "logged out",
  "in place": "logged in",
  "session": "logged in",
  "other session": "other session",
  "role": "logged in, role",
  "expired": "expired",
  "unreadable": "unreadable",
  "none": "logged out",
};

/** In words, with what is cached. */
function statusOf({ state, linkTo, cachedSecondsLeft, roleArn, passedOver }: ListedStatus): string {
  const cached = cachedSecondsLeft === undefined ? "" : ", cached";
  if (linkTo !== undefined) return `linked to ${linkTo}${cached}`;
  if (passedOver) return `${WORDS[state]}, ignored`;
  return `${WORDS[state]}${state === "none" && roleArn !== undefined ? ", role" : ""}${cached}`;
}

/** A screen reader would read a bar character by character: it is drawn in colour only. */
function leftOf(status: ListedStatus, colour: boolean): string {
  const { cachedSecondsLeft: secondsLeft, cachedRole, passedOver } = status;
  const own = secondsLeft === undefined || passedOver;
  const state = cachedRole ? "role" : "session";
  const shown = own ? status : { ...status, state, secondsLeft } as const;
  if (shown.secondsLeft === undefined) return "";
  return colour ? `${bar(shown)} ${timeLeft(shown)}` : timeLeft(shown);
}

/** "9h 40m", "10m ago", or "?" where nothing says so. */
export function timeLeft({ secondsLeft }: ProfileStatus): string {
  if (secondsLeft === undefined) return "?";
  return secondsLeft > 0 ? describeSeconds(secondsLeft) : `${describeSeconds(-secondsLeft)} ago`;
}

function bar({ secondsLeft = 0, state }: ProfileStatus): string {
  const full = state === "role" ? FULL_SECONDS.role : FULL_SECONDS.session;
  const filled = Math.min(BAR_CELLS, Math.ceil(Math.max(0, secondsLeft) / full * BAR_CELLS));
  return `[${"#".repeat(filled)}${"-".repeat(BAR_CELLS - filled)}]`;
}

function paint(line: string, status: ProfileStatus | undefined): string {
  if (status === undefined) return `\x1b[1m${line}\x1b[0m`;
  const { state, secondsLeft = Infinity, passedOver } = status;
  if (passedOver || state === "expired" || state === "unreadable") return `\x1b[31m${line}\x1b[0m`;
  if (state === "long-term" || state === "none") return line;
  return `\x1b[${secondsLeft < SOON_SECONDS ? 33 : 32}m${line}\x1b[0m`;
}

function widthsOf(table: string[][]): number[] {
  return HEADINGS.map((_, i) => Math.max(...table.map((row) => cellsOf(row[i] ?? ""))));
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
