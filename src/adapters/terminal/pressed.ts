import { Cancelled } from "../../errors.ts";
import { endBy, listen, listenToEnd } from "../system/signals.ts";
import { type Keyboard, keyboard, readBlock, writeErr } from "./terminal.ts";

/** How long the rest of a key's sequence may take to arrive: an Escape is followed by nothing. */
const ESCAPE_MS = 50;
/** A sequence that a key sends (xterm, "ctlseqs"), or one character. */
// deno-lint-ignore no-control-regex
const PRESSED = /\x1b(?:\[[0-9;]*[A-Za-z~]|O[A-Z])|[^]/gu;
/** The beginning of a sequence, of which the rest may be on its way. */
// deno-lint-ignore no-control-regex
const BEGUN = /\x1b(?:\[[0-9;]*|O)?$/;
const CTRL_C = "\x03";
const CTRL_Z = "\x1a";

/**
 * What is pressed, as it arrives: the keys of one block at a time. `draw` shows what is wanted once the terminal
 * echoes nothing any more: whoever pastes at once does not see it on the screen. The terminal is as before afterwards,
 * whatever ends this process or stops it, and as it must be once it goes on.
 */
export async function* pressed(draw: () => void, pasted = ""): AsyncGenerator<string[]> {
  const from = keyboard() ?? Deno.stdin;
  const decoder = new TextDecoder();
  let begun: Promise<Uint8Array | undefined> | undefined;
  const begin = (): void => {
    from.setRaw(true);
    draw();
  };
  const heed = [
    listenToEnd((signal) => {
      from.setRaw(false);
      writeErr("\n");
      for (const stop of heed) stop();
      endBy(signal);
    }),
    // After a stop of any kind, also one that can't be caught.
    listen(["SIGCONT"], begin),
    ...(canStop() ? [listen(["SIGTSTP"], stopHere)] : []),
  ];
  function stopHere(): void {
    from.setRaw(false);
    writeErr("\n");
    Deno.kill(Deno.pid, "SIGSTOP");
  }
  try {
    begin();
    for (;;) {
      // Nothing is read before it is asked for: it would be missing from the next question.
      let text = pasted;
      pasted = "";
      if (text === "") {
        const block = await (begun ?? readKeys(from));
        begun = undefined;
        if (block === undefined) return;
        text = decoder.decode(block, { stream: true });
      }
      if (BEGUN.test(text)) {
        begun = readKeys(from);
        const more = await within(begun, ESCAPE_MS);
        if (more !== undefined) {
          text += decoder.decode(more, { stream: true });
          begun = undefined;
        }
      }
      const characters: string[] = text.match(PRESSED) ?? [];
      if (characters.includes(CTRL_C)) throw new Cancelled("cancelled; nothing was changed");
      // As the terminal does it where it is not listened to: all that are at work on it are stopped.
      if (characters.includes(CTRL_Z) && canStop()) Deno.kill(0, "SIGTSTP");
      else yield characters;
    }
  } finally {
    from.setRaw(false);
    for (const stop of heed) stop();
  }
}

/** A command that may run no program may not send a signal either: Ctrl-Z does nothing then. */
function canStop(): boolean {
  return Deno.build.os !== "windows" && Deno.permissions.querySync({ name: "run" }).state === "granted";
}

async function readKeys(from: Keyboard): Promise<Uint8Array | undefined> {
  const buffer = new Uint8Array(1024);
  const count = await readBlock(from, buffer);
  return count === null ? undefined : buffer.subarray(0, count);
}

/** Undefined where it takes longer. */
async function within<T>(work: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) =>
    timer = setTimeout(() => resolve(undefined), milliseconds)
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
