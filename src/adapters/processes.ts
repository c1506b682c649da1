import type { Variables } from "../domain/variables.ts";
import { commandWords, nameCodeCommand } from "../domain/command_words.ts";
import { NoCredentialsError, ProgramError } from "../errors.ts";

/** Signals that a terminal does not send to the program by itself: they are passed on to it. */
const PASSED_ON: Deno.Signal[] = Deno.build.os === "windows"
  ? []
  : ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"];

/**
 * What a program prints on stdout. Its stderr is the terminal's. Throws {@linkcode NoCredentialsError} where it fails, or does not end in time.
 */
export async function runForText(command: string, seconds: number, interactive: boolean): Promise<string> {
  const [program = "", ...args] = commandWords(command, "the code command", Deno.build.os === "windows");
  const fail = (why: string): never => {
    throw new NoCredentialsError(
      `${nameCodeCommand(command)} ${why}`,
      "run it by itself: it must print six digits",
    );
  };
  const options = {
    args,
    stdin: interactive ? "inherit" : "null",
    stdout: "piped",
    stderr: "inherit",
  } as const;
  const child = spawn(program, options, () => fail("can't be run: there is no such program"));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<undefined>((resolve) =>
    timer = setTimeout(() => resolve(undefined), seconds * 1000)
  );
  const result = await Promise.race([child.output(), timeout]);
  clearTimeout(timer);
  if (result === undefined) {
    endWithChildren(child);
    return fail(`took longer than ${seconds} s`);
  }
  if (!result.success) return fail(`failed with exit code ${result.code}`);
  return new TextDecoder().decode(result.stdout);
}

/**
 * Runs a program in this terminal, with this process's environment and these changes to it. Resolves to its exit
 * code, 128 + n for signal n. Ctrl-C reaches it through the terminal; other signals are passed on, so that it does
 * not outlive this process. Throws {@linkcode ProgramError} where it can't be started.
 */
export async function runProgram(program: readonly string[], variables: Variables): Promise<number> {
  for (const [name, value] of variables) {
    if (value === undefined) Deno.env.delete(name);
    else Deno.env.set(name, value);
  }
  const [command = "", ...args] = program;
  let child: Deno.ChildProcess | undefined;
  // From before it starts: a signal between the two would end this process, and leave the program running.
  const stop = passSignals((signal) => child && sendTo(child, signal));
  try {
    child = spawn(command, { args, stdin: "inherit", stdout: "inherit", stderr: "inherit" }, (error) => {
      const denied = error instanceof Deno.errors.PermissionDenied;
      throw new ProgramError(
        `cannot run '${command}': ${denied ? "permission denied" : "there is no such program"}`,
        denied ? `is it executable? ls -l ${command}` : "is it installed, and in a folder of PATH?",
        denied ? 126 : 127,
      );
    });
    return (await child.status).code;
  } finally {
    stop();
  }
}

function passSignals(passOn: (signal: Deno.Signal) => void): () => void {
  const listeners = PASSED_ON.map((signal) => ({ signal, listener: () => passOn(signal) }));
  // A terminal sends Ctrl-C to both: the program decides, and this one waits. Without a terminal it is passed on.
  const interrupt = Deno.stdin.isTerminal() ? () => {} : () => passOn("SIGINT");
  listeners.push({ signal: "SIGINT", listener: interrupt });
  for (const { signal, listener } of listeners) Deno.addSignalListener(signal, listener);
  return () => {
    for (const { signal, listener } of listeners) Deno.removeSignalListener(signal, listener);
  };
}

function sendTo(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It ended a moment ago: its exit code is on the way.
    if (!(error instanceof TypeError)) throw error;
  }
}

function spawn(
  program: string,
  options: Deno.CommandOptions,
  refused: (error: Error) => never,
): Deno.ChildProcess {
  try {
    return new Deno.Command(program, options).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
      return refused(error);
    }
    throw error;
  }
}

/** The name of the program that started this one; undefined where the system doesn't tell. */
export function parentProgram(): string | undefined {
  return runPs(["-o", "comm=", "-p", String(Deno.ppid)])?.trim() || undefined;
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

/** The processes that a process started, and those that these started. */
function startedBy(pid: number): number[] {
  const processes = (runPs(["-A", "-o", "pid=,ppid="]) ?? "").split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const family = new Set([pid]);
  // A Set is walked in the order of insertion, also through what is inserted on the way.
  for (const parent of family) {
    for (const [child, itsParent] of processes) if (child && itsParent === parent) family.add(child);
  }
  return [...family].slice(1);
}

/** What ps(1) prints; undefined where it fails: a small container may have none, and Windows has none. */
function runPs(args: readonly string[]): string | undefined {
  if (Deno.build.os === "windows") return undefined;
  try {
    const { stdout, success } = new Deno.Command("ps", { args: [...args], stderr: "null" }).outputSync();
    return success ? new TextDecoder().decode(stdout) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
