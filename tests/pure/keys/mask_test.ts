import assert from "node:assert/strict";
import fc from "fast-check";
import { parseIni } from "../../../src/domain/aws_files/ini.ts";
import { maskSecrets } from "../../../src/domain/keys/mask.ts";
import { placeSession } from "../../../src/domain/changes/session_in_file.ts";
import { randomFile, session } from "../../support/generators.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const TOKEN = `IQoJb3JpZ2luX2VjE${"a/b+C9".repeat(60)}==`;
const SEED = "JBSWY3DPEHPK3PXP";

const MASKED: [what: string, lines: string, shown: string][] = [
  [
    "a secret, and not its key id",
    `aws_access_key_id = AKIA1\naws_secret_access_key = ${SECRET}`,
    [
      "aws_access_key_id = AKIA1",
      "aws_secret_access_key = ****",
    ].join("\n"),
  ],
  ["a short secret", "aws_secret_access_key = x", "aws_secret_access_key = ****"],
  [
    "a token by both of its names",
    `aws_session_token=${TOKEN}\naws_security_token\t=\t${TOKEN}`,
    [
      "aws_session_token=****",
      "aws_security_token\t=\t****",
    ].join("\n"),
  ],
  ["keys in capitals", `AWS_SECRET_ACCESS_KEY=${SECRET}`, "AWS_SECRET_ACCESS_KEY=****"],
  [
    "keys of other tools",
    `client_secret = a b\nsaml_password = c`,
    "client_secret = ****\nsaml_password = ****",
  ],
  ["an indented key", `  aws_secret_access_key = ${SECRET}  `, "  aws_secret_access_key = ****  "],
  [
    "what goes on in other lines",
    `aws_session_token = ${TOKEN}\n    ${TOKEN}\n\n\t${TOKEN}\nregion = x`,
    [
      "aws_session_token = ****",
      "    ****",
      "",
      "\t****",
      "region = x",
    ].join("\n"),
  ],
  [
    "a value that begins in the second line",
    `aws_session_token =\n  a = ${TOKEN}\nregion = x`,
    [
      "aws_session_token =",
      "  ****",
      "region = x",
    ].join("\n"),
  ],
  [
    "a secret behind the comment sign",
    `aws_secret_access_key = ${SECRET} # was ${SECRET}x`,
    [
      "aws_secret_access_key = **** # ****",
    ].join("\n"),
  ],
  [
    "a secret below another key",
    `s3 =\n  client_secret = ${SEED}\n  max_queue_size = 1`,
    [
      "s3 =",
      "  ****",
      "  max_queue_size = 1",
    ].join("\n"),
  ],
  [
    "a key with signs that no tool reads",
    `export AWS_SECRET_ACCESS_KEY=${SECRET}`,
    [
      "export AWS_SECRET_ACCESS_KEY=****",
    ].join("\n"),
  ],
  ["an empty one, which stays empty", "aws_session_token =\nregion = x", "aws_session_token =\nregion = x"],
  [
    "a session's end, which is no secret",
    "x_security_token_expires = 2026-11-20T21:00:00Z",
    [
      "x_security_token_expires = 2026-11-20T21:00:00Z",
    ].join("\n"),
  ],
];
for (const [what, lines, shown] of MASKED) {
  Deno.test(`masked in a profile: ${what}`, () => {
    assert.equal(mask(`[default]\n${lines}\n`), `[default]\n${shown}\n`);
  });
}

const UNKNOWN = ["totp_seed", "mfa_seed", "api_key", "private_key_passphrase", "note", "auth", "awsmfa_note"];
for (const key of UNKNOWN) {
  Deno.test(`what ${key} says is not shown: only keys that are known to be no secret are`, () => {
    assert.equal(
      mask(`[a]\n${key} = ${SEED}\n  ${SEED}=\n# ${SEED}\nregion = x\n`),
      `[a]\n${key} = ****\n  ****\n# ****\nregion = x\n`,
    );
  });
}

Deno.test("an address with a password in it is not shown", () => {
  assert.equal(mask("[a]\nendpoint_url = https://u:p@h/\n"), "[a]\nendpoint_url = ****\n");
});

Deno.test("a secret that stands where a key should is not shown", () => {
  assert.equal(mask(`[a]\n${SECRET.replaceAll("/", "x")}=\nregion = x\n`), "[a]\n****\nregion = x\n");
});

const MISTYPED = [
  "aws_secret_acess_key",
  "aws_secret_key",
  "aws_secretaccesskey",
  "aws_secret_access_key_old",
  "aws secret access key",
  "secret",
  "aws_sesion_token",
  "token",
  "aws_secert_access_key",
  "aws_sercet_access_key",
];
for (const key of MISTYPED) {
  Deno.test(`a secret is masked whose key is mistyped: ${key}`, () => {
    assert.equal(mask(`[a]\n${key} = ${SECRET}\nregion = x\n`), `[a]\n${key} = ****\nregion = x\n`);
  });
}

Deno.test("a secret in the place of the key id is masked", () => {
  assert.equal(mask(`[a]\naws_access_key_id = ${SECRET}\n`), "[a]\naws_access_key_id = ****\n");
});

Deno.test("a token behind a colon is masked, which no tool reads", () => {
  assert.ok(!mask(`[a]\naws_session_token: ${TOKEN}\n`).includes(TOKEN.slice(0, 30)));
});

const COMMENTS: [comment: string, shown: string][] = [
  [`# aws_secret_access_key = ${SECRET}`, "# aws_secret_access_key = ****"],
  ["#aws_secret_access_key=short", "#aws_secret_access_key=****"],
  [`; aws_session_token = ${TOKEN}`, "; aws_session_token = ****"],
  [`# until May: ${SECRET}, then the other`, "# ****"],
  [`# ${SECRET} ${TOKEN}`, "# ****"],
  [`region = x # ${SECRET}`, "region = x # ****"],
  [`region = x ;${SECRET}`, "region = x ;****"],
  ["# mine since 2024, of team-a@example.com", "# ****"],
  ["# the seed is jbsw y3dp", "# ****"],
  ["# totp_seed: jbswy3dp", "# totp_seed: ****"],
  ["# region = eu-west-1", "# region = eu-west-1"],
  [`# ${TOKEN}`, "# ****"],
];
for (const [comment, shown] of COMMENTS) {
  Deno.test(`an old secret in a comment is masked: ${shown}`, () => {
    assert.equal(
      mask(`${comment.replace(/^region.*/, "")}\n[a]\n${comment}\n`),
      [
        shown.replace(/^region.*/, ""),
        "[a]",
        shown,
        "",
      ].join("\n"),
    );
  });
}

Deno.test("an old secret behind a header is masked", () => {
  assert.equal(mask(`[a] # ${SECRET}\n`), "[a] # ****\n");
});

const COMMANDS: [command: string, shown: string][] = [
  ["oathtool", "oathtool"],
  [`oathtool --totp -b ${SEED}`, "oathtool ****"],
  [`/opt/bin/oathtool\t-b\t${SEED}`, "/opt/bin/oathtool ****"],
  [`SEED=${SEED} oathtool -b`, "oathtool ****"],
  [`sh -c 'oathtool -b ${SEED}'`, "sh ****"],
  [`oathtool --totp\n    -b ${SEED}\n    # note\n    -w 0`, "oathtool ****\n    ****\n    ****\n    ****"],
  ["awsmfa credential-process -p work", "awsmfa credential-process -p work"],
];
for (const [command, shown] of COMMANDS) {
  Deno.test(`of a command only the program is shown, and awsmfa's own whole: ${shown}`, () => {
    for (const key of ["mfa_process", "credential_process"]) {
      const text = `[profile a]\n${key} = ${command}\nregion = x\n`;
      assert.equal(mask(text, "config"), `[profile a]\n${key} = ${shown}\nregion = x\n`);
    }
  });
}

Deno.test("the seed in a code command that awsmfa is given is masked", () => {
  const command = `awsmfa credential-process -p a --code-command "oathtool -b ${SEED}"`;
  assert.doesNotMatch(mask(`[profile a]\ncredential_process = ${command}\n`, "config"), new RegExp(SEED));
});

Deno.test("all that is no secret is shown as it stands, byte order mark and odd bytes too", () => {
  const text = "\ufeff# region=caf\udce9\r\n[default]\r\nregion = eu-west-1\r\nmfa_serial = " +
    "arn:aws:iam::111122223333:mfa/alice\r\n\r\n[team a]\nrole_arn = arn:aws:iam::111122223333:role/path/" +
    "a-role-with-a-rather-long-name\nsso_start_url = https://d-1234567890.awsapps.com/start#/\ns3 =\n  max_queue_size = 1";
  assert.equal(mask(text), text);
});

Deno.test("Windows line ends stay, also behind what is masked", () => {
  const text = `[a]\r\naws_secret_access_key = ${SECRET}\r\naws_session_token = x\r\n  y\r\nregion = x\r\n`;
  assert.equal(
    mask(text),
    "[a]\r\naws_secret_access_key = ****\r\naws_session_token = ****\r\n  ****\r\nregion = x\r\n",
  );
});

Deno.test("a line that can't be read is not shown", () => {
  assert.equal(mask(`${SECRET}\n[a]\n${SECRET}\n[${SECRET}\n${SECRET}\n`), "****\n[a]\n****\n****\n****\n");
});

Deno.test("property: no secret of a random file is shown, and there are as many lines as before", () => {
  for (const file of ["config", "credentials"] as const) {
    fc.assert(fc.property(randomFile(file), ({ text, profiles }) => {
      const masked = mask(text, file);
      assert.deepEqual(lineEnds(masked), lineEnds(text));
      for (const { keys } of profiles) {
        if (keys === undefined) continue;
        assert.ok(!masked.includes(keys.secretAccessKey), "the secret is shown");
        assert.ok(masked.includes(keys.accessKeyId), "the key id is shown");
      }
    }));
  }
});

Deno.test("property: nor is one of the session that a login puts into it, and of the backup", () => {
  fc.assert(fc.property(randomFile("credentials"), session, ({ text, profiles }, given) => {
    const [target] = profiles;
    if (target === undefined) return;
    const ini = parseIni(text, "credentials", "FILE");
    const after = placeSession(ini, parseIni("", "credentials", "BACKUP"), {
      profile: target.name,
      session: given,
      binding: "b",
    });
    for (const file of [after.credentials, after.backup]) {
      const masked = mask(file);
      for (const secret of [given.secretAccessKey, given.sessionToken, target.keys?.secretAccessKey]) {
        assert.ok(secret === undefined || !masked.includes(secret));
      }
    }
  }));
});

function mask(text: string, file: "config" | "credentials" = "credentials"): string {
  return maskSecrets(text, file, `/h/.aws/${file}`);
}

function lineEnds(text: string): number {
  return text.split("\n").length;
}
