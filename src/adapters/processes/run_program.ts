import type { Variables } from "../../domain/sessions/variables.ts";
import { ProgramError } from "../../errors.ts";
import type { Permission } from "../../world.ts";
import { hasTerminal } from "./process_tree.ts";
import { listen, PASSABLE, wordsToIgnore } from "../system/signals.ts";
import { spawn } from "./spawn.ts";

/** A terminal sends these to the program by itself. */
const OF_THE_TERMINAL: readonly Deno.Signal[] = ["SIGINT", "SIGQUIT", "SIGTSTP"];

export interface RunOptions {
  /** Told what is still needed of the permissions. */
  readonly giveUp?: (but: readonly Permission[]) => void;
  /** Caught before; they end with the caller. */
  readonly signals?: CaughtSignals;
  /** The words are put together with blanks and nothing else, on Windows. */
  readonly raw?: boolean;
}

/**
 * Runs a program in this terminal, with this process's environment and these changes to it. Resolves to its exit
 * code, 128 + n for signal n. Every signal that can be caught is passed on, so that the program decides what becomes
 * of both and does not outlive this process. Throws {@linkcode ProgramError} where it can't be started.
 */
export async function runProgram(
  program: readonly string[],
  variables: Variables,
  { giveUp = () => {}, signals, raw = false }: RunOptions = {},
): Promise<number> {
  for (const [name, value] of variables) {
    if (value === undefined) Deno.env.delete(name);
    else Deno.env.set(name, value);
  }
  // From before it starts: a signal between the two would end this process, and leave the program running.
  const caught = signals ?? catchSignals();
  const [command = "", ...args] = [...wordsToIgnore(), ...program];
  giveUp(["read", "env", "run"]);
  try {
    const child = spawn(
      command,
      { args, windowsRawArguments: raw, stdin: "inherit", stdout: "inherit", stderr: "inherit" },
      ({ why, hint, exitCode }) => {
        throw new ProgramError(`can't run '${command}': ${why}`, hint, exitCode);
      },
    );
    // Why it would not start is looked up; now it has.
    giveUp(["run"]);
    caught.passTo(child);
    return (await child.status).code;
  } finally {
    if (signals === undefined) caught[Symbol.dispose]();
  }
}

/** All signals that can be caught, from now on until it is disposed of. */
export interface CaughtSignals extends Disposable {
  /** Those that came before, too. */
  readonly passTo: (child: Deno.ChildProcess) => void;
}

export function catchSignals(): CaughtSignals {
  const early: Deno.Signal[] = [];
  let child: Deno.ChildProcess | undefined;
  const stop = listen(PASSABLE, (signal) => child === undefined ? early.push(signal) : passOn(child, signal));
  let isStopped = false;
  return {
    passTo: (started) => {
      child = started;
      for (const signal of early) passOn(started, signal);
    },
    [Symbol.dispose]: () => {
      if (!isStopped) stop();
      isStopped = true;
    },
  };
}

function passOn(child: Deno.ChildProcess, signal: Deno.Signal): void {
  if (!OF_THE_TERMINAL.includes(signal) || !hasTerminal()) return sendTo(child, signal);
  // Ctrl-C and Ctrl-\ are the program's affair; at Ctrl-Z it stopped, and the shell waits until this process does.
  if (signal === "SIGTSTP") Deno.kill(Deno.pid, "SIGSTOP");
}

/** Nothing where it has ended. */
export function sendTo(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It ended a moment ago: its exit code is on the way.
    if (!(error instanceof TypeError)) throw error;
  }
}
