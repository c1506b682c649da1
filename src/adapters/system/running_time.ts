/** A limit on time that counts what the process ran, and not how long it was stopped or the machine asleep. */
export interface RunningTime {
  /** Resolves when it is over; what has arrived by then has been looked at. */
  readonly over: Promise<void>;
  /** Milliseconds so far. */
  readonly ran: () => number;
  readonly stop: () => void;
}

/** How often it is looked at, at the least: a stop counts as no more than two of these. */
const MOST_TICKS = 20;

/** Starts a limit of so many milliseconds. */
export function startRunningTime(milliseconds: number): RunningTime {
  const tick = Math.max(1, Math.min(500, milliseconds / MOST_TICKS));
  const { promise: over, resolve } = Promise.withResolvers<void>();
  let ran = 0;
  let before = performance.now();
  const look = (): void => {
    const now = performance.now();
    ran += Math.min(now - before, 2 * tick);
    before = now;
    if (ran < milliseconds) return;
    clearInterval(timer);
    // Once more around: what came in while the machine was busy or this process stopped is handled first.
    last = setTimeout(resolve, tick);
  };
  let last: ReturnType<typeof setTimeout> | undefined;
  const timer = setInterval(look, tick);
  const stop = (): void => {
    clearInterval(timer);
    clearTimeout(last);
  };
  return { over, ran: () => ran, stop };
}
