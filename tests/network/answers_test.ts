import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerXml } from "../../scripts/local_sts/answers.ts";
import { assertFails } from "../support/failure.ts";
import { endpoints, openStage } from "../support/stage.ts";

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server on 127.0.0.1 that answers as a test wants it, and counts. */
async function startServer(
  answering: Answering,
): Promise<AsyncDisposable & { url: string; paths: string[] }> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    request.resume().once("end", () => answering(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const page = (status: number, headers: Record<string, string> = {}): Answering => (_request, response) => {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers });
  response.end("<!DOCTYPE html><html><body>Please sign in</body></html>");
};
const twoHoursAgo = { date: new Date(Date.now() - 7_200_000).toUTCString() };
const BY_ANOTHER =
  "a proxy or a web filter may have sent it: open any web page to see whether the network wants a sign-in first";

const PAGES: [what: string, answering: Answering, says: string, hint: string][] = [
  ["a page with 200", page(200), "status 200, text/html", BY_ANOTHER],
  ["a web filter's page, whose clock is wrong", page(403, twoHoursAgo), "status 403, text/html", BY_ANOTHER],
  ["a gateway's page", page(502), "status 502, text/html", BY_ANOTHER],
  ["a gateway's page", page(503), "status 503, text/html", BY_ANOTHER],
  [
    "a sign-in page elsewhere",
    page(302, { location: "http://portal.example/login?next=secret" }),
    "status 302, to http://portal.example/login",
    "a sign-in page? open http://portal.example/login in a browser",
  ],
  ["nothing", (_request, response) => response.writeHead(200).end(), "status 200", BY_ANOTHER],
  [
    "more than anybody wants to read",
    (_request, response) => {
      const chunk = "a".repeat(65_536);
      const pump = (): void => {
        while (response.write(chunk));
        response.once("drain", pump);
      };
      response.writeHead(200, { "content-type": "text/xml" });
      response.on("error", () => {});
      pump();
    },
    "status 200, text/xml",
    BY_ANOTHER,
  ],
];
for (const [what, answering, says, hint] of PAGES) {
  Deno.test(`what answers in AWS's place is the network's, and says nothing of user or clock: ${what}`, async () => {
    await using stage = await openStage();
    await using server = await startServer(answering);
    const { host } = new URL(server.url);
    const env = endpoints(server);
    await assertFails(stage, [stage.code(), "--serial", stage.user.serial], {
      code: 6,
      says: `what answered for ${host} is not AWS (${says})`,
      hint,
    }, { env });
    assert.equal(server.paths.length, 1, "a code is not sent twice");
    const devices = await stage.awsmfa(["devices"], { env: { AWS_ENDPOINT_URL_IAM: server.url } });
    assert.deepEqual([devices.code, devices.stdout], [6, ""]);
    const doctor = await stage.awsmfa(["doctor"], { env: { AWS_ENDPOINT_URL_IAM: server.url } });
    assert.match(doctor.stdout, /\nwarning {2}devices {5}what answered for \S+ is not AWS \(/);
    assert.ok(!/no MFA device|problem {2}clock/.test(doctor.stdout), doctor.stdout);
  });
}

Deno.test("a redirect is not followed: neither code nor keys go to another server", async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    await using stage = await openStage();
    await using other = await startServer(page(200));
    await using server = await startServer(page(status, { location: `${other.url}/` }));
    const ran = await stage.awsmfa([stage.code(), "--serial", stage.user.serial], { env: endpoints(server) });
    assert.equal(ran.code, 6);
    assert.deepEqual([server.paths.length, other.paths.length], [1, 0], String(status));
  }
});

Deno.test("a refusal in the form of S3 or EC2, as other stores have it, is explained as AWS's own", async () => {
  const error = "<Error><Code>InvalidClientTokenId</Code><Message>no</Message></Error>";
  for (const xml of [error, `<Response><Errors>${error}</Errors><RequestID>1</RequestID></Response>`]) {
    await using stage = await openStage();
    await using server = await startServer((_request, response) =>
      void response.writeHead(403, { "content-type": "text/xml" }).end(xml)
    );
    const ran = await stage.awsmfa([stage.code(), "--serial", stage.user.serial], { env: endpoints(server) });
    assert.equal(ran.code, 3);
    assert.match(ran.stderr, /^awsmfa: AWS doesn't recognize the access key 'AKIA/);
  }
});

const CREDENTIALS = {
  AccessKeyId: "ASIAIOSFODNN7EXAMPLE",
  SecretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  SessionToken: "FwoGZXIvYXdzEBYaD",
  Expiration: new Date(Date.now() + 43_200_000).toISOString(),
};
const GIVEN: [what: string, changed: Partial<typeof CREDENTIALS>][] = [
  ["a token with a line end", { SessionToken: "abc\nPATH=/tmp/evil" }],
  ["a token that a shell would run", { SessionToken: "abc'$(touch /tmp/evil)'" }],
  ["a key id with an escape", { AccessKeyId: "ASIA\u009b2JIOSFODNN7" }],
  ["a key id that is a path", { AccessKeyId: "../../../../tmp/evil" }],
  ["an end in 2001", { Expiration: "2001-01-01T00:00:00Z" }],
  ["an end in 9999", { Expiration: "9999-12-31T23:59:59Z" }],
  ["no secret", { SecretAccessKey: "" }],
];
for (const [what, changed] of GIVEN) {
  Deno.test(`a session such as AWS never gives is refused, and no file changes: ${what}`, async () => {
    await using stage = await openStage();
    const xml = answerXml("sts", "GetSessionToken", { Credentials: { ...CREDENTIALS, ...changed } }, "id");
    await using server = await startServer((_request, response) =>
      void response.writeHead(200, { "content-type": "text/xml" }).end(xml)
    );
    await assertFails(stage, [stage.code(), "--serial", stage.user.serial], {
      code: 6,
      says: "the answer didn't come from AWS: a proxy or a login page may have sent it",
      hint: "open any web page to see whether the network wants a login first",
    }, { env: endpoints(server) });
  });
}

Deno.test("an answer that breaks off says that the code may be used, and it is not sent again", async () => {
  await using stage = await openStage();
  await using server = await startServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/xml", "content-length": "1000" });
    response.write("<GetSessionTokenResponse>");
    setTimeout(() => response.destroy(), 50);
  });
  await assertFails(stage, [stage.code(), "--serial", stage.user.serial], {
    code: 6,
    says: `the answer of ${new URL(server.url).host} was cut off; the code may be used`,
    hint: "wait for the next code, then try again",
  }, { env: endpoints(server) });
  assert.equal(server.paths.length, 1);
});

Deno.test("a server's words are cut, however long they are", async () => {
  await using stage = await openStage();
  const xml =
    `<ErrorResponse><Error><Type>Sender</Type><Code>Odd</Code><Message>${
      "x".repeat(9_000)
    }</Message></Error>` +
    "</ErrorResponse>";
  await using server = await startServer((_request, response) =>
    void response.writeHead(400, { "content-type": "text/xml" }).end(xml)
  );
  const ran = await stage.awsmfa([stage.code(), "--serial", stage.user.serial], { env: endpoints(server) });
  assert.equal(ran.code, 3);
  assert.match(ran.stderr, /^awsmfa: AWS refused: Odd: x{200,500}\n/);
});
