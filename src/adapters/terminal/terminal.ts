import { FileError, visibleLines } from "../../errors.ts";
import { explainFileError } from "../disk/file_errors.ts";
import { isOfTheSystem } from "../system/is_of_the_system.ts";
import { sleepSync } from "../system/sleep_sync.ts";

/** Where answers of a person come from. */
export type Keyboard = typeof Deno.stdin | Deno.FsFile;

let opened: Keyboard | undefined;
let looked = false;

/**
 * The terminal that a person types on: stdin, or where that is a pipe or a file the terminal behind it, as for the
 * AWS CLI and ssh. Undefined where there is none, or where nobody would see a question.
 */
export function keyboard(): Keyboard | undefined {
  if (!looked) {
    looked = true;
    if (Deno.stderr.isTerminal()) opened = Deno.stdin.isTerminal() ? Deno.stdin : openTerminal();
  }
  return opened;
}

/** The terminal that this process was started on, to be read; undefined where there is none. */
export function openTerminal(): Deno.FsFile | undefined {
  try {
    const file = Deno.openSync(Deno.build.os === "windows" ? "CONIN$" : "/dev/tty");
    if (file.isTerminal()) return file;
    file.close();
  } catch (error) {
    // A process without a terminal of its own can't open this, and systems differ in how they say so.
    if (!isOfTheSystem(error)) throw error;
  }
  return undefined;
}

/** True where a person can be asked; a CI job has none, whatever it looks like. */
export function isInteractive(): boolean {
  return Deno.env.get("CI") !== "true" && keyboard() !== undefined;
}

/** True where what is on stdin was put there for the program, and is no person's answer. */
export function isPiped(): boolean {
  return !Deno.stdin.isTerminal();
}

/**
 * False where a terminal is too simple for more than lines, or nobody says what it is, and where AWSMFA_PLAIN says so:
 * for screen readers, and consoles that show escape sequences as they are.
 */
export function canDraw(): boolean {
  if (Deno.env.get("AWSMFA_PLAIN")) return false;
  const term = Deno.env.get("TERM");
  return term === undefined ? Deno.build.os === "windows" : term !== "dumb";
}

/** True where stdout is a terminal that shows colours, and NO_COLOR (no-color.org) is not set. */
export function hasColour(): boolean {
  return Deno.stdout.isTerminal() && !Deno.env.get("NO_COLOR") && canDraw();
}

/** Signs in a line of the terminal; 80 where stdout is none, or the terminal does not know (it says 0). */
export function columnsOfTerminal(): number {
  return (Deno.stdout.isTerminal() && Deno.consoleSize().columns) || 80;
}

/** Asks on stderr and reads one line of the terminal; undefined where that is at its end. */
export async function ask(question: string): Promise<string | undefined> {
  writeErr(question);
  const line = await readLine(keyboard() ?? Deno.stdin, 1024);
  if (line === undefined) writeErr("\n");
  return line;
}

/**
 * The next line of stdin, without line end; undefined at its end. Reads no byte behind it: that belongs to the program
 * of `exec`.
 */
export async function readFirstLine(): Promise<string | undefined> {
  // A terminal gives a line at a time.
  return await readLine(Deno.stdin, Deno.stdin.isTerminal() ? 1024 : 1);
}

/** More than any line that awsmfa waits for: a stream without lines has an end as well. */
const MOST_SIGNS = 65_536;

async function readLine(from: Keyboard, blockSize: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(blockSize);
  let text = "";
  while (!text.includes("\n") && text.length < MOST_SIGNS) {
    const count = await readBlock(from, buffer);
    if (count === null) return text === "" ? undefined : text;
    text += decoder.decode(buffer.subarray(0, count), { stream: true });
  }
  return text.split("\n", 1)[0]?.replace(/\r$/, "");
}

/** How long a stream is left alone that another program made nonblocking (O_NONBLOCK), and that has nothing now. */
const NONBLOCKING_MS = 10;

/** Reads what is there, and waits for it. */
export async function readBlock(from: Keyboard, buffer: Uint8Array): Promise<number | null> {
  for (;;) {
    try {
      return await from.read(buffer);
    } catch (error) {
      if (!(error instanceof Deno.errors.WouldBlock)) throw error;
      await new Promise((resolve) => setTimeout(resolve, NONBLOCKING_MS));
    }
  }
}

/** Writes all of a text on stderr; a reader that went away (EPIPE) ends it quietly, as for other tools in a pipe. */
function writeAll(text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) {
    const count = tryWrite(Deno.stderr, bytes.subarray(at));
    if (count === "gone") return;
    if (count === "blocked") sleepSync(NONBLOCKING_MS);
    else at += count;
  }
}

/**
 * The same on stdout. Rust keeps what it could not write of it, and does not tell how much that is: but all of a piece
 * without a line end, and nothing of a line end by itself (std::io::LineWriter).
 */
function writeAllOut(text: string): void {
  for (const piece of text.match(/[^\n]{1,128}|\n/gu) ?? []) {
    let bytes: Uint8Array = new TextEncoder().encode(piece);
    for (;;) {
      const count = tryWrite(Deno.stdout, bytes);
      if (count === "gone") return;
      if (count !== "blocked") break;
      sleepSync(NONBLOCKING_MS);
      if (piece !== "\n") bytes = new Uint8Array();
    }
  }
}

function tryWrite(
  stream: typeof Deno.stdout | typeof Deno.stderr,
  bytes: Uint8Array,
): number | "blocked" | "gone" {
  try {
    return stream.writeSync(bytes);
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) return "gone";
    if (error instanceof Deno.errors.WouldBlock) return "blocked";
    throw error;
  }
}

/**
 * Writes a result. A terminal obeys nothing that stands in a name of a file or an answer; other programs get every
 * byte. Throws {@linkcode FileError} where what it leads to takes no more.
 */
export function writeOut(text: string): void {
  try {
    writeAllOut(Deno.stdout.isTerminal() ? visibleLines(text) : text);
  } catch (error) {
    const { message } = explainFileError(error, "write to", "stdout") ?? {};
    if (message === undefined) throw error;
    throw new FileError(message, "what stdout leads to takes no more; what is saved in files stays");
  }
}

/** Says something on stderr. Nobody can be told where that fails, and what was done stays done. */
export function writeErr(text: string): void {
  try {
    writeAll(text);
  } catch (error) {
    // A full disk, a file size limit, a closed stream; anything else is a defect.
    if (!(error instanceof Error) || !("code" in error || /\(os error \d+\)/.test(error.message))) {
      throw error;
    }
  }
}

/** Shows a label on the terminal's stderr while `work` lasts, from 300 ms on; takes it away again. */
export async function showWaiting<T>(label: string, work: Promise<T>): Promise<T> {
  if (!Deno.stderr.isTerminal() || !canDraw()) return await work;
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    writeErr(`${label} ...`);
  }, 300);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (shown) writeErr(`\r${" ".repeat(label.length + 4)}\r`);
  }
}
