import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { assertFails } from "../../support/failure.ts";
import { allConsumers, assertAllUseSession } from "../../support/consumers.ts";
import { findProgram } from "../../../scripts/program.ts";
import { needs } from "../../support/needs.ts";
import { endpoints, openStage, section, type Stage } from "../../support/stage.ts";
import { openTerminal } from "../../support/terminal.ts";

const FILE = ".aws/credentials";
const CONFIG = ".aws/config";

Deno.test("one code serves three roles and two profiles of the same key", async () => {
  await using stage = await openStage();
  const { home, sts, user } = stage;
  home.write(FILE, section("one", user) + section("two", user));
  const names = ["admin", "audit", "deploy"];
  const roles = names.map((name) => sts.addRole({ name, requireMfa: true }));
  home.write(
    CONFIG,
    roles.map(({ arn, name }) => `[profile ${name}]\nrole_arn = ${arn}\nsource_profile = one\n`).join(""),
  );
  await stage.login(["-p", "one"]);
  for (const profile of ["two", ...names]) {
    const { code, stdout, stderr } = await stage.awsmfa(["-p", profile]);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      new RegExp(`^Logged in to '${profile}' .*${profile === "two" ? ", reusing" : ""}`),
    );
  }
  assert.deepEqual(count(stage), { GetCallerIdentity: 1, GetSessionToken: 1, AssumeRole: 3 });
  for (const name of names) {
    const { x_principal_arn: arn } = valuesOf(home.read(FILE), name);
    assert.equal(arn, `arn:aws:sts::123456789012:assumed-role/${name}/alice`);
  }

  for (const profile of ["one", "two", ...names]) {
    const { code, stdout } = await stage.awsmfa(["-p", profile]);
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`^Already logged in to '${profile}' `));
  }
  assert.equal(sts.requests.length, 5, "and now nothing at all is asked");
});

Deno.test({
  ...allConsumers,
  name: "a chain of roles is assumed step by step, and AWS tools use the last one",
  fn: async () => {
    await using stage = await openStage();
    const { home, sts } = stage;
    const first = sts.addRole({ name: "first", requireMfa: true });
    const second = sts.addRole({ name: "second", accountId: "210987654321", trusts: [first.arn] });
    home.write(
      CONFIG,
      `[profile second]\nrole_arn = ${second.arn}\nsource_profile = first\nrole_session_name = me.second\n` +
        `[profile first]\nrole_arn = ${first.arn}\nsource_profile = default\nrole_session_name = me.first\n`,
    );
    const before = stage.files();
    await stage.login(["-p", "second", "--serial", stage.user.serial]);
    assert.deepEqual(
      sts.requests.map(({ action, params }) => [action, params.RoleArn, params.RoleSessionName]),
      [
        ["GetSessionToken", undefined, undefined],
        ["AssumeRole", first.arn, "me.first"],
        ["AssumeRole", second.arn, "me.second"],
      ],
    );
    await assertAllUseSession(stage, "second", "arn:aws:sts::210987654321:assumed-role/second/me.second");
    assert.equal((await stage.awsmfa(["logout", "-p", "second"])).code, 0);
    assert.deepEqual(stage.filesOfUser(), before, "byte for byte as before");
  },
});

Deno.test({
  ...needs("python3"),
  name: "a role for twelve hours is asked for with a code of its own, and it says why it asks",
  fn: async () => {
    await using stage = await openStage();
    const { sts, home, user } = stage;
    const role = sts.addRole({ name: "admin", requireMfa: true, maxDurationSeconds: 43_200 });
    home.write(
      CONFIG,
      `[profile admin]\nrole_arn = ${role.arn}\nsource_profile = default\nmfa_serial = ${user.serial}\n` +
        "duration_seconds = 43200\n",
    );
    await stage.login();
    const before = sts.requests.length;
    const program = findProgram();
    const words = [program.command, ...program.args, "-p", "admin"];
    await using terminal = openTerminal(words, home.path, endpoints(sts));
    await terminal.shows(
      "A code is needed: AWS gives a role for 12h for a code only, and from a cached session",
    );
    await terminal.shows("Code of mfa/alice for profile 'admin': ");
    await terminal.type(`${stage.code()}\r`);
    assert.equal(await terminal.ends(), 0, terminal.screen());
    assert.match(terminal.screen(), /Logged in to 'admin' as role admin \(\d+\) until .* \(12h\)\./);
    const asked = sts.requests.slice(before).find(({ action }) => action === "AssumeRole");
    assert.equal(asked?.accessKeyId, user.accessKeyId, "with the long-term keys");
    assert.deepEqual([asked?.params.DurationSeconds, asked?.params.SerialNumber], ["43200", user.serial]);

    const again = await stage.awsmfa(["-p", "admin"]);
    assert.match(again.stdout, /^Already logged in to 'admin' as role/);
    const { code, stderr } = await stage.awsmfa(["-p", "admin", "--force"]);
    assert.deepEqual([code, stderr], [
      2,
      "awsmfa: an MFA code is required, but there is no terminal to ask for it\nhint: awsmfa 123456\n",
    ]);
  },
});

Deno.test("--role-arn assumes a role that no profile names, with --external-id and a name of its own", async () => {
  await using stage = await openStage();
  const { sts, home, user } = stage;
  const role = sts.addRole({ name: "vendor", externalId: "their-id", requireMfa: true });
  const words = ["--role-arn", role.arn, "--external-id", "their-id", "--role-session-name", "me@home"];
  const { stdout } = await stage.login([...words, "--to", "vendor", "--serial", user.serial]);
  assert.match(stdout, /^Logged in to 'vendor' as role vendor \(\d+\) until /);
  assert.equal(
    valuesOf(home.read(FILE), "vendor").x_principal_arn,
    "arn:aws:sts::123456789012:assumed-role/vendor/me@home",
  );
  assert.deepEqual(sts.requests.map(({ action }) => action), ["GetSessionToken", "AssumeRole"]);
  await assertFails(stage, ["123456", "--external-id", "their-id"], {
    code: 2,
    says: "--external-id goes with --role-arn only",
    hint: "awsmfa --role-arn ARN --external-id VALUE",
  });
});

interface Refusal {
  readonly title: string;
  readonly role: Parameters<Stage["sts"]["addRole"]>[0];
  readonly settings?: string;
  readonly says: (roleArn: string) => string;
  readonly hint: string;
}

const notAllowed = (roleArn: string): string =>
  `arn:aws:iam::123456789012:user/alice may not assume ${roleArn}`;
const wantsId =
  "does the role's trust policy name the user, and does it want an external id (external_id, --external-id)?";

const refusals: Refusal[] = [
  { title: "the role trusts somebody else", role: { trusts: [] }, says: notAllowed, hint: wantsId },
  { title: "an external id is missing", role: { externalId: "their-id" }, says: notAllowed, hint: wantsId },
  {
    title: "another external id",
    role: { externalId: "their-id" },
    settings: "external_id = another\n",
    says: notAllowed,
    hint: "does the role's trust policy name the user, and this external id?",
  },
  {
    title: "longer than the role's maximum",
    role: { maxDurationSeconds: 3_600 },
    settings: "duration_seconds = 7200\n",
    says: (roleArn) =>
      `the role ${roleArn} doesn't allow sessions that long: The requested DurationSeconds exceeds the ` +
      "MaxSessionDuration set for this role.",
    hint: "ask for less than its MaxSessionDuration: --duration 1h, or duration_seconds of the profile",
  },
];

for (const { title, role, settings = "", says, hint } of refusals) {
  Deno.test(`a role that is refused is explained, and no file changes: ${title}`, async () => {
    await using stage = await openStage();
    const { home, sts } = stage;
    const { arn } = sts.addRole({ name: "admin", ...role });
    home.write(CONFIG, `[profile admin]\nrole_arn = ${arn}\nsource_profile = default\n${settings}`);
    const before = stage.filesOfUser();
    const ran = await stage.awsmfa([stage.code(), "-p", "admin"]);
    assert.deepEqual(ran, { code: 3, stdout: "", stderr: `awsmfa: ${says(arn)}\nhint: ${hint}\n` });
    assert.deepEqual(stage.filesOfUser(), before);
  });
}

Deno.test("an external id of the profile reaches AWS", async () => {
  await using stage = await openStage();
  const { arn } = stage.sts.addRole({ name: "admin", externalId: "their-id" });
  stage.home.write(
    CONFIG,
    `[profile admin]\nrole_arn = ${arn}\nsource_profile = default\nexternal_id = their-id\n`,
  );
  await stage.login(["-p", "admin"]);
  assert.equal(stage.sts.requests.at(-1)?.params.ExternalId, "their-id");
});

Deno.test("a role that can't be meant is refused before a code is used up", async () => {
  await using stage = await openStage();
  const { home, sts } = stage;
  const { arn } = sts.addRole({ name: "admin" });
  const source = "source_profile = default\n";
  const rows: [config: string, code: number, says: string, hint: string][] = [
    [
      `[profile a]\nrole_arn = ${arn}\n`,
      4,
      "profile 'a' has role_arn, but no source_profile whose keys could assume the role",
      "aws configure set source_profile NAME --profile a",
    ],
    [
      `[profile a]\nrole_arn = ${arn}\nsource_profile = b\n[profile b]\nrole_arn = ${arn}\nsource_profile = a\n`,
      4,
      "the source profiles form a loop: 'a' -> 'b' -> 'a'",
      `correct source_profile in ${home.file(CONFIG)}`,
    ],
    [
      `[profile a]\nrole_arn = admin\n${source}`,
      2,
      "role_arn of profile 'a': 'admin' isn't a role ARN",
      "for example arn:aws:iam::123456789012:role/admin",
    ],
    [
      `[profile a]\nrole_arn = ${arn}\ncredential_source = Ec2InstanceMetadata\n`,
      4,
      "profile 'a' gets its credentials through the machine it runs on (credential_source), which awsmfa has no part in",
      "use it without awsmfa: aws sts get-caller-identity --profile a",
    ],
  ];
  for (const [config, code, says, hint] of rows) {
    home.write(CONFIG, config);
    await assertFails(stage, ["123456", "-p", "a"], { code, says, hint });
  }
});

function count({ sts }: Stage): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { action } of sts.requests) counts[action] = (counts[action] ?? 0) + 1;
  return counts;
}
