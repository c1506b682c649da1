import { commandWords, nameCodeCommand } from "../domain/command_words.ts";
import { type Hint, NoCredentialsError } from "../errors.ts";
import { startedBy } from "./process_tree.ts";
import { sendTo } from "./run_program.ts";
import { startRunningTime } from "./running_time.ts";
import { endBy, listenToEnd } from "./signals.ts";
import { spawn } from "./spawn.ts";

/** More than six digits and all that a program may say around them. */
const MOST_BYTES = 4096;

/**
 * What a code command prints on stdout, with these variables in its environment. Its stderr is the terminal's. It
 * does not outlive this process. Throws {@linkcode NoCredentialsError} where it fails, prints more than 4 KB or does
 * not end in time, and UsageError where it can't be meant.
 */
export async function runForText(
  command: string,
  seconds: number,
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const fail = (why: string, hint: Hint = "run it by itself: it must print six digits"): never => {
    throw new NoCredentialsError(`${nameCodeCommand(command)} ${why}`, hint);
  };
  const { words: [program = "", ...args], raw } = commandWords(
    command,
    "the code command",
    Deno.build.os === "windows",
  );
  const options = {
    args,
    env: { ...variables },
    windowsRawArguments: raw,
    // What is on a pipe is not for it.
    stdin: Deno.stdin.isTerminal() ? "inherit" : "null",
    stdout: "piped",
    stderr: "inherit",
  } as const;
  let child: Deno.ChildProcess | undefined;
  const heed = listenToEnd((signal) => {
    heed();
    if (child !== undefined) endWithChildren(child);
    endBy(signal);
  });
  const time = startRunningTime(seconds * 1000);
  try {
    child = spawn(program, options, ({ why, hint }) => {
      return fail(`can't be run: ${why}`, why.includes("folder") ? hint : undefined);
    });
    const reader = child.stdout.getReader();
    const outcome = await Promise.race([outcomeOf(child, reader), time.over.then(() => "late" as const)]);
    if (outcome === "late" || outcome === "long") {
      endWithChildren(child);
      await reader.cancel();
      return fail(outcome === "late" ? `took longer than ${seconds} s` : "printed more than 4 KB");
    }
    return outcome.code === 0 ? outcome.text : fail(`failed with exit code ${outcome.code}`);
  } finally {
    time.stop();
    heed();
  }
}

async function outcomeOf(
  child: Deno.ChildProcess,
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<{ text: string; code: number } | "long"> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), code: (await child.status).code };
    bytes += value.length;
    if (bytes > MOST_BYTES) return "long";
    text += decoder.decode(value, { stream: true });
  }
}

/** Ends a program and all that it started: those of a shell would go on without it. */
function endWithChildren(child: Deno.ChildProcess): void {
  if (Deno.build.os === "windows") {
    new Deno.Command("taskkill", { args: ["/t", "/f", "/pid", String(child.pid)] }).outputSync();
    return;
  }
  const started = startedBy(child.pid);
  sendTo(child, "SIGKILL");
  for (const pid of started) {
    try {
      Deno.kill(pid, "SIGKILL");
    } catch (error) {
      // It ended with its parent.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}
