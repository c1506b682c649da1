import { openTerminal, writeErr } from "./terminal.ts";

/** False where stderr is the terminal already, where there is none, and on Windows, whose tools leave stderr alone. */
export function isTerminalHidden(): boolean {
  if (Deno.stderr.isTerminal() || Deno.build.os === "windows") return false;
  const terminal = openTerminal();
  terminal?.close();
  return terminal !== undefined;
}

/** Copies what a program says to stderr, and to the terminal behind it, as it comes. */
export async function copyToTerminal(from: ReadableStream<Uint8Array>): Promise<void> {
  // Deno itself opens no device to be written, with whatever permission less than all.
  const terminal = new Deno.Command("/bin/sh", {
    args: ["-c", "exec cat >/dev/tty"],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const decoder = new TextDecoder();
  const writer = terminal.stdin.getWriter();
  try {
    for await (const bytes of from) {
      writeErr(decoder.decode(bytes, { stream: true }));
      await writer.write(bytes);
    }
    await writer.close();
  } catch (error) {
    // The terminal went away.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
  await terminal.status;
}
