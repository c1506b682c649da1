import {
  type Choice,
  drawChoice,
  type Key,
  markedChoice,
  NOTHING_TYPED,
  press,
  type Screen,
} from "../../domain/text/picker.ts";
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

const KEYS: Readonly<Record<string, Key>> = {
  "\r": "enter",
  "\n": "enter",
  "\x1b": "escape",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x15": "clear",
  "\x10": "up",
  "\x0e": "down",
  "\x1b[A": "up",
  "\x1bOA": "up",
  "\x1b[B": "down",
  "\x1bOB": "down",
  "\x1b[5~": "page up",
  "\x1b[6~": "page down",
  "\x1b[H": "home",
  "\x1bOH": "home",
  "\x1b[1~": "home",
  "\x1b[F": "end",
  "\x1bOF": "end",
  "\x1b[4~": "end",
};

/**
 * Asks on stderr for a line that is not shown; undefined where stdin is at its end. What is pasted comes at once: line
 * ends inside of it are dropped. Throws Cancelled for Ctrl-C.
 */
export async function askHidden(question: string): Promise<string | undefined> {
  let text = "";
  try {
    for await (const characters of pressed(() => writeErr(question), takeAhead())) {
      if (characters.includes("\x04") && text === "") return undefined;
      for (const character of characters) {
        if (character === "\x7f" || character === "\b") text = [...text].slice(0, -1).join("");
        else if (character === "\x15") text = "";
        else if (character >= " ") text += character;
      }
      if (characters.includes("\r") || characters.includes("\n")) return text;
    }
    return undefined;
  } finally {
    writeErr("\n");
  }
}

/** Lets somebody choose on the terminal's stderr; undefined for Escape. Leaves no trace of it on the screen. */
export async function pick(
  question: string,
  choices: readonly Choice[],
  colour: boolean,
): Promise<number | undefined> {
  let state = NOTHING_TYPED;
  let drawn = 0;
  const draw = (lines: readonly string[]): void => {
    const back = drawn > 1 ? `\x1b[${drawn - 1}A` : "";
    writeErr(`${back}\r\x1b[J${lines.join("\r\n")}`);
    drawn = lines.length;
  };
  const drawAgain = (): void => draw(drawChoice(question, state, choices, screen(colour)));
  try {
    for await (const characters of pressed(drawAgain)) {
      for (const character of characters) {
        const key = KEYS[character] ??
          (character >= " " && !character.startsWith("\x1b") ? { character } : undefined);
        const marked = markedChoice(state, choices);
        if (key === "escape") return undefined;
        if (key === "enter" && marked !== undefined) return marked;
        if (key !== undefined) state = press(state, key, choices, screen(colour));
      }
      drawAgain();
    }
    return undefined;
  } finally {
    draw([""]);
  }
}

/** What was pasted behind the word that a question wanted: the next hidden question's. */
let ahead = "";

function takeAhead(): string {
  const taken = ahead;
  ahead = "";
  return taken;
}

/**
 * Asks for an access key ID, which is shown as far as it can be one, and nothing of what is pasted behind it or in its
 * place: id and secret may come at once. Undefined where the terminal is at its end. Throws Cancelled for Ctrl-C.
 */
export async function askKeyId(question: string): Promise<string | undefined> {
  let text = "";
  ahead = "";
  const shown = (): string => {
    const id = /^[A-Z0-9]{0,32}/.exec(text.trim())?.[0] ?? "";
    return id === text.trim() ? id : `${id}…`;
  };
  const draw = (): void => writeErr(`\r\x1b[K${question}${shown()}`);
  try {
    for await (const characters of pressed(draw)) {
      if (characters.includes("\x04") && text === "") return undefined;
      for (const [i, character] of characters.entries()) {
        if (character === "\r" || character === "\n") {
          ahead = characters.slice(i + 1).join("").replace(/^\n/, "");
          return text;
        }
        if (character === "\x7f" || character === "\b") text = [...text].slice(0, -1).join("");
        else if (character === "\x15") text = "";
        else if (character >= " " || character === "\t") text += character;
      }
      draw();
    }
    return undefined;
  } finally {
    draw();
    writeErr("\n");
  }
}

/**
 * What is pressed, as it arrives: the keys of one block at a time. `draw` shows what is wanted once the terminal
 * echoes nothing any more: whoever pastes at once does not see it on the screen. The terminal is as before afterwards,
 * whatever ends this process or stops it, and as it must be once it goes on.
 */
async function* pressed(draw: () => void, pasted = ""): AsyncGenerator<string[]> {
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

function screen(colour: boolean): Screen {
  const { columns, rows } = Deno.consoleSize();
  // Some terminals don't know their size, and say 0.
  return { columns: columns || 80, rows: rows || 24, colour };
}
