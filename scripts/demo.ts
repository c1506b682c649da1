/**
 * `deno task demo`: the whole life of a login on a local STS, in a throwaway home. Each command is run for real, as
 * typed, and what it printed is shown. Ends with exit code 1 where anything is not as it should be.
 */
import { quotePosix } from "../src/shells/posix.ts";
import { startLocalSts } from "./local_sts/server.ts";
import { cleanEnvironment, findProgram } from "./program.ts";

const sts = await startLocalSts();
const alice = sts.addUser({ name: "alice", path: "/engineering/", deviceName: "phone" });
const admin = sts.addRole({ name: "admin", requireMfa: true });
const home = Deno.makeTempDirSync({ prefix: "awsmfa-demo-" });
const credentialsPath = `${home}/.aws/credentials`;
const configPath = `${home}/.aws/config`;
const environment = cleanEnvironment(home, {
  AWS_ENDPOINT_URL: sts.url,
  AWS_REGION: "eu-central-1",
});
const program = findProgram();
let failures = 0;

try {
  await showLife();
} finally {
  await sts.close();
  Deno.removeSync(home, { recursive: true });
}
say(failures === 0 ? "\nAll as it should be." : `\n${failures} of the steps above went wrong.`);
Deno.exit(failures === 0 ? 0 : 1);

async function showLife(): Promise<void> {
  const before = messyFile();
  Deno.mkdirSync(`${home}/.aws`, { mode: 0o700 });
  Deno.writeTextFileSync(credentialsPath, before, { mode: 0o600 });
  const config =
    `[profile admin]\nrole_arn = ${admin.arn}\nsource_profile = default\nregion = eu-central-1\n`;
  Deno.writeTextFileSync(configPath, config, { mode: 0o600 });

  title("A credentials file as people have them: comments, mixed spacing, CRLF, no last line end");
  showFile();

  title("What a login would ask and write, before anything is done");
  await type(["--dry-run"], 0);
  expect("the file is byte for byte as before", Deno.readTextFileSync(credentialsPath) === before);

  title("A wrong code: AWS refuses it, and nothing is changed");
  await type([sts.wrongCode(alice.serial)], 3);
  expect("the file is byte for byte as before", Deno.readTextFileSync(credentialsPath) === before);

  title("The right code: the default profile holds an MFA session. IAM was asked for the device's name");
  await type([sts.code(alice.serial)], 0);
  showFile();
  say("\nThe other sections, the comments and the line ends are as they were.");

  title("The AWS CLI uses the session");
  await showAwsCli();

  title("A role of hers needs no second code, and the AWS CLI uses it");
  await type(["-p", "admin"], 0);
  await showAwsCli("--profile", "admin");

  title("Who is logged in, and for how long");
  await type(["status"], 0);

  title("A session for a shell, and for one program; nothing is asked");
  await type(["env", "-s", "fish"], 0);
  await type(["exec", "--", "sh", "-c", 'echo "the program got $AWS_ACCESS_KEY_ID"'], 0);

  title("What the doctor says");
  await type(["doctor"], 0);

  title("A second login takes the long-term keys from the backup; scripts read JSON");
  await type([sts.code(alice.serial), "-d", "1h30m", "--json"], 0);

  title("The long-term keys are put back");
  await type(["--restore"], 0);
  showFile();
  expect("the file is byte for byte as before", Deno.readTextFileSync(credentialsPath) === before);
  expect("so is the config file", Deno.readTextFileSync(configPath) === config);

  title("Once more: nothing to restore, and it says so");
  await type(["--restore"], 4);

  title("What the local STS was asked");
  for (const { action, status, errorCode } of sts.requests) say(`  ${action}: ${errorCode ?? status}`);
}

function messyFile(): string {
  return [
    "# my keys, do not commit!\r\n",
    "[default]\r\n",
    `aws_access_key_id=${alice.accessKeyId}\r\n`,
    `aws_secret_access_key=${alice.secretAccessKey}\r\n`,
    "; the office is near\r\n",
    "region=eu-central-1\r\n",
    "\r\n",
    "[legacy]\n",
    "\taws_access_key_id     = AKIALEGACYLEGACY2345\n",
    "\taws_secret_access_key = legacy/secret+legacy/secret+legacy/secre\n",
    "s3 =\n    max_concurrent_requests = 20",
  ].join("");
}

/** Runs awsmfa as a user would type it, and holds it to an exit code. */
async function type(args: readonly string[], expectedCode: number): Promise<void> {
  say(`$ awsmfa ${args.map((arg) => /[\s"]/.test(arg) ? quotePosix(arg) : arg).join(" ")}`);
  const code = await show(program.command, [...program.args, ...args]);
  expect(`exit code ${expectedCode}`, code === expectedCode, `it was ${code}`);
}

async function showAwsCli(...more: string[]): Promise<void> {
  const args = ["sts", "get-caller-identity", ...more];
  say(`$ aws ${args.join(" ")}`);
  try {
    expect("the AWS CLI was let in", await show("aws", args) === 0);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    say("(the AWS CLI is not installed here: left out)");
  }
}

async function show(command: string, args: readonly string[]): Promise<number> {
  const options: Deno.CommandOptions = { args: [...args], env: environment, clearEnv: true, stdin: "null" };
  const { code, stdout, stderr } = await new Deno.Command(command, options).output();
  for (const stream of [stdout, stderr]) await Deno.stdout.write(stream);
  return code;
}

function showFile(): void {
  say(`--- ${credentialsPath} (␍ marks CRLF)`);
  say(Deno.readTextFileSync(credentialsPath).replaceAll("\r", "␍"));
  say("---");
}

function expect(what: string, holds: boolean, otherwise = "no"): void {
  if (!holds) failures++;
  say(holds ? `✓ ${what}` : `✗ ${what}: ${otherwise}`);
}

function title(text: string): void {
  say(`\n== ${text}`);
}

function say(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}
