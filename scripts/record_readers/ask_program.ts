/**
 * Asks a program that answers JSON lines with JSON lines, in order; what they hold is for the caller to know. Throws
 * where it does not answer them all, or fails.
 */
export async function askProgram<Answer = Record<string, unknown>>(
  command: readonly [string, ...string[]],
  questions: readonly unknown[],
  env: Record<string, string>,
): Promise<Answer[]> {
  const [program, ...args] = command;
  const child = new Deno.Command(program, {
    args,
    env,
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = child.output();
  const writer = child.stdin.getWriter();
  const text = questions.map((question) => `${JSON.stringify(question)}\n`).join("");
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { code, stdout, stderr } = await output;
  const lines = new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "");
  if (code !== 0 || lines.length !== questions.length) {
    throw new Error(
      `${program}: exit ${code}, ${lines.length} answers to ${questions.length} questions: ${
        new TextDecoder().decode(stderr)
      }`,
    );
  }
  return lines.map((line): Answer => JSON.parse(line));
}
