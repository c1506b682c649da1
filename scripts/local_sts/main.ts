import { stepSeconds } from "./totp.ts";
import { startLocalSts } from "./server.ts";

// deno run --allow-net=127.0.0.1 scripts/local_sts/main.ts [PORT]
// Prints what a shell needs to talk to it, then the token code of each half minute as a comment.

if (import.meta.main) {
  const sts = await startLocalSts({ port: Number(Deno.args[0] ?? 0) });
  const user = sts.addUser();
  print(`export AWS_ENDPOINT_URL_STS=${sts.url} AWS_ENDPOINT_URL_IAM=${sts.url} AWS_REGION=us-east-1`);
  print(`export AWS_ACCESS_KEY_ID=${user.accessKeyId} AWS_SECRET_ACCESS_KEY=${user.secretAccessKey}`);
  print(`# ${user.arn}, device ${user.serial}, secret ${user.totpSecret}`);
  printCode(() => sts.code(user.serial));
}

function printCode(code: () => string): void {
  print(`# token code: ${code()}`);
  const stepMs = stepSeconds * 1000;
  setTimeout(() => printCode(code), stepMs - Date.now() % stepMs);
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
