import assert from "node:assert/strict";
import { needs } from "../support/needs.ts";
import { openStage, section, type Stage } from "../support/stage.ts";

const CONFIG = new URL("../../deno.json", import.meta.url).pathname;
const JAVASCRIPT = new URL("../support/javascript_sdk.ts", import.meta.url).pathname;
const PYTHON =
  "import boto3; print(boto3.client('sts', region_name='us-east-1').get_caller_identity()['Arn'])";

interface Consumer {
  readonly name: string;
  readonly ready: { readonly ignore: boolean };
  /** Prints the ARN of the caller. */
  readonly command: readonly [string, ...string[]];
}

const consumers: Consumer[] = [
  {
    name: "the AWS CLI",
    ready: needs("aws"),
    command: [
      "aws",
      "sts",
      "get-caller-identity",
      "--query",
      "Arn",
      "--output",
      "text",
      "--region",
      "us-east-1",
    ],
  },
  { name: "boto3", ready: needs("boto3"), command: ["python3", "-c", PYTHON] },
  {
    name: "the AWS SDK for JavaScript",
    ready: { ignore: false },
    command: [
      Deno.execPath(),
      "run",
      "--quiet",
      "--no-prompt",
      "--cached-only",
      `--config=${CONFIG}`,
      "--allow-read",
      "--allow-env",
      "--allow-sys",
      "--allow-net=127.0.0.1",
      JAVASCRIPT,
    ],
  },
];

for (const { name, ready, command } of consumers) {
  Deno.test({
    ...ready,
    name: `${name} uses the session of the default and of a named profile, and the keys after a restore`,
    fn: async () => {
      await using stage = await openStage();
      stage.home.write(
        ".aws/credentials",
        `# mine\n${section("default", stage.user)}\n${section("work", stage.user)}`,
      );
      await stage.login();
      await stage.login(["-p", "work"]);
      for (const env of [{}, { AWS_PROFILE: "work" }]) {
        assert.match(await keyUsed(stage, command, env), /^ASIA/);
      }
      await stage.restore();
      assert.equal(await keyUsed(stage, command, {}), stage.user.accessKeyId);
    },
  });
}

/** The key that signed what the consumer asked, which was who it is. */
async function keyUsed(
  stage: Stage,
  [command, ...args]: Consumer["command"],
  env: Record<string, string>,
): Promise<string> {
  const before = stage.sts.requests.length;
  const ran = await stage.home.run(command, args, { env });
  assert.deepEqual([ran.code, ran.stdout.trim()], [0, stage.user.arn], ran.stderr);
  const [request, ...more] = stage.sts.requests.slice(before);
  assert.equal(more.length, 0);
  return request?.accessKeyId ?? "";
}
