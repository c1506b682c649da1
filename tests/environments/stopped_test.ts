import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerXml } from "../../scripts/local_sts/answers.ts";
import { startAwsmfa } from "../support/running.ts";
import { endpoints, openStage } from "../support/stage.ts";

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

Deno.test("an answer that came while awsmfa was stopped is taken, however long that was", async () => {
  await using stage = await openStage();
  const xml = answerXml("sts", "GetSessionToken", {
    Credentials: {
      AccessKeyId: "ASIAIOSFODNN7EXAMPLE",
      SecretAccessKey: stage.user.secretAccessKey.toLowerCase(),
      SessionToken: "FwoGZXIvYXdzEBYaD",
      Expiration: new Date(Date.now() + 43_200_000).toISOString(),
    },
  }, "id");
  const asked = Promise.withResolvers<() => void>();
  const server = createServer((request, response) => {
    request.resume();
    asked.resolve(() => response.writeHead(200, { "content-type": "text/xml" }).end(xml));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  {
    await using run = startAwsmfa(stage, [stage.code(), "--serial", stage.user.serial], {
      ...endpoints({ url }),
      AWSMFA_TIMEOUT: "2",
    });
    const answer = await asked.promise;
    run.kill("SIGSTOP");
    answer();
    // Longer than both limits, by the clock on the wall.
    await new Promise((resolve) => setTimeout(resolve, 6000));
    run.kill("SIGCONT");
    const { code, stderr } = await run.ends();
    assert.equal(code, 0, stderr);
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
