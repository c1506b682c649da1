import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { javascriptSdk } from "../../support/consumers.ts";
import { needs, works } from "../../support/needs.ts";
import { startAwsmfa } from "../../support/running.ts";
import { openStage, type Stage } from "../../support/stage.ts";

const PYTHON = fileURLToPath(new URL("../../support/poll_boto3.py", import.meta.url));
const JAVASCRIPT = fileURLToPath(new URL("../../support/poll_javascript.ts", import.meta.url));
/** Where a machine has the provider already: nothing is downloaded. */
const PLUGINS = "/opt/tf-plugins";
const SECONDS = 6;

/** A stage with a role whose sessions last six seconds, and a cached session of its user. */
async function openShort(): Promise<Stage> {
  const stage = await openStage();
  const { home, sts } = stage;
  const role = sts.addRole({ name: "admin" });
  sts.behave({ roleSeconds: SECONDS });
  home.write(
    ".aws/config",
    `[default]\nregion = us-west-2\n[profile admin]\nrole_arn = ${role.arn}\nsource_profile = default\nregion = eu-west-1\n`,
  );
  await stage.awsmfa(["env", "-s", "json", "-p", "default", stage.code()], { secretsOnStdout: true });
  return stage;
}

const count = ({ sts }: Stage, action: string): number =>
  sts.requests.filter((each) => each.action === action).length;

const [, ...denoArgs] = javascriptSdk.command;
const PROGRAMS: [name: string, ready: { ignore: boolean }, command: string[]][] = [
  ["boto3", needs("boto3"), ["python3", PYTHON, "15"]],
  ["the SDK for JavaScript", { ignore: false }, [
    Deno.execPath(),
    ...denoArgs.slice(0, -1),
    JAVASCRIPT,
    "15",
  ]],
  ["the AWS CLI", needs("aws"), [
    "sh",
    "-ec",
    "for i in 1 2 3 4 5 6; do aws sts get-caller-identity --query Arn --output text | sed 's/^/eu-west-1 /'; sleep 2; done",
  ]],
];
for (const [name, ready, command] of PROGRAMS) {
  Deno.test({
    ...ready,
    name: `exec --refresh: ${name} goes on across the ends of a role, with no code and no failed call`,
    fn: async () => {
      await using stage = await openShort();
      const before = stage.filesOfUser();
      const { code, stdout, stderr } = await stage.awsmfa([
        "exec",
        "--refresh",
        "-p",
        "admin",
        "--",
        ...command,
      ]);
      assert.equal(code, 0, stderr);
      assert.match(
        stderr,
        /^Credentials are renewed until \S+ \S+ \((11h 59m|12h)\); then a new code is needed\.\n/,
      );
      const lines = stdout.trim().split("\n");
      assert.ok(lines.length >= 6, stdout);
      for (const line of lines) {
        assert.match(line, /^eu-west-1 arn:aws:sts::123456789012:assumed-role\/admin\/alice$/);
      }
      const roles = count(stage, "AssumeRole");
      assert.ok(roles >= 2 && roles <= 9, `${roles} roles in 15s`);
      assert.equal(count(stage, "GetSessionToken"), 1);
      assert.deepEqual(stage.filesOfUser(), before, "no file of AWS is touched, and the private one is gone");
    },
  });
}

Deno.test({
  ignore: !works(["sh", "-c", `test -d ${PLUGINS} && terraform version`]),
  name: "exec --refresh: Terraform's provider goes on across the end of a role",
  fn: async () => {
    await using stage = await openShort();
    const { home, sts } = stage;
    home.write(
      "tf/main.tf",
      `
terraform {
  required_providers { aws = { source = "hashicorp/aws" } }
}
provider "aws" {
  skip_metadata_api_check = true
  skip_requesting_account_id = true
  endpoints { sts = "${sts.url}" }
}
data "aws_caller_identity" "first" {}
resource "terraform_data" "wait" {
  input = data.aws_caller_identity.first.arn
  provisioner "local-exec" { command = "sleep ${SECONDS + 3}" }
}
data "aws_caller_identity" "second" { depends_on = [terraform_data.wait] }
output "arns" { value = "\${data.aws_caller_identity.first.arn} \${data.aws_caller_identity.second.arn}" }
`,
    );
    home.write("tf/rc", `provider_installation {\n  filesystem_mirror {\n    path = "${PLUGINS}"\n  }\n}\n`);
    const env = { TF_CLI_CONFIG_FILE: home.file("tf/rc"), TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
    const terraform = (...args: string[]): string[] => ["terraform", `-chdir=${home.file("tf")}`, ...args];
    const [init = "", ...initArgs] = terraform("init", "-no-color");
    const begun = await home.run(init, initArgs, { env });
    assert.equal(begun.code, 0, begun.stderr + begun.stdout);
    const apply = terraform("apply", "-auto-approve", "-no-color");
    const ran = await stage.awsmfa(["exec", "--refresh", "-p", "admin", "--", ...apply], { env });
    assert.equal(ran.code, 0, ran.stderr + ran.stdout);
    const arn = "arn:aws:sts::123456789012:assumed-role/admin/alice";
    assert.match(ran.stdout, new RegExp(`arns = "${arn} ${arn}"`));
    assert.ok(count(stage, "AssumeRole") >= 2);
  },
});

Deno.test({
  ...needs("python3"),
  name:
    "no key is in the program's environment, its config is for nobody else, and awsmfa in there is the same profile",
  fn: async () => {
    await using stage = await openShort();
    const script = 'env | grep ^AWS | sort; stat -c %a "$AWS_CONFIG_FILE" "$(dirname "$AWS_CONFIG_FILE")"; ' +
      `awsmfa credential-process | grep -c AccessKeyId; awsmfa status >/dev/null`;
    const { awsmfaOnPath } = await import("../../support/awsmfa_on_path.ts");
    const { code, stdout, stderr } = await stage.awsmfa(
      ["exec", "--refresh", "-p", "admin", "--", "sh", "-c", script],
      {
        env: {
          ...awsmfaOnPath(stage.home),
          AWS_ACCESS_KEY_ID: "AKIAX",
          AWS_SECRET_ACCESS_KEY: "x".repeat(40),
          AWS_PROFILE: "x",
        },
      },
    );
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stdout, /^AWS_(ACCESS_KEY_ID|SECRET|SESSION_TOKEN)/m);
    assert.match(stdout, /^AWS_PROFILE=admin-awsmfa$/m);
    assert.match(stdout, /^AWSMFA_PROFILE=admin$/m);
    assert.match(stdout, /\n600\n700\n1\n$/);
  },
});

Deno.test("the private config is gone after the program was killed, and what a killed awsmfa leaves goes with the next", async () => {
  await using stage = await openShort();
  const { home } = stage;
  const folders = (): string[] =>
    [...Deno.readDirSync(home.file(".aws/awsmfa"))].filter(({ isDirectory }) => isDirectory).map(({ name }) =>
      name
    );
  const ran = await stage.awsmfa(["exec", "--refresh", "-p", "admin", "--", "sh", "-c", "kill -9 $$"]);
  assert.deepEqual([ran.code, folders()], [137, []]);
  const script = "echo $$ ready; exec sleep 600";
  await using running = startAwsmfa(stage, ["exec", "--refresh", "-p", "admin", "--", "sh", "-c", script]);
  const [, pid] = await running.prints(/(\d+) ready/);
  running.kill("SIGKILL");
  Deno.kill(Number(pid), "SIGKILL");
  await running.ends();
  assert.equal(folders().length, 1);
  await stage.awsmfa(["exec", "--refresh", "-p", "admin", "--", "true"]);
  assert.deepEqual(folders(), []);
});

Deno.test("--for asks for a code now where the session would end sooner, and not where it would not", async () => {
  await using stage = await openShort();
  const run = async (...args: string[]): Promise<{ code: number; stderr: string }> =>
    await stage.awsmfa(["exec", "--refresh", "-p", "admin", ...args, "--", "true"]);
  assert.equal((await run("--for", "11h")).code, 0);
  const none = await run("--for", "14h");
  assert.equal(none.code, 2);
  assert.match(none.stderr, /an MFA code is required/);
  const asked = await run("--for", "14h", stage.code());
  assert.equal(asked.code, 0, asked.stderr);
  assert.match(asked.stderr, /\((13h 59m|14h)\)/);
  assert.equal((await run("--for", "13h")).code, 0);
  assert.equal(count(stage, "GetSessionToken"), 2);
  const odd = await stage.awsmfa(["exec", "--for", "3h", "-p", "admin", "--", "true"]);
  assert.deepEqual([odd.code, odd.stderr.split("\n")[0]], [2, "awsmfa: --for goes with --refresh only"]);
});
