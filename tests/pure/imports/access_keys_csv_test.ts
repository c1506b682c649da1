import assert from "node:assert/strict";
import { readAccessKeysCsv, userOfFile } from "../../../src/domain/imports/access_keys_csv.ts";
import { UsageError } from "../../../src/errors.ts";

const ID = "AKIAIOSFODNN7EXAMPLE";
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const KEYS = { accessKeyId: ID, secretAccessKey: SECRET };

const FORMS: [what: string, text: string, userName: string | undefined][] = [
  ["of a key that was made for a user", `Access key ID,Secret access key\r\n${ID},${SECRET}`, undefined],
  ["with a byte order mark", `\ufeffAccess key ID,Secret access key\n${ID},${SECRET}\n`, undefined],
  [
    "of a new user",
    `User name,Password,Access key ID,Secret access key,Console login link\nalice,"a,""b",${ID},${SECRET},https://x\n`,
    "alice",
  ],
  [
    "as the AWS CLI wants it",
    `User Name, Access key ID, Secret access key\n"alice","${ID}","${SECRET}"\n`,
    "alice",
  ],
  [
    "without a password",
    `User name,Password,Access key ID,Secret access key\nalice,,${ID},${SECRET}\n`,
    "alice",
  ],
];
for (const [what, text, userName] of FORMS) {
  Deno.test(`a CSV file of IAM's console: ${what}`, () => {
    assert.deepEqual(readAccessKeysCsv(text), [{ userName, keys: KEYS }]);
  });
}

Deno.test("several users' keys stand in one file", () => {
  const text =
    `User name,Access key ID,Secret access key\na,${ID},${SECRET}\n\nb,AKIAIOSFODNN8EXAMPLE,${SECRET}\n`;
  assert.deepEqual(readAccessKeysCsv(text)?.map(({ userName, keys }) => [userName, keys.accessKeyId]), [
    ["a", ID],
    ["b", "AKIAIOSFODNN8EXAMPLE"],
  ]);
});

Deno.test("what is no such file is none", () => {
  for (const text of ["", "a: b\n", "[default]\n", "Access key ID\nx\n", "name,Secret access key\nx,y\n"]) {
    assert.equal(readAccessKeysCsv(text), undefined, text);
  }
});

Deno.test("a key that can't be one, and none at all, is refused and not repeated", () => {
  const header = "Access key ID,Secret access key\n";
  for (
    const row of [
      "",
      `${SECRET},${ID}\n`,
      `${ID}\n`,
      `${ID},${SECRET}x\n`,
      `ASIAIOSFODNN7EXAMPLE,${SECRET}\n`,
    ]
  ) {
    assert.throws(() => readAccessKeysCsv(header + row), (error) => {
      assert.ok(error instanceof UsageError);
      assert.ok(!`${error.message}${error.hint}`.includes(SECRET));
      return true;
    });
  }
});

Deno.test("the file's name tells whose key it is", () => {
  const names: [path: string, user: string | undefined][] = [
    ["/home/a/Downloads/alice_accessKeys.csv", "alice"],
    ["C:\\Users\\a\\bob.b_accessKeys (1).csv", "bob.b"],
    ["a_b_accessKeys.csv", "a_b"],
    ["carol_credentials.csv", "carol"],
    ["credentials.csv", undefined],
    ["rootkey.csv", undefined],
  ];
  for (const [path, user] of names) assert.equal(userOfFile(path), user, path);
});
