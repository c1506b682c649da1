import assert from "node:assert/strict";
import { startLocalSts } from "../../../scripts/local_sts/server.ts";
import { valuesOf } from "../../support/aws_file.ts";
import { asked, MEMORY_FILE, rememberDevice, rememberedDevice } from "../../support/device_memory.ts";
import { assertFails } from "../../support/failure.ts";
import type { Ran } from "../../support/home.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

const OF_USER = "arn:aws:iam::123456789012:mfa/alice";
const PHONE = "arn:aws:iam::123456789012:mfa/phone";
const TABLET = "arn:aws:iam::123456789012:mfa/tablet";
const ADD_ONE =
  "add a virtual device: IAM console > Users > Security credentials > Assign MFA device; or without MFA: --no-mfa";
const SHOW_SERIAL = "name it: --serial ARN, or AWSMFA_SERIAL=ARN, or mfa_serial = ARN in the config file";
const WHOLE_LADDER = ["GetCallerIdentity", "GetSessionToken 403", "ListMFADevices", "GetSessionToken"];

Deno.test("a device of another name than the user's is found with one code, and next time there is one request", async () => {
  await using stage = await openStage({ user: { name: "alice", deviceName: "phone" } });
  const first = await asked(stage, async () => {
    const { stderr } = await stage.login();
    assert.match(stderr, new RegExp(`^The user's MFA device is '${PHONE}'\\.\n`));
  });
  assert.deepEqual(first, WHOLE_LADDER);
  const codes = stage.sts.requests.flatMap(({ params }) => params["TokenCode"] ?? []);
  assert.equal(new Set(codes).size, 1, "the same code: it was not consumed");
  assert.equal(rememberedDevice(stage), PHONE);
  const next = await asked(stage, async () => {
    const { stderr } = await stage.login(["-f"]);
    assert.equal(stderr, "");
  });
  assert.deepEqual(next, ["GetSessionToken"]);
});

Deno.test("what is remembered is beside the sessions, of mode 0600, and outlives restore and logout", async () => {
  await using stage = await openStage({ user: { name: "alice", deviceName: "phone" } });
  await stage.login();
  const info = Deno.lstatSync(stage.home.file(MEMORY_FILE));
  assert.equal((info.mode ?? 0) & 0o777, 0o600);
  await stage.restore();
  assert.deepEqual(await asked(stage, () => stage.login()), ["GetSessionToken"]);
  assert.equal((await stage.awsmfa(["logout"])).code, 0);
  assert.deepEqual(await asked(stage, () => stage.login()), ["GetSessionToken"]);
});

Deno.test("a device is remembered for each key by itself", async () => {
  await using stage = await openStage({ user: { name: "alice", deviceName: "phone" } });
  const bob = stage.sts.addUser({ name: "bob", deviceName: "tablet" });
  stage.home.write(".aws/credentials", section("default", stage.user) + section("bob", bob));
  const logInBob = (): Promise<Ran> => stage.awsmfa([stage.sts.code(bob.serial), "-p", "bob"]);
  assert.deepEqual(await asked(stage, () => stage.login()), WHOLE_LADDER);
  assert.deepEqual(await asked(stage, logInBob), WHOLE_LADDER);
  assert.deepEqual(await asked(stage, () => stage.login()), ["GetSessionToken"]);
  assert.deepEqual(await asked(stage, logInBob), ["GetSessionToken"]);
});

Deno.test("a remembered device that was replaced is forgotten, and the ladder starts over", async () => {
  const rows: [deviceName: string, requests: readonly string[]][] = [
    ["alice", ["GetSessionToken 403", "GetCallerIdentity", "GetSessionToken"]],
    ["phone", ["GetSessionToken 403", ...WHOLE_LADDER]],
  ];
  for (const [deviceName, requests] of rows) {
    await using stage = await openStage({ user: { name: "alice", deviceName } });
    rememberDevice(stage, "arn:aws:iam::123456789012:mfa/old-phone");
    assert.deepEqual(await asked(stage, () => stage.login()), requests);
    assert.equal(rememberedDevice(stage), stage.user.serial);
    assert.deepEqual(await asked(stage, () => stage.login()), ["GetSessionToken"]);
  }
});

Deno.test("a memory that is broken, foreign or of another version is started over", async () => {
  for (const text of ["", "{", "[]", '{"version":2,"devices":{"AKIA":1}}', '{"version":1,"devices":[1]}']) {
    await using stage = await openStage();
    stage.home.write(MEMORY_FILE, text);
    await stage.login();
    assert.equal(rememberedDevice(stage), OF_USER, text);
  }
});

Deno.test("of several devices the one with the user's name is used, and with none of that name they are named", async () => {
  await using named = await openStage({
    user: { name: "alice", devices: [{ name: "phone" }, { name: "alice" }] },
  });
  const { sts } = named;
  assert.deepEqual(await asked(named, () => named.awsmfa([sts.code(OF_USER)])), [
    "GetCallerIdentity",
    "GetSessionToken",
  ]);

  await using stage = await openStage({
    user: { name: "alice", devices: [{ name: "phone" }, { name: "tablet" }] },
  });
  await assertFails(stage, [stage.sts.code(TABLET)], {
    code: 3,
    says: `the user has 2 MFA devices: '${PHONE}', '${TABLET}'`,
    hint: `name one: --serial ${PHONE}`,
    requests: 3,
  });
  const withHint = await asked(stage, () => stage.login(["--serial", PHONE]));
  assert.deepEqual(withHint, ["GetSessionToken"], "what the hint says works");
  assert.equal(rememberedDevice(stage), PHONE);
});

Deno.test("a hardware token is found, and can be named by the number printed on it", async () => {
  await using stage = await openStage({ user: { name: "alice", devices: [{ kind: "hardware" }] } });
  const { serial } = stage.user;
  assert.match(serial, /^GAHT\d{8}$/);
  assert.deepEqual(await asked(stage, () => stage.login(["--serial", serial])), ["GetSessionToken"]);
  Deno.removeSync(stage.home.file(MEMORY_FILE));
  assert.deepEqual(await asked(stage, () => stage.login()), WHOLE_LADDER);
  assert.equal(rememberedDevice(stage), serial);
});

Deno.test("a passkey or security key is named as of no use for a code, and one beside it does not disturb", async () => {
  await using stage = await openStage({
    user: { name: "alice", devices: [{ kind: "fido", name: "yubikey" }] },
  });
  const [serial = ""] = stage.user.serials;
  await assertFails(stage, ["123456"], {
    code: 3,
    says: `the user's MFA device '${
      serial.split("/").at(-1)
    }' is a passkey or security key, which STS takes no code of`,
    hint: "add a virtual device in the IAM console, beside it; or log in with: aws login",
    requests: 3,
  });

  await using both = await openStage({
    user: { name: "alice", devices: [{ kind: "fido", name: "yubikey" }, { name: "phone" }] },
  });
  assert.deepEqual(await asked(both, () => both.login()), WHOLE_LADDER);
  assert.equal(rememberedDevice(both), PHONE);
});

Deno.test("a user without any device is told how to get one", async () => {
  await using stage = await openStage({ user: { name: "alice", devices: [] } });
  await assertFails(stage, ["123456"], {
    code: 3,
    says: `'${OF_USER}' isn't an MFA device of this user, and AWS lists no other one`,
    hint: ADD_ONE,
    requests: 3,
  });
});

Deno.test("where IAM does not list the devices, the three ways to name one are shown, and each works", async () => {
  await using stage = await openStage({
    user: { name: "alice", deviceName: "phone", denied: ["iam:ListMFADevices"] },
  });
  await assertFails(stage, [stage.code()], {
    code: 3,
    says:
      `'${OF_USER}' isn't an MFA device of this user, and AWS does not let the user list its devices (iam:ListMFADevices)`,
    hint: SHOW_SERIAL,
    requests: 3,
  });
  const ways: (() => Promise<unknown>)[] = [
    () => stage.login(["--serial", PHONE]),
    () => stage.login([], { env: { AWSMFA_SERIAL: PHONE } }),
    () => {
      stage.home.write(".aws/config", `[default]\nmfa_serial = ${PHONE}\n`);
      return stage.login();
    },
  ];
  for (const way of ways) {
    assert.deepEqual(await asked(stage, way), ["GetSessionToken"]);
    Deno.removeSync(stage.home.file(MEMORY_FILE));
  }
});

Deno.test("a device that is named wrong is corrected with the same code, and who named it is told", async () => {
  const bob = "arn:aws:iam::123456789012:mfa/bob";
  const ways: [source: string, login: (stage: Stage) => ReturnType<Stage["login"]>][] = [
    ["--serial", (stage) => stage.login(["--serial", bob])],
    ["AWSMFA_SERIAL", (stage) => stage.login([], { env: { AWSMFA_SERIAL: bob } })],
    ["mfa_serial of profile 'default'", (stage) => {
      stage.home.write(".aws/config", `[default]\nmfa_serial = ${bob}\n`);
      return stage.login();
    }],
  ];
  for (const [source, login] of ways) {
    await using stage = await openStage();
    stage.sts.addUser({ name: "bob" });
    const requests = await asked(stage, async () => {
      const { stderr } = await login(stage);
      assert.equal(
        stderr.split("\n")[0],
        `${source}: '${bob}' isn't one of this user's devices; '${OF_USER}' is, and is used.`,
      );
    });
    assert.deepEqual(requests, ["GetSessionToken 403", "ListMFADevices", "GetSessionToken"]);
    assert.equal(rememberedDevice(stage), OF_USER);
  }
});

Deno.test("a user's ARN given as the device is corrected in words, the user's path too", async () => {
  for (const path of ["/", "/division/team/"]) {
    await using stage = await openStage({ user: { path } });
    const { arn } = stage.user;
    const requests = await asked(stage, async () => {
      const { stderr } = await stage.login(["--serial", arn]);
      assert.equal(
        stderr.split("\n")[0],
        `--serial: '${arn}' is a user, not a device; '${OF_USER}' is tried in its place.`,
      );
    });
    assert.deepEqual(requests, ["GetSessionToken"]);
  }
});

Deno.test("what was refused with a wrong device is not remembered, and the session that was there stays", async () => {
  await using stage = await openStage({ user: { name: "alice", deviceName: "phone" } });
  const { sts, user } = stage;
  await stage.login();
  const before = stage.files();
  rememberDevice(stage, TABLET);
  const memory = stage.home.read(MEMORY_FILE);
  assert.equal((await stage.awsmfa([sts.wrongCode(user.serial)])).code, 3);
  assert.equal(stage.home.read(MEMORY_FILE), memory);
  assert.deepEqual({ ...stage.files(), [MEMORY_FILE]: "" }, { ...before, [MEMORY_FILE]: "" });
});

Deno.test("the ladder is climbed for a role's own code, and by env, exec and credential-process alike", async () => {
  const user = { name: "alice", deviceName: "phone" };
  await using role = await openStage({ user });
  const { arn } = role.sts.addRole({ name: "admin", maxDurationSeconds: 43_200 });
  const requests = await asked(role, () => role.login(["--role-arn", arn, "-d", "2h", "--to", "admin"]));
  assert.deepEqual(requests, ["GetCallerIdentity", "AssumeRole 403", "ListMFADevices", "AssumeRole"]);
  assert.match(valuesOf(role.home.read(".aws/credentials"), "admin").aws_access_key_id ?? "", /^ASIA/);

  const ways = [["env", "-s", "json"], ["exec", "--", "env"], ["credential-process"]];
  for (const [command = "", ...rest] of ways) {
    await using stage = await openStage({ user });
    const wishes = ["--code-command", `echo ${stage.code()}`];
    const climbed = await asked(stage, async () => {
      const ran = await stage.awsmfa([command, ...wishes, ...rest], { secretsOnStdout: true });
      assert.equal(ran.code, 0, ran.stderr);
      assert.equal(ran.stderr, `The user's MFA device is '${PHONE}'.\n`);
      assert.match(ran.stdout, /ASIA/);
    });
    assert.deepEqual(climbed, WHOLE_LADDER, command);
  }
});

Deno.test("IAM that is in trouble, or can't be reached, ends the ladder as STS would, and no file changes", async () => {
  await using stage = await openStage({ user: { name: "alice", deviceName: "phone" } });
  const before = stage.files();
  const gone = await startLocalSts();
  await gone.close();
  const ran = await stage.awsmfa([stage.code()], { env: { AWS_ENDPOINT_URL_IAM: gone.url } });
  assert.deepEqual(ran, {
    code: 6,
    stdout: "",
    stderr: `awsmfa: can't reach ${
      new URL(gone.url).host
    }: connection refused\nhint: check the network, and HTTPS_PROXY where one is needed\n`,
  });
  const elsewhere = { AWS_ENDPOINT_URL_IAM: "https://iam.example.com" };
  await assertFails(stage, [stage.code()], {
    code: 6,
    says: "awsmfa is not permitted to reach 'iam.example.com', only AWS's own hosts and this machine",
    hint: "in a copy of its source: deno run -P=awsmfa --allow-net=iam.example.com src/main.ts",
    requests: 2,
  }, { env: elsewhere });
  assert.deepEqual(stage.files(), before);
});
