import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { cleanEnvironment, findProgram } from "../../scripts/program.ts";
import { endpoints, type Stage } from "./stage.ts";

const SCRIPT = fileURLToPath(new URL("./terminal.py", import.meta.url));

/** A program on a terminal. */
export interface Terminal extends AsyncDisposable {
  /** Everything shown so far, with the terminal's own signs. */
  readonly screen: () => string;
  /** Waits until this text is shown for the `count`-th time; fails where the program ends or falls silent before. */
  readonly shows: (text: string, count?: number) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** Waits for the end and gives the exit code, as a shell reports it. */
  readonly ends: () => Promise<number>;
}

/** The keys that stop a program, and end its input. */
export const CTRL_C = "\x03";
export const CTRL_D = "\x04";

/** Starts a program on a terminal: stdin, stdout and stderr. Needs python3. */
export function openTerminal(
  words: readonly string[],
  home: string,
  env: Record<string, string>,
): Terminal {
  const child = new Deno.Command("python3", {
    args: [SCRIPT, ...words],
    env: cleanEnvironment(home, { TERM: "xterm", ...env }),
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  let screen = "";
  let ended = false;
  let changed = Promise.withResolvers<void>();
  const reading = (async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const shown of child.stdout) {
      screen += decoder.decode(shown, { stream: true });
      changed.resolve();
      changed = Promise.withResolvers();
    }
    ended = true;
    changed.resolve();
  })();
  const errors = new Response(child.stderr).text();
  return {
    screen: () => screen,
    shows: async (text, count = 1) => {
      while (screen.split(text).length <= count) {
        assert.ok(!ended, `'${text}' was not shown:\n${screen}\n${ended ? await errors : ""}`);
        await within(SILENCE_MS, changed.promise, () => `'${text}' was not shown:\n${screen}`);
      }
    },
    type: (text) => writer.write(new TextEncoder().encode(text)),
    ends: async () => {
      await within(SILENCE_MS, reading, () => `the program does not end:\n${screen}`);
      return (await child.status).code;
    },
    [Symbol.asyncDispose]: async () => {
      // Its terminal goes with it, and so the program on that: it is sent SIGHUP.
      if (!ended) child.kill("SIGKILL");
      await reading;
      await errors;
      await child.status;
      await writer.close().catch(() => undefined);
    },
  };
}

/** How long a program on a terminal may take to show something, or to end, on the slowest of machines. */
const SILENCE_MS = 120_000;

async function within<T>(milliseconds: number, work: Promise<T>, message: () => string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message())), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Starts awsmfa on a stage's terminal; `through` are words in front of it. */
export function openAwsmfa(
  stage: Stage,
  args: readonly string[] = [],
  env: Record<string, string> = {},
  through: readonly string[] = [],
): Terminal {
  const program = findProgram();
  const words = [...through, program.command, ...program.args, ...args];
  return openTerminal(words, stage.home.path, { ...endpoints(stage.sts), ...env });
}
