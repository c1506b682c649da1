import assert from "node:assert/strict";
import type { Stage } from "./stage.ts";

/** A call of the main thread: the system's name for it, which of that name it is, and what strace says of it. */
export interface TracedCall {
  readonly name: string;
  readonly count: number;
  readonly line: string;
}

/** The calls of these names, with commas between, that an undisturbed run makes, in order. Needs strace. */
export async function traceCalls(
  stage: Stage,
  args: readonly string[],
  names: string,
): Promise<TracedCall[]> {
  const log = stage.home.file("strace.log");
  const through = ["strace", "-f", "-y", "-qq", "-o", log, "-e", `trace=${names}`];
  const { code, stderr } = await stage.awsmfa(args, { through });
  assert.equal(code, 0, stderr);
  const lines = Deno.readTextFileSync(log).split("\n");
  Deno.removeSync(log);
  // The thread that the program runs in.
  const [main = ""] = lines.find((line) => line.includes("/.aws"))?.split(" ") ?? [];
  const counts = new Map<string, number>();
  return lines.flatMap((line) => {
    const [, name] = new RegExp(`^${main} +(\\w+)\\(`).exec(line) ?? [];
    if (name === undefined) return [];
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return [{ name, count, line }];
  });
}
