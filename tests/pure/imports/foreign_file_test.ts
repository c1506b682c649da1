import assert from "node:assert/strict";
import { sayForeignFile } from "../../../src/domain/imports/foreign_file.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const SESSION = `{"AccessKeyId": "ASIA1", "SecretAccessKey": "${SECRET}", "SessionToken": "t"}`;

const FILES: [what: string, text: string, says: RegExp][] = [
  ["aws sts get-session-token", `{"Credentials": ${SESSION}}`, /answer of AWS with a session/],
  [
    "aws sso get-role-credentials",
    `{"roleCredentials": {"accessKeyId": "ASIA1"}}`,
    /answer of AWS with a session/,
  ],
  [
    "aws iam create-access-key",
    `{"AccessKey": {"AccessKeyId": "AKIA1", "SecretAccessKey": "${SECRET}"}}`,
    /create-access-key/,
  ],
  [
    "a credential process",
    `{"Version": 1, "AccessKeyId": "ASIA1", "SecretAccessKey": "${SECRET}"}`,
    /credential_process/,
  ],
  [
    "a token of aws sso login",
    `{"startUrl": "https://x", "accessToken": "t", "expiresAt": "2026"}`,
    /Identity Center/,
  ],
  ["a client of aws sso login", `{"clientId": "x", "clientSecret": "${SECRET}"}`, /Identity Center/],
  ["export lines", `# x\nexport AWS_SECRET_ACCESS_KEY=${SECRET}\n`, /variables for a shell/],
  ["a .env file", `A=1\nAWS_ACCESS_KEY_ID=AKIA1\n`, /variables for a shell/],
  ["fish", `set -gx AWS_ACCESS_KEY_ID AKIA1\n`, /variables for a shell/],
  ["PowerShell", `$env:AWS_ACCESS_KEY_ID = 'AKIA1'\n`, /variables for a shell/],
  ["cmd", `set "AWS_ACCESS_KEY_ID=AKIA1"\n`, /variables for a shell/],
  ["rootkey.csv", `AWSAccessKeyId=AKIA1\nAWSSecretKey=${SECRET}\n`, /root user/],
  ["saml2aws", "[default]\nurl = https://x\nusername = a\nprovider = Okta\n", /saml2aws/],
  ["aws-sso", "SSOConfig:\n  Default:\n", /aws-sso/],
  ["PEM", "-----BEGIN RSA PRIVATE KEY-----\n", /PEM/],
  ["a program", "\x7fELF\0\0", /no text/],
];
for (const [what, text, says] of FILES) {
  Deno.test(`what lies about in a home is named: ${what}`, () => {
    const { what: is = "", fix = "" } = sayForeignFile(text) ?? {};
    assert.match(is, says);
    assert.ok(!`${is}${fix}`.includes(SECRET) && fix !== "");
  });
}

Deno.test("the configuration of a tool, and a text of nobody, has no name there", () => {
  for (
    const text of [
      "aws_secret_access_key: x\n",
      "accounts:\n  a: 1\n",
      "",
      "[default]\nregion = x\n",
      "[]",
      "null",
      "hello",
    ]
  ) {
    assert.equal(sayForeignFile(text), undefined, text);
  }
});
