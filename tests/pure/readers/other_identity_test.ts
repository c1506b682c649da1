import assert from "node:assert/strict";
import { otherIdentities } from "../../../src/domain/readers/other_identity.ts";

const WEB =
  "AWS_WEB_IDENTITY_TOKEN_FILE is set: unless a profile is named to them (--profile), the AWS CLI, Go, " +
  "Terraform, Go 1 and Java use that web identity and no session";

const CASES: [what: string, env: Record<string, string>, profile: string, says: [string, string][]][] = [
  ["nothing is set", {}, "work", []],
  ["one variable, which all that know it follow", { AWS_PROFILE: "other" }, "work", []],
  ["both name the profile", { AWS_PROFILE: "work", AWS_DEFAULT_PROFILE: "work" }, "work", []],
  ["both name another one", { AWS_PROFILE: "other", AWS_DEFAULT_PROFILE: "other" }, "work", []],
  [
    "the AWS CLI has another one",
    { AWS_PROFILE: "work", AWS_DEFAULT_PROFILE: "other" },
    "work",
    [[
      "AWS_DEFAULT_PROFILE is 'other': the AWS CLI uses that profile and not 'work'",
      "export AWS_DEFAULT_PROFILE=work",
    ]],
  ],
  [
    "the AWS CLI alone has this one",
    { AWS_PROFILE: "other", AWS_DEFAULT_PROFILE: "default" },
    "default",
    [[
      "AWS_PROFILE is 'other': JavaScript, Go, Terraform, Go 1, .NET, Java, Java 1, Rust, the AWS CRT and Ruby use " +
      "that profile and not 'default'",
      "unset AWS_PROFILE",
    ]],
  ],
  [
    "empty",
    { AWS_PROFILE: "" },
    "default",
    [[
      "AWS_PROFILE is set and empty: the AWS CLI, Java, Rust, the AWS CRT and Ruby look for a profile without a name, " +
      "which is nowhere",
      "unset AWS_PROFILE",
    ]],
  ],
  [
    "empty for the AWS CLI, which looks at the other variable first",
    { AWS_PROFILE: "work", AWS_DEFAULT_PROFILE: "" },
    "work",
    [[
      "AWS_DEFAULT_PROFILE is set and empty: the AWS CLI looks for a profile without a name, which is nowhere",
      "unset AWS_DEFAULT_PROFILE",
    ]],
  ],
  [
    "a web identity",
    { AWS_WEB_IDENTITY_TOKEN_FILE: "/var/run/token" },
    "work",
    [[WEB, "unset AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_ARN"]],
  ],
  [
    "a path with a variable, which the AWS CLI alone replaces",
    { HOME: "/h", AWS_CONFIG_FILE: "$HOME/c" },
    "work",
    [[
      "AWS_CONFIG_FILE is '$HOME/c', which JavaScript, Go, Terraform, Go 1, .NET, Java, Rust, the AWS CRT and Ruby " +
      "take as it is written",
      "export AWS_CONFIG_FILE=/h/c",
    ]],
  ],
  [
    "a path in the home",
    { HOME: "/h", AWS_SHARED_CREDENTIALS_FILE: "~/c" },
    "work",
    [[
      "AWS_SHARED_CREDENTIALS_FILE is '~/c', which Go, Terraform, Go 1, .NET and Ruby take as it is written",
      "export AWS_SHARED_CREDENTIALS_FILE=/h/c",
    ]],
  ],
  [
    "keys beside a profile's name",
    { AWS_PROFILE: "work", AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "s" },
    "work",
    [[
      "AWS_PROFILE is set beside AWS_ACCESS_KEY_ID: JavaScript uses profile 'work', and all other tools the key",
      "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN",
    ]],
  ],
  ["half a key beside a name is none", { AWS_PROFILE: "work", AWS_ACCESS_KEY_ID: "AKIA" }, "work", []],
  [
    "an empty path",
    { AWS_SHARED_CREDENTIALS_FILE: "" },
    "work",
    [[
      "AWS_SHARED_CREDENTIALS_FILE is set and empty: the AWS CLI, Java, Rust, the AWS CRT and Ruby read no such file, " +
      "where others take the usual one",
      "unset AWS_SHARED_CREDENTIALS_FILE",
    ]],
  ],
  ["a path that all readers take alike", { HOME: "/h", AWS_CONFIG_FILE: "/a/$X" }, "work", []],
  ["an empty name of one is none", { AWS_WEB_IDENTITY_TOKEN_FILE: "", AWS_ROLE_ARN: "x" }, "work", []],
];
for (const [what, env, profile, says] of CASES) {
  Deno.test(`who is somebody else by variables: ${what}`, () => {
    const found = otherIdentities({ env: (name) => env[name], windows: false }, profile);
    assert.deepEqual(found.map(([say, fix]) => [say, typeof fix === "string" ? fix : fix("posix")]), says);
  });
}
