import { SubprocessError } from "../compile/subprocess.ts";

/** A program that is run again and again. */
export interface Subject {
  readonly command: string;
  readonly args: readonly string[];
  /** All of its environment. */
  readonly env: Record<string, string>;
  readonly exitCode: number;
  /** Called before each run, outside the measured time; answers the arguments of this run that are new each time. */
  readonly prepare?: () => readonly string[];
}

/** Runs whose time is not counted: files get into the system's cache. */
const WARM_UPS = 2;

/**
 * The time (lower quartile) of each subject in milliseconds, in their order. They take turns, so that what slows the
 * machine down for a while does so for all of them. Throws SubprocessError where one does not end as it should.
 */
export async function race(subjects: readonly Subject[], runs: number): Promise<number[]> {
  return (await takeTurns(subjects, runs, runOnce)).map(lowerQuartile);
}

/** What each subject's runs gave, in the subjects' order; without the warm-ups. */
export async function takeTurns<T>(
  subjects: readonly Subject[],
  runs: number,
  runOnce: (subject: Subject) => Promise<T>,
): Promise<T[][]> {
  const results: T[][] = subjects.map(() => []);
  for (let run = -WARM_UPS; run < runs; run++) {
    for (const [i, subject] of inTurn(subjects, run)) {
      const result = await runOnce(subject);
      if (run >= 0) results[i]?.push(result);
    }
  }
  return results;
}

/** Another one first each time, and every other time backwards: a run also feels what ran before it. */
function inTurn<T>(items: readonly T[], run: number): [index: number, item: T][] {
  const entries = [...items.entries()];
  const first = Math.abs(run) % entries.length;
  const turned = [...entries.slice(first), ...entries.slice(0, first)];
  return run % 2 === 0 ? turned : turned.reverse();
}

/**
 * A quarter of the times are below this one, NaN without any. What else the machine does only ever adds to a time,
 * so the middle one would tell more of the machine, and the least one of luck.
 */
export function lowerQuartile(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) / 4)] ?? NaN;
}

async function runOnce({ command, args, env, exitCode, prepare }: Subject): Promise<number> {
  const more = prepare?.() ?? [];
  const start = performance.now();
  // Never outputSync: the local STS answers in this very process.
  const { code, stderr } = await new Deno.Command(command, {
    args: [...args, ...more],
    env,
    clearEnv: true,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  const took = performance.now() - start;
  if (code === exitCode) return took;
  throw new SubprocessError(`${command} ${args.join(" ")}: ${code}\n${new TextDecoder().decode(stderr)}`);
}
