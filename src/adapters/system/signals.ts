import { printedByShell } from "./own_shell.ts";

/** What asks a program to end; Windows knows two of its own. */
const ENDING: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

/** By their numbers on Linux (signal(7)): x86-64 and arm64 have the same ones. */
const LINUX_NUMBERS: Readonly<Partial<Record<Deno.Signal, number>>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGSTKFLT: 16,
  SIGCONT: 18,
  SIGTSTP: 20,
  SIGURG: 23,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGWINCH: 28,
  SIGIO: 29,
  SIGPWR: 30,
};

/**
 * Calls `listener` for these signals until the answer is called; but for those that were ignored when this process
 * started (nohup(1), `trap '' INT`): they stay ignored, also for the programs that it starts.
 */
export function listen(
  signals: readonly Deno.Signal[],
  listener: (signal: Deno.Signal) => void,
): () => void {
  const ignored = ignoredAtStart();
  keepIgnored(ignored);
  const listeners = signals.filter((signal) => !ignored.has(signal)).map((signal) => ({
    signal,
    hear: (): void => listener(signal),
  }));
  for (const { signal, hear } of listeners) {
    Deno.addSignalListener(signal, hear);
    count(signal, 1);
  }
  return () => {
    for (const { signal, hear } of listeners) {
      Deno.removeSignalListener(signal, hear);
      count(signal, -1);
    }
  };
}

/** Deno catches these with the first listener to any signal, and does as the system would. */
const CAUGHT_BY_DENO: readonly Deno.Signal[] = ["SIGHUP", "SIGINT", "SIGTERM"];
const kept = new Set<Deno.Signal>();

/** For good: nothing can put it back to how it was. */
function keepIgnored(ignored: ReadonlySet<Deno.Signal>): void {
  for (const signal of CAUGHT_BY_DENO) {
    if (!ignored.has(signal) || kept.has(signal)) continue;
    kept.add(signal);
    Deno.addSignalListener(signal, () => {});
  }
}

/** The words before a program that shall ignore what this process does; none where it has that from the system. */
export function wordsToIgnore(): string[] {
  if (kept.size === 0) return [];
  const names = [...kept].map((signal) => signal.slice(3)).join(" ");
  return ["/bin/sh", "-c", `trap '' ${names}; exec "$@"`, "sh"];
}

/** All that can be caught and is not the process's own, for a program that shall get them, too. */
export const PASSABLE: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? []
  : (Object.keys(LINUX_NUMBERS) as Deno.Signal[]).filter((signal) =>
    Deno.build.os === "linux" || (signal !== "SIGSTKFLT" && signal !== "SIGPWR")
  );

/** The same for the signals that ask this process to end. */
export function listenToEnd(listener: (signal: Deno.Signal) => void): () => void {
  return listen(ENDING, listener);
}

/**
 * Does `tidy` before such a signal ends this process, until the answer is called. Its listeners go after that: without
 * them Deno may see the signal a second time, and ends the process as the system would.
 */
export function tidyBeforeEnd(tidy: () => void): () => void {
  const stop = listenToEnd((signal) => {
    tidy();
    stop();
    endBy(signal);
  });
  return stop;
}

/**
 * Until the answer is called, a signal that would end the program does not: a save takes milliseconds and is
 * finished. What SIGKILL leaves lying is swept by the next run.
 */
export function ignoreSignals(): () => void {
  const heed = listenToEnd(() => {});
  outliveSizeLimit();
  return heed;
}

let outlives = Deno.build.os === "windows";

/**
 * With a listener a file size limit (ulimit -f) is an answer of the system, and no end. For good: Deno hears of a signal
 * later than the write that it is for, and does as the system would where nobody listens any more.
 */
function outliveSizeLimit(): void {
  if (outlives || !isPrepared) return;
  outlives = true;
  if (!ignoredAtStart().has("SIGXFSZ")) Deno.addSignalListener("SIGXFSZ", () => {});
}

/**
 * Ends this process as the signal would, so that whoever started it sees why: a shell's script stops at Ctrl-C only
 * where the program died of it. Its listeners must be gone. With the code that a shell gives for it where awsmfa may
 * send no signals, and as process 1, from which the system keeps it.
 */
export function endBy(signal: Deno.Signal): void {
  if (Deno.pid === 1 || !mayRun() || Deno.build.os === "windows") {
    return leave(128 + (LINUX_NUMBERS[signal] ?? 2));
  }
  Deno.kill(Deno.pid, signal);
}

let isPrepared = false;
let leave = (code: number): void => {
  Deno.exitCode = code;
};

/**
 * `exit` is how this process ends in the midst of its work. The system keeps from process 1 what that does not listen
 * to: in a container without an init these are Ctrl-C and `docker stop`. Anywhere else the system's own way is better.
 */
export function prepareToEnd(exit: (code: number) => void): void {
  leave = exit;
  isPrepared = true;
  if (Deno.pid !== 1) return;
  for (const signal of ENDING) {
    Deno.addSignalListener(signal, () => {
      // Whoever listens, such as `exec`, knows what to do.
      if (!listened.has(signal)) endBy(signal);
    });
  }
}

/** How many listen to a signal at the moment. */
const listened = new Map<Deno.Signal, number>();

function count(signal: Deno.Signal, by: 1 | -1): void {
  const now = (listened.get(signal) ?? 0) + by;
  if (now === 0) listened.delete(signal);
  else listened.set(signal, now);
}

let known: ReadonlySet<Deno.Signal> | undefined;

/**
 * What this process was started with, as long as nothing in it has listened to a signal: to be asked before. Empty
 * where the system does not tell, or awsmfa may run nothing any more.
 */
export function ignoredAtStart(): ReadonlySet<Deno.Signal> {
  if (known !== undefined) return known;
  if (Deno.build.os === "windows" || !mayRun()) return new Set();
  known = Deno.build.os === "linux" ? ignoredOnLinux() : ignoredOfBash();
  return known;
}

function mayRun(): boolean {
  return Deno.permissions.querySync({ name: "run" }).state === "granted";
}

/** A child has the signals of its parent; Deno lets nobody read /proc itself. */
function ignoredOnLinux(): ReadonlySet<Deno.Signal> {
  const read = 'while read -r name value; do if [ "$name" = SigIgn: ]; then echo "$value"; fi; done';
  const bits = BigInt(`0x${printedByShell("/bin/sh", `${read} </proc/self/status`)?.trim() || "0"}`);
  const all = Object.entries(LINUX_NUMBERS) as [Deno.Signal, number][];
  return new Set(all.filter(([, number]) => (bits >> BigInt(number - 1)) & 1n).map(([signal]) => signal));
}

/** macOS has no /proc; bash, which it has, lists what it was started with: `trap -- '' SIGHUP`. */
function ignoredOfBash(): ReadonlySet<Deno.Signal> {
  const names = printedByShell("/bin/bash", "trap")?.matchAll(/^trap -- '' (SIG\w+)$/gm) ?? [];
  return new Set([...names].map(([, name]) => name as Deno.Signal));
}
