// A program as people write it with the AWS SDK for JavaScript: it finds profile, keys and endpoint by itself.
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const { Arn } = await new STSClient({ region: "us-east-1" }).send(new GetCallerIdentityCommand({}));
// deno-lint-ignore no-console
console.log(Arn);
