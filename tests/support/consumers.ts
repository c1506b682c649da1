import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { needs } from "./needs.ts";
import type { Stage } from "./stage.ts";

const CONFIG = fileURLToPath(new URL("../../deno.json", import.meta.url));
const JAVASCRIPT = fileURLToPath(new URL("./javascript_sdk.ts", import.meta.url));
const PYTHON =
  "import boto3; print(boto3.client('sts', region_name='us-east-1').get_caller_identity()['Arn'])";

/** A program that people use with AWS. */
export interface Consumer {
  readonly name: string;
  readonly ready: { readonly ignore: boolean };
  /** Prints the ARN of the caller. */
  readonly command: readonly [string, ...string[]];
}

export const awsCli: Consumer = {
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
};

export const boto3: Consumer = { name: "boto3", ready: needs("boto3"), command: ["python3", "-c", PYTHON] };

export const javascriptSdk: Consumer = {
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
    // For a credential_process.
    "--allow-run",
    "--allow-net=127.0.0.1",
    JAVASCRIPT,
  ],
};

export const consumers: readonly Consumer[] = [awsCli, boto3, javascriptSdk];

/** For a test that ends with all of them. */
export const allConsumers: { ignore: boolean } = needs("aws", "boto3");

/** The key that signed what the consumer asked, which was who it is: `arn` is the right answer. */
export async function keyUsed(
  stage: Stage,
  { command: [command, ...args] }: Consumer,
  env: Record<string, string>,
  arn: string = stage.user.arn,
): Promise<string> {
  const before = stage.sts.requests.length;
  const ran = await stage.home.run(command, args, { env });
  assert.deepEqual([ran.code, ran.stdout.trim()], [0, arn], ran.stderr);
  const [request, ...more] = stage.sts.requests.slice(before);
  assert.equal(more.length, 0);
  return request?.accessKeyId ?? "";
}

/** Every consumer calls the local STS through the profile, with a session and by one request. */
export async function assertAllUseSession(stage: Stage, profile: string, arn?: string): Promise<void> {
  for (const consumer of consumers) {
    assert.match(await keyUsed(stage, consumer, { AWS_PROFILE: profile }, arn), /^ASIA/, consumer.name);
  }
}
