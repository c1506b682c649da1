// A long-running program with the AWS SDK for JavaScript: one client, asked again for as many seconds as it is told.
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const client = new STSClient({});
const end = Date.now() + Number(Deno.args[0]) * 1000;
while (Date.now() < end) {
  const { Arn } = await client.send(new GetCallerIdentityCommand({}));
  // deno-lint-ignore no-console
  console.log(await client.config.region(), Arn);
  await new Promise((resolve) => setTimeout(resolve, 500));
}
