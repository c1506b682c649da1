import {
  type Choice,
  drawChoice,
  type Key,
  markedChoice,
  NOTHING_TYPED,
  press,
  type Screen,
} from "../../domain/text/picker.ts";
import { writeErr } from "./terminal.ts";
import { pressed } from "./pressed.ts";

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

function screen(colour: boolean): Screen {
  const { columns, rows } = Deno.consoleSize();
  // Some terminals don't know their size, and say 0.
  return { columns: columns || 80, rows: rows || 24, colour };
}
