/** A program that did not end well; the message is its output. */
export class SubprocessError extends Error {
  override readonly name = "SubprocessError";
}

/** Runs a program to its end. Resolves to its stdout; throws {@linkcode SubprocessError}. */
export async function runToEnd(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<string> {
  const { success, code, stdout, stderr } = await new Deno.Command(command, { args: [...args], ...options })
    .output();
  const decoder = new TextDecoder();
  if (success) return decoder.decode(stdout);
  const output = (decoder.decode(stdout) + decoder.decode(stderr)).trim();
  throw new SubprocessError(`${command} ${args[0] ?? ""} ended with ${code}:\n${output}`);
}
