import { FileError } from "../errors.ts";
import { explainFileError } from "./file_errors.ts";

/** True where a person can be asked. */
export function isInteractive(): boolean {
  return Deno.stdin.isTerminal() && Deno.stderr.isTerminal();
}

/** True where stdout is a terminal that shows colours, and NO_COLOR (no-color.org) is not set. */
export function hasColour(): boolean {
  return Deno.stdout.isTerminal() && !Deno.env.get("NO_COLOR") && Deno.env.get("TERM") !== "dumb";
}

/** Signs in a line of the terminal; 80 where stdout is none, or the terminal does not know (it says 0). */
export function columnsOfTerminal(): number {
  return (Deno.stdout.isTerminal() && Deno.consoleSize().columns) || 80;
}

/** Asks on stderr and reads one line of stdin; undefined where that is at its end. */
export async function ask(question: string): Promise<string | undefined> {
  writeAll(Deno.stderr, question);
  const line = await readFirstLine();
  if (line === undefined) writeAll(Deno.stderr, "\n");
  return line;
}

/** The next line of stdin, without line end; undefined at its end. Reads no byte behind that line's block. */
export async function readFirstLine(): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(1024);
  let text = "";
  while (!text.includes("\n")) {
    const count = await Deno.stdin.read(buffer);
    if (count === null) return text === "" ? undefined : text;
    text += decoder.decode(buffer.subarray(0, count), { stream: true });
  }
  return text.slice(0, text.indexOf("\n")).replace(/\r$/, "");
}

/** Writes all of a text; a reader that went away (EPIPE) ends it quietly, as for other tools in a pipe. */
export function writeAll(stream: { writeSync: (bytes: Uint8Array) => number }, text: string): void {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let at = 0; at < bytes.length;) at += stream.writeSync(bytes.subarray(at));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

/** The same on stdout. Throws {@linkcode FileError} where what it leads to takes no more. */
export function writeOut(text: string): void {
  try {
    writeAll(Deno.stdout, text);
  } catch (error) {
    const { message } = explainFileError(error, "write to", "stdout") ?? {};
    if (message === undefined) throw error;
    throw new FileError(message, "what stdout leads to takes no more; what is saved in files stays");
  }
}

/** The same on stderr. Where that takes no more there is nobody to be told. */
export function writeErr(text: string): void {
  try {
    writeAll(Deno.stderr, text);
  } catch (error) {
    if (explainFileError(error, "write to", "stderr") === undefined) throw error;
  }
}

/** Shows a label on the terminal's stderr while `work` lasts, from 300 ms on; takes it away again. */
export async function showWaiting<T>(label: string, work: Promise<T>): Promise<T> {
  if (!Deno.stderr.isTerminal() || Deno.env.get("TERM") === "dumb") return await work;
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    writeAll(Deno.stderr, `${label} ...`);
  }, 300);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (shown) writeAll(Deno.stderr, `\r${" ".repeat(label.length + 4)}\r`);
  }
}
