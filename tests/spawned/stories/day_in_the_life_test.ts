import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { type AskedProgram, startAsked } from "../../support/asked_program.ts";
import { awsmfaOnPath } from "../../support/awsmfa_on_path.ts";
import { javascriptSdk } from "../../support/consumers.ts";
import { needs } from "../../support/needs.ts";
import { endpoints, openStage, type Stage } from "../../support/stage.ts";

const PYTHON = fileURLToPath(new URL("../../support/asked_boto3.py", import.meta.url));
const JAVASCRIPT = fileURLToPath(new URL("../../support/asked_javascript.ts", import.meta.url));
const [, ...DENO_ARGS] = javascriptSdk.command;
/** An hour of the role, played: a session is renewed in its last quarter, so that each call has three seconds to arrive. */
const ROLE_SECONDS = 12;
const ROLES = ["admin", "deploy", "audit"];
const WHO = "aws sts get-caller-identity --query Arn --output text";

Deno.test({
  ignore: needs("aws", "boto3", "bash", "zsh").ignore,
  name:
    "a day in the life: three roles, two shells, boto3 and the SDK for JavaScript through link, one code, no failed call",
  fn: async () => {
    await using stage = await openStage();
    const { home, sts } = stage;
    sts.behave({ roleSeconds: ROLE_SECONDS });
    const roles = ROLES.map((name) => sts.addRole({ name }));
    const sections = roles.map(({ arn }, i) =>
      `[profile ${ROLES[i]}]\nrole_arn = ${arn}\nsource_profile = default\nregion = eu-west-${i + 1}\n`
    );
    home.write(".aws/config", `[default]\nregion = us-west-2\n${sections.join("")}`);

    // In the morning.
    await stage.login();
    for (const role of ["admin", "deploy"]) {
      const linked = await stage.awsmfa(["link", `${role}-all-day`, "-p", role]);
      assert.equal(linked.code, 0, linked.stderr);
    }
    const program = (command: readonly string[], profile: string): AskedProgram =>
      startAsked(command, home.path, { ...endpoints(sts), ...awsmfaOnPath(home), AWS_PROFILE: profile });
    await using boto3 = program(["python3", PYTHON], "admin-all-day");
    await using javascript = program(
      [Deno.execPath(), ...DENO_ARGS.slice(0, -1), JAVASCRIPT],
      "deploy-all-day",
    );

    const work = async (times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        const [first, second] = await Promise.all([boto3.ask(), javascript.ask()]);
        assert.equal(first, "eu-west-1 arn:aws:sts::123456789012:assumed-role/admin/alice");
        assert.equal(second, "eu-west-2 arn:aws:sts::123456789012:assumed-role/deploy/alice");
      }
    };
    const AUDITOR = "arn:aws:sts::123456789012:assumed-role/audit/alice\n";

    await work(3);
    assert.equal(await inShell(stage, "bash", `eval "$(awsmfa env -p audit)" && ${WHO}`), AUDITOR);
    await untilRolesEnd();
    await work(3);
    assert.equal(await inShell(stage, "zsh", `awsmfa exec -p audit -- ${WHO}`), AUDITOR);
    await untilRolesEnd();
    await work(3);
    // A shell of the morning takes up its role again.
    assert.equal(await inShell(stage, "bash", `eval "$(awsmfa env -p audit)" && ${WHO}`), AUDITOR);

    // In the evening it is counted.
    const failed = sts.requests.filter(({ status }) => status !== 200);
    assert.deepEqual(failed, []);
    const count = (action: string, role?: string): number =>
      sts.requests.filter((each) =>
        each.action === action && (role === undefined || each.params["RoleArn"]?.endsWith(`role/${role}`))
      ).length;
    assert.equal(count("GetSessionToken"), 1, "one code");
    for (const role of ROLES) {
      const assumed = count("AssumeRole", role);
      assert.ok(assumed >= 3 && assumed <= (role === "audit" ? 3 : 9), `${assumed} times ${role}`);
    }
    assert.equal(count("GetCallerIdentity") - callsForNames(stage), 2 * 9 + 3);
  },
});

async function inShell({ home }: Stage, shell: string, script: string): Promise<string> {
  const ran = await home.run(shell, [shell === "zsh" ? "-fc" : "-c", script], { env: awsmfaOnPath(home) });
  assert.equal(ran.code, 0, ran.stderr);
  return ran.stdout;
}

/** AWS is asked once who the user is: the device and the name of a role's session come of it. */
function callsForNames({ sts, user }: Stage): number {
  const calls =
    sts.requests.filter(({ action, accessKeyId }) =>
      action === "GetCallerIdentity" && accessKeyId === user.accessKeyId
    ).length;
  assert.equal(calls, 1);
  return calls;
}

/** Whatever was assumed so far is over by then. */
function untilRolesEnd(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, (ROLE_SECONDS + 1) * 1000));
}
