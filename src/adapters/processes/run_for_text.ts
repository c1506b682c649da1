import { commandWords, nameCodeCommand } from "../../domain/shell/command_words.ts";
import { type Hint, NoCredentialsError } from "../../errors.ts";
import { describeSeconds } from "../../domain/text/duration.ts";
import { copyToTerminal, isTerminalHidden } from "../terminal/copy_to_terminal.ts";
import { startedBy } from "./process_tree.ts";
import { sendTo } from "./run_program.ts";
import { startRunningTime } from "../system/running_time.ts";
import { tidyBeforeEnd } from "../system/signals.ts";
import { spawn } from "./spawn.ts";

/** More than six digits and all that a program may say around them. */
const MOST_BYTES = 4096;

const LATE = "run it by itself; where somebody answers it, in a dialog or with a key to be touched, " +
  "AWSMFA_CODE_TIMEOUT=2m gives it longer";

/**
 * What a code command prints on stdout, with these variables in its environment. Its stderr is
 * this one's, and with `behindTool` also the terminal's, since a tool that asks for credentials keeps that to itself. It
 * does not outlive this process. Throws {@linkcode NoCredentialsError} where it fails, prints more than 4 KB or does
 * not end in time, and UsageError where it can't be meant.
 */
export async function runForText(
  command: string,
  seconds: number,
  variables: Readonly<Record<string, string>> = {},
  behindTool = false,
): Promise<string> {
  const fail = (why: string, hint: Hint = "run it by itself: it must print six digits"): never => {
    throw new NoCredentialsError(`${nameCodeCommand(command)} ${why}`, hint);
  };
  const { words: [program = "", ...args], raw } = commandWords(
    command,
    "the code command",
    Deno.build.os === "windows",
  );
  const isHidden = behindTool && isTerminalHidden();
  const options = {
    args,
    env: { ...variables },
    windowsRawArguments: raw,
    // What is on a pipe is not for it.
    stdin: Deno.stdin.isTerminal() ? "inherit" : "null",
    stdout: "piped",
    stderr: isHidden ? "piped" : "inherit",
  } as const;
  let child: Deno.ChildProcess | undefined;
  const heed = tidyBeforeEnd(() => {
    if (child !== undefined) endWithChildren(child);
  });
  const time = startRunningTime(seconds * 1000);
  try {
    child = spawn(program, options, ({ why, hint, isFolder }) => {
      return fail(`can't be run: ${why}`, isFolder ? hint : undefined);
    });
    const copied = isHidden ? copyToTerminal(child.stderr) : Promise.resolve();
    const reader = child.stdout.getReader();
    const outcome = await Promise.race([outcomeOf(child, reader), time.over.then(() => "late" as const)]);
    if (outcome === "late" || outcome === "long") {
      endWithChildren(child);
      await reader.cancel();
      return outcome === "long"
        ? fail("printed more than 4 KB")
        : fail(`took longer than ${describeSeconds(seconds)}`, LATE);
    }
    // What it left running may have its stderr still.
    await Promise.race([copied, new Promise((resolve) => setTimeout(resolve, 1000))]);
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
