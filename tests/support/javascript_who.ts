// As botocore_who.py, for the AWS SDK for JavaScript: who it is in each state, and in which region. No network.
import { STSClient } from "@aws-sdk/client-sts";
import { dirname } from "node:path";

/** Paths and variables as in the home of the tests; each state is put under a root of its own: the SDK reads a file once. */
interface State {
  readonly files: Record<string, string>;
  readonly env: Record<string, string>;
  readonly profile?: string;
}

const FILES = ["AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"];
const roots = Deno.makeTempDirSync();
let count = 0;
for (const line of (await new Response(Deno.stdin.readable).text()).trim().split("\n")) {
  const { files, env, profile }: State = JSON.parse(line);
  for (const name of Object.keys(Deno.env.toObject())) if (name.startsWith("AWS")) Deno.env.delete(name);
  const root = `${roots}/${++count}`;
  for (const [path, text] of Object.entries(files)) {
    Deno.mkdirSync(dirname(root + path), { recursive: true });
    Deno.writeTextFileSync(root + path, text);
  }
  Deno.env.set("HOME", `${root}/home/alice`);
  Deno.env.set("AWS_EC2_METADATA_DISABLED", "true");
  for (const [name, value] of Object.entries(env)) {
    // By the clock of the tests, which is not this one.
    if (name !== "AWS_CREDENTIAL_EXPIRATION") Deno.env.set(name, FILES.includes(name) ? root + value : value);
  }
  // deno-lint-ignore no-console
  console.log(JSON.stringify(await who(profile)));
}
Deno.removeSync(roots, { recursive: true });

async function who(profile: string | undefined): Promise<object> {
  const client = new STSClient(profile === undefined ? {} : { profile });
  const region = await client.config.region().catch(() => null);
  try {
    return { key: (await client.config.credentials()).accessKeyId, region };
  } catch (error) {
    return { error: error instanceof Error ? error.name : "unknown", region };
  }
}
