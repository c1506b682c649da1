import assert from "node:assert/strict";
import { BACKUP, CONFIG, CREDENTIALS } from "../../support/fake_world.ts";
import { play } from "../play.ts";

const ID = "AKIAIOSFODNN7EXAMPLE";
const SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY22";

/** What stands where the access key ID belongs. */
const ODD: [what: string, id: string, secret: string][] = [
  ["id and secret are swapped", SECRET, ID],
  ["the secret stands behind the id", `${ID} ${SECRET}`, "left0over0"],
  ["the secret stands right behind the id", `${ID}${SECRET}`, "left0over0"],
  ["the secret is continued in the next line", `${ID}\n  ${SECRET}`, "left0over0"],
  ["a part of the secret stands there", SECRET.slice(0, 18), "left0over0"],
  ["both are the secret", SECRET, SECRET],
];

/** Pasted from a chat, a PDF, a terminal: what no secret has is named, with its line. */
const NAMED: [id: string, character: string][] = [
  [`\u201c${ID}\u201d`, "\u201c (U+201C)"],
  [`${ID.slice(0, 9)}\u200b${ID.slice(9)}`, "U+200B"],
  [`${ID}\u0007`, "U+0007"],
  [`\u202e${ID}`, "U+202E"],
  [`${ID.slice(0, 4)}\u00a0${ID.slice(4)}`, "U+00A0"],
  [`"${ID}"`, '" (U+0022)'],
  [`${ID.slice(0, 4)}\u0410${ID.slice(5)}`, "\u0410 (U+0410)"],
  [`${ID}\u{1f511}`, "\u{1f511} (U+1F511)"],
  [`${ID}\udce9`, "U+DCE9"],
];

const COMMANDS: string[][] = [
  ["123456"],
  ["--dry-run"],
  ["devices"],
  ["devices", "--json"],
  ["env", "-s", "sh", "123456"],
  ["exec", "123456", "--", "left0over0"],
  ["credential-process"],
  ["doctor"],
  ["doctor", "--json"],
  ["status"],
  ["status", "-p", "default"],
  ["status", "--json"],
  ["logout"],
  ["restore"],
  ["link", "tool"],
  ["setup", "--region", "us-east-1"],
];

for (const [what, id, secret] of ODD) {
  Deno.test(`where ${what}, no command shows it, sends it or makes a file's name of it`, async () => {
    const text = `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
    for (const args of COMMANDS) {
      const played = await play(args, {
        files: { [CREDENTIALS]: text },
        // The first is what setup asks for.
        ...(args[0] === "setup" ? { answers: [] } : {}),
      });
      const { code, stdout, stderr, requests, identityCalls, files, questions } = played;
      const shown = `${stdout}${stderr}${questions.join("")}${Object.keys(files).join("")}`;
      assert.ok(!shown.includes(SECRET.slice(0, 18)), `${args.join(" ")}: ${shown}`);
      assert.doesNotMatch(stderr, /unexpected/, args.join(" "));
      assert.equal(files[CREDENTIALS], text);
      assert.equal(requests.length + identityCalls.length, 0, args.join(" "));
      if (/^(123456|devices|env|exec|credential-process)$/.test(args[0] ?? "")) {
        assert.equal(code, 4, args.join(" "));
        assert.match(
          stderr,
          /^awsmfa: (?:the access key ID of profile 'default' isn't one\nhint: swapped with |aws_access_key_id of profile 'default' goes on below line 2 of )/,
        );
      }
      if (args[0] === "doctor") {
        assert.match(stdout, /the access key ID of profile 'default' isn't one|goes on below line 2/);
      }
    }
  });
}

for (const [id, character] of NAMED) {
  Deno.test(`${character} in a key ID is named with its line`, async () => {
    const text = `# mine\n[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${SECRET}\n`;
    const says =
      `the access key ID of profile 'default' isn't one: ${character} is in it, in line 3 of ${CREDENTIALS}`;
    for (const args of COMMANDS) {
      const { code, stdout, stderr, files, requests } = await play(args, {
        files: { [CREDENTIALS]: text },
        answers: [],
      });
      assert.doesNotMatch(stderr, /unexpected/, args.join(" "));
      assert.deepEqual([files, requests], [{ [CREDENTIALS]: text }, []]);
      if (/^(123456|devices|env|exec|credential-process)$/.test(args[0] ?? "")) {
        assert.match(stderr, /^hint: take the character out: awsmfa edit credentials\n/m);
        assert.equal(stderr.split("\n")[0], `awsmfa: ${says}`, args.join(" "));
        assert.equal(code, 4);
      }
      if (args[0] === "doctor") {
        assert.ok(stdout.includes(says.replaceAll('"', args[1] ? '\\"' : '"')), stdout);
      }
      if (args.join(" ") === "status -p default") assert.ok(stderr.includes(says), stderr);
    }
  });
}

Deno.test("so is one in the token of a session that a role would be assumed with", async () => {
  const keys = `aws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${SECRET}\n`;
  const config = "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = s\n";
  for (const key of ["aws_session_token", "aws_security_token"]) {
    const files = { [CREDENTIALS]: `[s]\n${keys}${key} = t/o.k-e\u200bn==\n`, [CONFIG]: config };
    for (const args of [["-p", "r"], ["exec", "-p", "r", "--", "true"], ["doctor", "-p", "r"]]) {
      const { stdout, stderr, roleRequests } = await play(args, { files });
      const says =
        /the session token of profile 's' isn't one: U\+200B is in it, in line 4 of \S+credentials/;
      assert.match(args[0] === "doctor" ? stdout : stderr, says);
      assert.deepEqual(roleRequests, []);
    }
  }
});

Deno.test("so it is in the backup, which a restore gives back as it is, and in the config file", async () => {
  const section = `[default]\naws_access_key_id = ${ID}\u200b\naws_secret_access_key = ${SECRET}\n`;
  const inBackup = { [CREDENTIALS]: "", [BACKUP]: `# awsmfa: backup, form 1\n${section}` };
  assert.match(
    (await play(["123456"], { files: inBackup })).stderr,
    /U\+200B is in it, in line 3 of \S+backup_by_awsmfa\n/,
  );
  assert.equal((await play(["--restore"], { files: inBackup })).files[CREDENTIALS], section);
  const { stderr } = await play(["123456"], { files: { [CONFIG]: section } });
  assert.match(
    stderr,
    /U\+200B is in it, in line 2 of \S+config\nhint: take the character out: awsmfa edit config\n/,
  );
});

Deno.test("in the environment, too", async () => {
  const env = { AWS_ACCESS_KEY_ID: SECRET, AWS_SECRET_ACCESS_KEY: ID };
  const { stderr, code, requests } = await play(["env", "-s", "sh", "123456"], { env });
  assert.match(stderr, /^awsmfa: AWS_ACCESS_KEY_ID holds no access key ID\nhint: are the ID and the secret/);
  assert.deepEqual([code, requests], [4, []]);
  const odd = await play(["env", "-s", "sh", "123456"], {
    env: { AWS_ACCESS_KEY_ID: `${ID}\u200b`, AWS_SECRET_ACCESS_KEY: SECRET },
  });
  assert.match(odd.stderr, /^awsmfa: AWS_ACCESS_KEY_ID holds no access key ID: U\+200B is in it\n/);
});

Deno.test("another maker's short words are taken as they are", async () => {
  for (const id of ["test", "minioadmin", "000000000000", ID, "LKIAQAAAAAAAAAAAAAAA"]) {
    const text = `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${SECRET}\n`;
    const { code, stderr } = await play(["123456"], { files: { [CREDENTIALS]: text } });
    assert.equal(code, 0, stderr);
  }
});

const HALF = `[default]\naws_access_key_id = ${ID}\n`;
const LAYOUTS: [what: string, credentials: string, config: string | undefined, says: string, hint: string][] =
  [
    [
      "a secret in quotes",
      `${HALF}aws_secret_access_key = "${SECRET}"\n`,
      undefined,
      `aws_secret_access_key of profile 'default' is in quotes in line 3 of ${CREDENTIALS}, and most tools take them as a part of it`,
      "take the quotes off: awsmfa edit credentials",
    ],
    [
      "a secret that goes on",
      `${HALF}aws_secret_access_key = ${SECRET}\n  more\n`,
      undefined,
      `aws_secret_access_key of profile 'default' goes on below line 3 of ${CREDENTIALS}: what is indented there is a part of it`,
      "awsmfa edit credentials",
    ],
    [
      "the secret in the other file",
      HALF,
      `[default]\naws_secret_access_key = ${SECRET}\n`,
      `profile 'default' has aws_access_key_id in ${CREDENTIALS}, and aws_secret_access_key in ${CONFIG}, where the AWS CLI and others don't look for it`,
      "put both into [default] of the credentials file: awsmfa edit credentials",
    ],
    [
      "the id in the other file",
      `[default]\naws_secret_access_key = ${SECRET}\n`,
      HALF,
      `profile 'default' has aws_secret_access_key in ${CREDENTIALS}, and aws_access_key_id in ${CONFIG}, where the AWS CLI and others don't look for it`,
      "put both into [default] of the credentials file: awsmfa edit credentials",
    ],
  ];
for (const [what, credentials, config, says, hint] of LAYOUTS) {
  Deno.test(`a login spends no code on ${what}`, async () => {
    const files = { [CREDENTIALS]: credentials, ...(config === undefined ? {} : { [CONFIG]: config }) };
    const played = await play(["123456"], { files });
    assert.equal(played.stderr, `awsmfa: ${says}\nhint: ${hint}\n`);
    assert.deepEqual([played.code, played.requests, played.files], [4, [], files]);
  });
}
