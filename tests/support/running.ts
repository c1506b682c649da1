import assert from "node:assert/strict";
import { cleanEnvironment, findProgram } from "../../scripts/program.ts";
import { endpoints, type Stage } from "./stage.ts";

/** A run of awsmfa without a terminal that is watched while it goes on. */
export interface Running extends AsyncDisposable {
  readonly pid: number;
  /** Waits until its stdout matches, and gives the match; fails where it ends before. */
  readonly prints: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly kill: (signal: Deno.Signal) => void;
  /** Waits for the end of it, and of its stdout, which the programs that it ran have too. */
  readonly ends: () => Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;
}

/** Starts awsmfa on a stage; `through` are words in front of it. */
export function startAwsmfa(
  stage: Stage,
  args: readonly string[],
  env: Record<string, string> = {},
  through: readonly string[] = [],
): Running {
  const program = findProgram();
  const [command = "", ...words] = [...through, program.command, ...program.args, ...args];
  const child = new Deno.Command(command, {
    args: words,
    env: cleanEnvironment(stage.home.path, { ...endpoints(stage.sts), ...env }),
    clearEnv: true,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let stdout = "";
  let ended = false;
  let changed = Promise.withResolvers<void>();
  const reading = (async (): Promise<void> => {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      stdout += text;
      changed.resolve();
      changed = Promise.withResolvers();
    }
    ended = true;
    changed.resolve();
  })();
  const errors = new Response(child.stderr).text();
  return {
    pid: child.pid,
    prints: async (pattern) => {
      for (;;) {
        const match = pattern.exec(stdout);
        if (match !== null) return match;
        assert.ok(!ended, `${pattern} was not printed: ${stdout}\n${ended ? await errors : ""}`);
        await changed.promise;
      }
    },
    kill: (signal) => child.kill(signal),
    ends: async () => {
      const { code } = await child.status;
      await reading;
      return { code, stdout, stderr: await errors };
    },
    [Symbol.asyncDispose]: async () => {
      try {
        child.kill("SIGKILL");
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // it has ended already
      }
      await child.status;
      await reading;
      await errors;
    },
  };
}

/** True while a process of this id is there. */
export function isAlive(pid: number): boolean {
  return new Deno.Command("kill", { args: ["-0", String(pid)], stderr: "null" }).outputSync().success;
}
