import assert from "node:assert/strict";
import { nameOfCaller } from "../../../src/domain/aws/mfa_device.ts";
import { checkRole, checkRoleArn, checkSessionName } from "../../../src/domain/placement/role.ts";
import { UsageError } from "../../../src/errors.ts";

const ROLE = "arn:aws:iam::111122223333:role/admin";

Deno.test("the ARN of a role passes, of any partition and with a path", () => {
  const good = [
    ROLE,
    "arn:aws-cn:iam::111122223333:role/admin",
    "arn:aws-us-gov:iam::111122223333:role/team/blue/ad_min+=,.@-x",
  ];
  for (const arn of good) assert.equal(checkRoleArn(arn, "--role-arn"), arn);
});

Deno.test("what is no ARN of a role is refused, and its source named", () => {
  const bad = [
    "",
    "admin",
    "arn:aws:iam::111122223333:user/alice",
    "arn:aws:iam::11112222333:role/admin",
    "arn:aws:iam::111122223333:role/",
    "arn:aws:sts::111122223333:assumed-role/admin/alice",
    `${ROLE}\n`,
    `${ROLE} `,
  ];
  for (const arn of bad) {
    assert.throws(() => checkRoleArn(arn, "--role-arn"), (error) => {
      assert.ok(error instanceof UsageError, arn);
      assert.equal(error.message, `--role-arn: '${arn.replace("\n", "\\x0a")}' isn't a role ARN`);
      assert.equal(error.hint, "for example arn:aws:iam::123456789012:role/admin");
      return true;
    });
  }
});

Deno.test("a role session name has 2 to 64 signs that AWS takes", () => {
  for (const name of ["ab", "alice@example.com", "a_+=,.@-b", "x".repeat(64)]) {
    assert.equal(checkSessionName(name, "--role-session-name"), name);
  }
  for (const name of ["", "a", "a b", "a/b", "a:b", "x".repeat(65), "ab\n"]) {
    assert.throws(() => checkSessionName(name, "--role-session-name"), (error) => {
      assert.ok(error instanceof UsageError, name);
      assert.equal(
        error.message,
        `--role-session-name: '${name.replace("\n", "\\x0a")}' is not a role session name`,
      );
      return true;
    });
  }
});

Deno.test("a role of the command line is checked by its flags' names, one of a profile by its keys", () => {
  const role = {
    arn: ROLE,
    profile: undefined,
    externalId: undefined,
    sessionName: "a b",
    duration: undefined,
  };
  assert.throws(() => checkRole(role), /^UsageError|--role-session-name: /);
  assert.throws(() => checkRole({ ...role, profile: "work" }), /role_session_name of profile 'work': /);
  const timed = { ...role, sessionName: undefined, duration: "13h" };
  assert.throws(
    () => checkRole({ ...timed, profile: "work" }),
    /duration_seconds of profile 'work': '13h' is too long/,
  );
  assert.equal(checkRole({ ...timed, duration: "43200" }).seconds, 43_200);
});

Deno.test("the role session name is the user's, made long enough and short enough for AWS", () => {
  assert.equal(nameOfCaller("arn:aws:iam::111122223333:user/alice"), "alice");
  assert.equal(nameOfCaller("arn:aws:iam::111122223333:user/team/blue/al.ice@x"), "al.ice@x");
  assert.equal(nameOfCaller("arn:aws:iam::111122223333:user/a"), "a-awsmfa");
  assert.equal(nameOfCaller(`arn:aws:iam::111122223333:user/${"x".repeat(64)}y`), "x".repeat(64));
  assert.equal(nameOfCaller("arn:aws:iam::111122223333:root"), "root");
});
