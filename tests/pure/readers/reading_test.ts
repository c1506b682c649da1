import assert from "node:assert/strict";
import { READERS } from "../../../src/domain/readers/reader_table.ts";
import { readBoth, type Reading, readingOf, wholeReading } from "../../../src/domain/readers/reading.ts";
import { shellWords } from "../../../src/domain/shell/shell_words.ts";
import { SURROUNDINGS } from "../../../src/domain/readers/surroundings.ts";
import { rowOf } from "../../support/readers/agreement.ts";
import { keys, session } from "../../support/readers/layout.ts";

function reading(row: string, credentials: string | undefined, config?: string, profile = "work"): Reading {
  return readingOf(readBoth(rowOf(row), { credentials, config }), profile);
}

Deno.test("keys come with the places of their id and their token", () => {
  assert.deepEqual(
    reading("go", `[work]\n${keys(1)}`, `[profile work]\nregion = x\naws_session_token = t\n`),
    {
      kind: "keys",
      accessKeyId: "AKIA1",
      secretAccessKey: "s1/+x",
      sessionToken: "t",
      id: { file: "credentials", line: 2 },
      token: { file: "config", line: 3 },
    },
  );
});

Deno.test("what comes before the keys is told with its key and its place", () => {
  const config = "[profile work]\nregion = x\ncredential_process = /bin/x\n";
  assert.deepEqual(reading("java", `[work]\n${session(1)}`, config), {
    kind: "other",
    key: "credential_process",
    file: "config",
    line: 3,
  });
  assert.equal(reading("go", `[work]\n${session(1)}`, config).kind, "keys");
});

Deno.test("who refuses a file says at which line, and whether the other one is read all the same", () => {
  const credentials = `[work]\n${session(1)}[other] # text\n`;
  assert.deepEqual(reading("net", credentials), {
    kind: "refused",
    reason: "text stands behind the header",
    silent: false,
    file: "credentials",
    line: 5,
  });
  assert.equal(reading("js", credentials).kind, "keys");
  const broken = `[work]\n${keys(1)}x\n`;
  const read = reading("crt", broken, `[profile work]\n${session(2)}`);
  assert.equal(read.kind === "keys" && read.accessKeyId, "ASIA2");
  const refused = reading("crt", broken);
  assert.equal(refused.kind === "refused" && refused.silent, true);
});

Deno.test("a profile that nobody has, one without keys and a value that is not understood are told apart", () => {
  assert.deepEqual(reading("net", "[other]\n"), { kind: "none", reason: "there is no such profile" });
  assert.deepEqual(reading("net", "[work]\nregion = x\n"), {
    kind: "none",
    reason: "the profile has no keys",
  });
  assert.deepEqual(reading("net", `[work]\n${session(1)}use_fips_endpoint = yes\n`), {
    kind: "none",
    reason: "the value of use_fips_endpoint is not understood",
    file: "credentials",
    line: 5,
  });
});

Deno.test("the whole reading has every section of both files, also those of no profile", () => {
  const both = readBoth(rowOf("rust"), {
    credentials: `[work]\n${keys(1)}`,
    config: "[profile work]\nregion = x\n[sso-session s]\nsso_region = y\n",
  });
  const plain = Object.fromEntries(
    [...wholeReading(both)].map(([name, values]) => [name, Object.fromEntries(values)]),
  );
  assert.deepEqual(plain, {
    work: { region: "x", aws_access_key_id: "AKIA1", aws_secret_access_key: "s1/+x" },
    "[sso-session s]": { sso_region: "y" },
  });
});

Deno.test("Java 1 reads the config file only where there is no credentials file, be it empty", () => {
  const config = `[profile work]\n${session(1)}`;
  assert.equal(reading("java1", undefined, config).kind, "keys");
  assert.equal(reading("java1", "", config).kind, "none");
});

Deno.test("minio-go gives a.b the token of a, and a the keys of a.b", () => {
  const text = `[a]\n${session(1)}[a.b]\n${keys(2)}`;
  const child = reading("minio", text, undefined, "a.b");
  assert.deepEqual(child.kind === "keys" && [child.accessKeyId, child.sessionToken], ["AKIA2", "t1//=="]);
  const parent = reading("minio", text, undefined, "a");
  assert.equal(parent.kind === "keys" && parent.accessKeyId, "AKIA2");
});

Deno.test("words are split as a shell does it", () => {
  assert.deepEqual(shellWords(`profile 'a b'"c\\"d"\\ e`), ["profile", `a bc"d e`]);
  assert.deepEqual(shellWords(`a "" b`), ["a", "", "b"]);
  assert.equal(shellWords(`a 'b`), undefined);
});

Deno.test("each row has what stands around the files, and the usual ones come before the others", () => {
  assert.deepEqual(Object.keys(SURROUNDINGS).toSorted(), READERS.map(({ id }) => id).toSorted());
  const usual = READERS.map((reader) => reader.usual);
  assert.deepEqual(usual, usual.toSorted((a, b) => Number(b) - Number(a)));
});

Deno.test("for JavaScript an empty [profile default] is none, before and behind [default]", () => {
  for (
    const config of [
      `[profile default]\nregion : x\n[default]\n${keys(2)}`,
      `[default]\n${keys(2)}[profile default]\n`,
    ]
  ) {
    const read = reading("js", undefined, config, "default");
    assert.equal(read.kind === "keys" && read.accessKeyId, "AKIA2", config);
  }
  const both = reading("js", undefined, `[profile default]\n${keys(1)}[default]\n${keys(2)}`, "default");
  assert.equal(both.kind === "keys" && both.accessKeyId, "AKIA1");
});

Deno.test("the AWS CLI trims a value of [DEFAULT] that blank lines follow", () => {
  const [id = "", secret = ""] = keys(2).split("\n");
  const read = reading("cli", `[work]\n${id}\n[DEFAULT]\n${secret}\n  `);
  assert.equal(read.kind === "keys" && read.secretAccessKey, "s2/+x");
});

/** What mutations of the corpus showed: the row, both files, and the id with the token, or the kind of the reading. */
const SHOWN: [row: string, credentials: string | undefined, config: string | undefined, is: string][] = [
  ["java", "[work]\naws_access_key_id = A\naws_secret_access_key =\n", undefined, "none"],
  ["java", "[work]\naws_access_key_id = A\naws_secret_access_key =\naws_session_token =\n", undefined, "A"],
  ["java", undefined, `[profile \fwork]\n${keys(1)}`, "AKIA1"],
  ["ruby", `[work] # x]\r\n${keys(1)}`, undefined, "AKIA1"],
  ["ruby", `[work]\n${keys(1)}role_arn =\r\n`, undefined, "other"],
  ["ruby", `[work]\n${keys(1)}role_arn =\n`, undefined, "AKIA1"],
  ["ruby", `[work]\n${keys(1)}role_arn =\n  a = b\n`, undefined, "other"],
  ["ruby", `[work]\n${keys(1)}aws_session_token = t\naws_session_token =\n  a = b\n`, undefined, "refused"],
  ["ruby", undefined, `[profile\u00a0work]\n${keys(1)}`, "none"],
  ["reqsign", `[work]\\\n${keys(1)}`, undefined, "AKIA1"],
  ["reqsign", `[work]\n${keys(1)}aws_session_token\n = t\n`, undefined, "AKIA1 t"],
  ["reqsign", `[work]\n; a\rb\n${keys(1)}`, undefined, "AKIA1"],
  ["reqsign", `[work]\n${keys(1)}# a\n  ; b\nc = d\n`, undefined, "refused"],
  ["reqsign", `[work]\n${keys(1)}  ; b\nc = d\n`, undefined, "AKIA1"],
  ["reqsign", `[work]\n${keys(1)}aws_session_token = t\\\n u`, undefined, "AKIA1 t u"],
  ["minio", `[work.x]\n${keys(2)}[work]\n${keys(1)}`, "[profile work]\n", "AKIA1"],
  ["net", `[work]\n${keys(1)}s3 =\n# a\n  aws_session_token = t\n`, undefined, "AKIA1 t"],
  ["net", `[work]\n${keys(1)}s3 =\n  # a\n  aws_session_token = t\n`, undefined, "AKIA1"],
  ["net", `[work]\n${keys(1)}s3 =\n  a = b\ns3 =\n  a = b\n`, undefined, "none"],
  ["net", `[profile work]\n${keys(1)}s3 =\n  a = b\ns3 =\n  a = b\n`, undefined, "AKIA1"],
  ["net", `[profile work]\n${keys(1)}s3 =\ns3 =\n  a = b\n`, undefined, "none"],
  ["net", `[work]\n${keys(1)}region = x\nregion = x\n[profile work]\n${keys(2)}`, undefined, "AKIA2"],
  ["go1", `[work]\n${keys(1)}note = ,x\n`, undefined, "refused"],
];
for (const [row, credentials, config, is] of SHOWN) {
  Deno.test(`${row} reads ${JSON.stringify(credentials ?? config)} as it was seen to do`, () => {
    const read = reading(row, credentials, config);
    const told = read.kind === "keys" ? [read.accessKeyId, read.sessionToken].join(" ").trim() : read.kind;
    assert.equal(told, is);
    assert.ok(read.kind !== "refused" || !read.silent);
  });
}
