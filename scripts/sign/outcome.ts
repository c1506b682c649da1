import { SubprocessError } from "../compile/subprocess.ts";

/** What became of one file. */
export interface Outcome {
  readonly file: string;
  readonly signed: boolean;
  /** With what it was signed; else why it was not. */
  readonly says: string;
}

/** True where this program can be started. */
export function isThere(command: string, ...args: readonly string[]): boolean {
  try {
    new Deno.Command(command, { args: [...args], stdout: "null", stderr: "null" }).outputSync();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Runs a signing tool, with a password for its stdin where it has one. Throws SubprocessError. */
export async function runSigner(command: string, args: readonly string[], password?: string): Promise<void> {
  const child = new Deno.Command(command, {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  if (password !== undefined) await writer.write(new TextEncoder().encode(`${password}\n`));
  await writer.close();
  const { success, code, stdout, stderr } = await child.output();
  if (success) return;
  const decoder = new TextDecoder();
  // Only what the tool says: a password may be among the arguments.
  throw new SubprocessError(
    `${command} ended with ${code}:\n${(decoder.decode(stdout) + decoder.decode(stderr)).trim()}`,
  );
}
