/** One line of the result. */
export interface Row {
  readonly what: string;
  /** "28.1 ms". */
  readonly time?: string;
  /** What is held against the limit: "1.18x". */
  readonly value: string;
  readonly limit: string;
  readonly ok: boolean;
}

/** A time against that of an empty program, and how many times that it may be, beside what is not its own doing. */
export function ratioRow(
  what: string,
  { time, empty, limit, waits = 0 }: { time: number; empty: number; limit: number; waits?: number },
): Row {
  const ratio = (time - waits) / empty;
  return {
    what,
    time: milliseconds(time),
    value: `${ratio.toFixed(2)}x`,
    limit: `${limit}x${waits > 0 ? ` + ${milliseconds(waits, 1)}` : ""}`,
    ok: ratio <= limit,
  };
}

/** A time that has a limit in milliseconds. */
export function timeRow(what: string, time: number, limit: number): Row {
  return { what, time: milliseconds(time), value: "", limit: milliseconds(limit, 0), ok: time <= limit };
}

/** The rows as lines in columns. */
export function formatTable(rows: readonly Row[]): string[] {
  const cells = [
    ["what", "time", "value", "limit", "ok"],
    ...rows.map(({ what, time = "", value, limit, ok }) => [what, time, value, limit, ok ? "yes" : "NO"]),
  ];
  const widths = [0, 1, 2, 3, 4].map((i) => Math.max(...cells.map((line) => line[i]?.length ?? 0)));
  return cells.map((line) =>
    line.map((cell, i) => i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)).join("  ")
  );
}

/** "28.1 ms". */
export function milliseconds(time: number, digits = 1): string {
  return `${time.toFixed(digits)} ms`;
}
