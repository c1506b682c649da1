import assert from "node:assert/strict";
import { cleanEnvironment } from "../../scripts/program.ts";

/** A program that goes on all day, and does one thing for each line that it is given. */
export interface AskedProgram extends AsyncDisposable {
  /** Gives it a line, and what it prints for that. Fails where it ends instead. */
  readonly ask: () => Promise<string>;
}

/** Starts such a program in a clean environment. */
export function startAsked(
  [command = "", ...args]: readonly string[],
  home: string,
  env: Record<string, string>,
): AskedProgram {
  const child = new Deno.Command(command, {
    args,
    env: cleanEnvironment(home, env),
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const errors = new Response(child.stderr).text();
  let printed = "";
  return {
    ask: async () => {
      await writer.write(new TextEncoder().encode("\n"));
      for (;;) {
        const [line = "", ...rest] = printed.split("\n");
        if (rest.length > 0) {
          printed = rest.join("\n");
          return line;
        }
        const { value, done } = await reader.read();
        assert.ok(!done, `${command} ended: ${done ? await errors : ""}`);
        printed += value ?? "";
      }
    },
    [Symbol.asyncDispose]: async () => {
      await writer.close().catch(() => undefined);
      while (!(await reader.read()).done);
      await child.status;
      await errors;
    },
  };
}
