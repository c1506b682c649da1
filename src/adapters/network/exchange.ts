import { startRunningTime } from "../system/running_time.ts";
import type { Way } from "./way.ts";

/** An answer whose whole text is here. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The time was over. */
export class LateError extends Error {
  readonly phase: "connection" | "answer";

  constructor(phase: "connection" | "answer") {
    super(`no ${phase} in time`);
    this.phase = phase;
  }
}

/** An answer began and was not to be had to its end. */
export class BrokenAnswerError extends Error {}

/** In milliseconds that this process ran. */
export interface ExchangeLimits {
  readonly connectMs: number;
  readonly answerMs: number;
  /** Told how many the exchange took. */
  readonly spend: (milliseconds: number) => void;
}

/** AWS's answers have a few kilobytes. */
const MOST_BYTES = 1_000_000;

/**
 * Sends a request once and reads the answer; a redirect is an answer, and not followed. Throws {@linkcode LateError},
 * {@linkcode BrokenAnswerError}, or what fetch throws.
 */
export async function exchange(
  request: Request,
  { client, proxy }: Way,
  { connectMs, answerMs, spend }: ExchangeLimits,
): Promise<Answer> {
  const stop = new AbortController();
  // While this process is stopped, an answer may lie there already.
  const time = startRunningTime(Math.max(0, answerMs));
  void time.over.then(() => stop.abort(new LateError("answer")));
  // Only a direct connection can be looked at: the program may not reach a proxy by itself.
  const watch = proxy === undefined
    ? watchConnection(
      new URL(request.url),
      connectMs,
      () => stop.abort(new LateError("connection")),
    )
    : undefined;
  try {
    const response = await fetch(request, { client, redirect: "manual", signal: stop.signal });
    watch?.end();
    return { status: response.status, headers: response.headers, text: await readText(response) };
  } finally {
    watch?.end();
    time.stop();
    spend(time.ran());
  }
}

async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) return "";
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof LateError) throw error;
    throw new BrokenAnswerError("the answer was cut off", { cause: error });
  }
}

/** A request that is answered by now needs no second connection. */
const QUIET_MS = 1000;

/**
 * fetch does not tell whether it has a connection. Where nothing came for a moment, a second one is tried beside it:
 * calls `onSilence` where that, too, has come to nothing when the time is over.
 */
function watchConnection(url: URL, milliseconds: number, onSilence: () => void): { end: () => void } {
  let connected = false;
  const probe = setTimeout(async () => {
    connected = await connects(url);
  }, Math.min(QUIET_MS, milliseconds / 2));
  const limit = startRunningTime(milliseconds);
  void limit.over.then(() => connected || onSilence());
  return {
    end: () => {
      clearTimeout(probe);
      limit.stop();
    },
  };
}

async function connects({ hostname, port, protocol }: URL): Promise<boolean> {
  try {
    const connection = await Deno.connect({
      hostname: hostname.replace(/^\[(.*)\]$/, "$1"),
      port: Number(port || (protocol === "https:" ? 443 : 80)),
    });
    connection.close();
    return true;
  } catch {
    // fetch itself meets the same, and what it says is told.
    return false;
  }
}
