import assert from "node:assert/strict";
import { missingIncludes } from "../../../src/domain/placement/includes.ts";
import { place, serialSetting, setting } from "../../../src/domain/placement/placement.ts";
import { findProfile } from "../../../src/domain/aws_files/profiles.ts";
import { roleValue } from "../../../src/domain/placement/role.ts";
import { NoCredentialsError } from "../../../src/errors.ts";
import { keyFiles, keys } from "../aws_files/key_files.ts";

const ROLE = "arn:aws:iam::111122223333:role/admin";

// aws-vault, USAGE.md: "include_profile allows a profile to load configuration horizontally from another profile".
const CONFIG = `[default]
region = us-west-1
[profile base]
mfa_serial = GAHT12345678
duration_seconds = 1800
region = eu-west-1
[profile middle]
include_profile = base
region = eu-west-2
[profile account]
include_profile = middle
source_profile = master
role_arn = ${ROLE}
[profile old]
parent_profile = base
[profile both]
include_profile = middle
parent_profile = base
`;
const FILES = keyFiles({ config: CONFIG, credentials: `[master]\n${keys("AKIAMASTER")}` });

const VALUES: [profile: string, key: string, value: string | undefined][] = [
  ["account", "mfa_serial", "GAHT12345678"],
  ["account", "duration_seconds", "1800"],
  ["account", "region", "eu-west-2"],
  ["old", "mfa_serial", "GAHT12345678"],
  ["both", "region", "eu-west-2"],
  ["base", "role_arn", undefined],
  ["account", "output", undefined],
];
for (const [name, key, value] of VALUES) {
  Deno.test(`${key} of '${name}' is ${value ?? "nowhere"}, by way of what it includes`, () => {
    assert.equal(findProfile(FILES, name)?.get(key), value);
  });
}

Deno.test("what a profile includes is no value of its own", () => {
  assert.equal(findProfile(FILES, "account")?.own("mfa_serial"), undefined);
});

Deno.test("a login takes the device and the region from what the profile includes, and the keys from its source", () => {
  const placement = place(FILES, { name: "account", named: true });
  assert.equal(placement.source.keys.accessKeyId, "AKIAMASTER");
  assert.deepEqual(placement.roles.map(({ arn, seconds }) => [arn, seconds]), [[ROLE, 1800]]);
  assert.equal(serialSetting(placement)?.value, "GAHT12345678");
  assert.equal(setting(placement, "region")?.value, "eu-west-2");
});

Deno.test("keys are not inherited: they belong to the profile that holds them", () => {
  const files = keyFiles({
    config: "[profile a]\ninclude_profile = master\n",
    credentials: `[master]\n${keys("AKIAM")}`,
  });
  assert.throws(() => place(files, { name: "a", named: true }), NoCredentialsError);
});

Deno.test("a role of its own that a login set aside goes before one that is included", () => {
  const config =
    `[profile a]\nawsmfa_role_arn = own\nawsmfa_source_profile = s\ninclude_profile = b\n[profile b]\nrole_arn = included\n`;
  const files = keyFiles({ config });
  assert.equal(roleValue(findProfile(files, "a"), "role_arn"), "own");
});

for (
  const [what, config, loop] of [
    ["itself", "[profile a]\ninclude_profile = a\n", "'a' -> 'a'"],
    [
      "another that includes it",
      "[profile a]\ninclude_profile = b\n[profile b]\nparent_profile = a\n",
      "'a' -> 'b' -> 'a'",
    ],
    [
      "one that is in a loop",
      "[profile a]\ninclude_profile = b\n[profile b]\ninclude_profile = c\n[profile c]\ninclude_profile = b\n",
      "'a' -> 'b' -> 'c' -> 'b'",
    ],
  ] as const
) {
  Deno.test(`a profile that includes ${what} can be read, and is refused with the names`, () => {
    const files = keyFiles({ config, credentials: `[a]\n${keys("AKIAA")}` });
    assert.equal(findProfile(files, "a")?.get("mfa_serial"), undefined);
    assert.throws(() => place(files, { name: "a", named: true }), (error) => {
      assert.ok(error instanceof NoCredentialsError);
      assert.equal(error.message, `the included profiles form a loop: ${loop}`);
      assert.equal(error.hint, "correct include_profile in CONFIG");
      return true;
    });
  });
}

Deno.test("a profile that includes one which is nowhere is read without it, as by aws-vault, and can be told", () => {
  const files = keyFiles({
    config: "[profile a]\ninclude_profile = gone\nregion = eu-west-1\n",
    credentials: `[a]\n${keys("AKIAA")}`,
  });
  assert.equal(place(files, { name: "a", named: true }).source.profile, "a");
  assert.deepEqual(missingIncludes(files), [["a", "gone"]]);
  assert.deepEqual(missingIncludes(FILES), []);
});
