import assert from "node:assert/strict";

const SCRIPT = new URL("../support/wait_for_line.ts", import.meta.url).pathname;

Deno.test("a limit on time counts what a process ran: what came while it was stopped is seen", async () => {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", SCRIPT],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  assert.equal((await reader.read()).value, "begun\n");
  child.kill("SIGSTOP");
  // Longer than the limit, by the clock on the wall.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode("x\n"));
  child.kill("SIGCONT");
  assert.equal((await reader.read()).value, "a line\n");
  assert.ok((await reader.read()).done);
  await child.status;
  await writer.close().catch(() => undefined);
});

Deno.test("a limit ends where nothing comes", async () => {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", SCRIPT],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const { stdout } = await child.output();
  assert.equal(new TextDecoder().decode(stdout), "begun\nthe limit\n");
  await child.stdin.close().catch(() => undefined);
});
