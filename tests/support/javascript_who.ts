// As botocore_who.py, for the AWS SDK for JavaScript: who it is in each state, and in which region. No network.
import { STSClient } from "@aws-sdk/client-sts";

interface State {
  readonly files: Record<string, string>;
  readonly env: Record<string, string>;
}

const home = Deno.makeTempDirSync();
let count = 0;
for (const line of (await new Response(Deno.stdin.readable).text()).trim().split("\n")) {
  const { files, env }: State = JSON.parse(line);
  for (const name of Object.keys(Deno.env.toObject())) if (name.startsWith("AWS")) Deno.env.delete(name);
  // The SDK reads a file once.
  const folder = `${home}/${++count}`;
  Deno.mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) Deno.writeTextFileSync(`${folder}/${name}`, text);
  const config = env["AWS_CONFIG_FILE"] === undefined ? "config" : "private";
  const all = {
    ...env,
    HOME: home,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SHARED_CREDENTIALS_FILE: `${folder}/credentials`,
    AWS_CONFIG_FILE: `${folder}/${config}`,
  };
  for (const [name, value] of Object.entries(all)) {
    // By the clock of the tests, which is not this one.
    if (name !== "AWS_CREDENTIAL_EXPIRATION") Deno.env.set(name, value);
  }
  // deno-lint-ignore no-console
  console.log(JSON.stringify(await who()));
}
Deno.removeSync(home, { recursive: true });

async function who(): Promise<object> {
  const client = new STSClient({});
  const region = await client.config.region().catch(() => null);
  try {
    return { key: (await client.config.credentials()).accessKeyId, region };
  } catch (error) {
    return { error: error instanceof Error ? error.name : "unknown", region };
  }
}
