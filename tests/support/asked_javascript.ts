// A long-running program with the AWS SDK for JavaScript: one client, asked once for each line of its input.
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const client = new STSClient({});
for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  for (const _ of text.match(/\n/g) ?? []) {
    const { Arn } = await client.send(new GetCallerIdentityCommand({}));
    // deno-lint-ignore no-console
    console.log(await client.config.region(), Arn);
  }
}
