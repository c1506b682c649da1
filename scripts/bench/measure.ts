import { SubprocessError } from "../compile/subprocess.ts";
import { type Subject, takeTurns } from "./race.ts";

/** What a run of a program took. */
export interface Effort {
  readonly wallMs: number;
  /** Of all its threads, in user and in system mode. */
  readonly cpuMs: number;
  readonly peakMiB: number;
}

/** Deno does not tell what a child process took; Python's `resource` does (getrusage(2)). */
const WRAPPER = `
import resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode
wall = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, wall * 1000, (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / 1024)
`;

/** True where a run can be measured so. */
export function canMeasure(): boolean {
  try {
    return new Deno.Command("python3", { args: ["-c", "import resource"], stdout: "null", stderr: "null" })
      .outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The medians of each subject, which take turns. Throws SubprocessError where one does not end as it should. */
export async function measure(subjects: readonly Subject[], runs: number): Promise<Effort[]> {
  return (await takeTurns(subjects, runs, measureOnce)).map((all) => ({
    wallMs: median(all.map(({ wallMs }) => wallMs)),
    cpuMs: median(all.map(({ cpuMs }) => cpuMs)),
    peakMiB: median(all.map(({ peakMiB }) => peakMiB)),
  }));
}

async function measureOnce({ command, args, env, exitCode, prepare }: Subject): Promise<Effort> {
  const more = prepare?.() ?? [];
  const { stdout, stderr } = await new Deno.Command("python3", {
    args: ["-c", WRAPPER, command, ...args, ...more],
    env: { ...env, PATH: Deno.env.get("PATH") ?? "" },
    clearEnv: true,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const decoder = new TextDecoder();
  const [code, wallMs = NaN, cpuMs = NaN, peakMiB = NaN] = decoder.decode(stdout).trim().split(" ").map(
    Number,
  );
  if (code === exitCode) return { wallMs, cpuMs, peakMiB };
  throw new SubprocessError(`${command} ${args.join(" ")}: ${code}\n${decoder.decode(stderr)}`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
