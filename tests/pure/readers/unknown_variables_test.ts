import assert from "node:assert/strict";
import { unknownVariables } from "../../../src/domain/readers/unknown_variables.ts";

const USUAL = "/h/.aws/credentials";
const DEFAULT_PROFILE: [string, string] = [
  "JavaScript, .NET, Java, Java 1, Rust and the AWS CRT don't know AWS_DEFAULT_PROFILE, and use profile 'default' and " +
  "not 'work'",
  "export AWS_PROFILE=work",
];

const CASES: [what: string, env: Record<string, string>, file: string, says: [string, string][]][] = [
  ["none is set", {}, USUAL, []],
  ["the older name alone", { AWS_DEFAULT_PROFILE: "work" }, USUAL, [DEFAULT_PROFILE]],
  ["and an empty one", { AWS_DEFAULT_PROFILE: "work", AWS_PROFILE: "" }, USUAL, [DEFAULT_PROFILE]],
  ["both names", { AWS_DEFAULT_PROFILE: "work", AWS_PROFILE: "work" }, USUAL, []],
  ["another profile than this one", { AWS_DEFAULT_PROFILE: "other" }, USUAL, []],
  [
    "another file",
    { AWS_SHARED_CREDENTIALS_FILE: "/k/keys" },
    "/k/keys",
    [[
      "Java 1 reads /h/.aws/credentials and not /k/keys, since it knows AWS_CREDENTIAL_PROFILES_FILE alone",
      "export AWS_CREDENTIAL_PROFILES_FILE=/k/keys",
    ]],
  ],
  ["another file, that Java 1 is told of, too", { AWS_CREDENTIAL_PROFILES_FILE: "/k/keys" }, "/k/keys", []],
  [
    "another file for Java 1 alone",
    { AWS_CREDENTIAL_PROFILES_FILE: "/k/keys" },
    USUAL,
    [[
      `Java 1 reads /k/keys and not ${USUAL}, since it knows AWS_CREDENTIAL_PROFILES_FILE alone`,
      `export AWS_CREDENTIAL_PROFILES_FILE=${USUAL}`,
    ]],
  ],
];
for (const [what, env, file, says] of CASES) {
  Deno.test(`which variables not all readers know: ${what}`, () => {
    const machine = { env: (name: string) => ({ HOME: "/h", ...env })[name], windows: false };
    const found = unknownVariables(machine, "work", file);
    assert.deepEqual(found.map(([say, fix]) => [say, typeof fix === "string" ? fix : fix("posix")]), says);
  });
}

Deno.test("without a home nothing is said of the file that lies there", () => {
  assert.deepEqual(unknownVariables({ env: () => undefined, windows: false }, "work", "/k/keys"), []);
});

Deno.test("on Windows the usual file is that of the user's profile folder", () => {
  const env = (name: string): string | undefined => name === "USERPROFILE" ? "C:\\u" : undefined;
  const usual = "C:\\u\\.aws\\credentials";
  assert.deepEqual(unknownVariables({ env, windows: true }, "work", usual), []);
});
