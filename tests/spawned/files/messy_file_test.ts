import assert from "node:assert/strict";
import { asBytes, readBytes, valuesOf, withoutSessionLines } from "../../support/aws_file.ts";
import { openStage } from "../../support/stage.ts";

// <ID> and <SECRET> stand for the user's keys; a character is a byte.
const FILES: [title: string, text: string][] = [
  [
    "comments and blank lines everywhere",
    "# mine\n\n; and yours\n[other]\n# in other\naws_access_key_id = x\n\n[default] # the main one\n" +
    "# before\naws_access_key_id = <ID>\n\n; between\naws_secret_access_key = <SECRET>\n# after\n\n\n[last]\nregion = eu-west-1\n# end\n",
  ],
  [
    "CRLF line ends",
    "[default]\r\naws_access_key_id = <ID>\r\naws_secret_access_key = <SECRET>\r\n\r\n[b]\r\nregion = eu-west-1\r\n",
  ],
  [
    "mixed line ends",
    "[a]\nregion = eu-west-1\r\n[default]\r\naws_access_key_id = <ID>\naws_secret_access_key = <SECRET>\r\n\n[b]\nregion = eu-west-1\r\n",
  ],
  [
    "a byte order mark",
    "\xef\xbb\xbf[default]\naws_access_key_id = <ID>\naws_secret_access_key = <SECRET>\n",
  ],
  [
    "tabs",
    "[default]\naws_access_key_id\t=\t<ID>\naws_secret_access_key\t=\t<SECRET>\t\n[b]\n\t\n\tregion = eu-west-1\n",
  ],
  [
    "key=value without blanks, and in columns",
    "[b]\na=1\n[default]\nregion=eu-west-1\naws_access_key_id=<ID>\naws_secret_access_key   =   <SECRET>\noutput  = json\n",
  ],
  [
    "no line end at the end",
    "[a]\nregion = eu-west-1\n[default]\naws_access_key_id = <ID>\naws_secret_access_key = <SECRET>",
  ],
  [
    "no line end at the end, in another section",
    "[default]\naws_access_key_id = <ID>\naws_secret_access_key = <SECRET>\n[z]\nregion = eu-west-1",
  ],
  [
    "bytes that are not UTF-8",
    "# caf\xe9 \xff\xfe\x80\n[caf\xe9]\nname = \xc3\x28\n[default]\naws_access_key_id = <ID>\n" +
    "note = \xf0\x9f\x98\x80 \xed\xa0\x80\naws_secret_access_key = <SECRET>\n",
  ],
  [
    "nested blocks and continued values",
    "[default]\ns3 =\n  max_concurrent_requests = 20\n  addressing_style = path\naws_access_key_id = <ID>\n" +
    "aws_secret_access_key = <SECRET>\nnote = one\n  two\n\n  three\n[b]\ns3 =\n    a = b\n",
  ],
  [
    "indented keys in capitals",
    "[default]\n  AWS_ACCESS_KEY_ID = <ID>\n  Aws_Secret_Access_Key = <SECRET>\n  Region = eu-west-1\n",
  ],
  [
    "names in quotes, with blanks and of other scripts",
    '[profile x]\na = 1\n["quoted name"]\na = 1\n[with blank]\na = 1\n[\xe6\x97\xa5\xe6\x9c\xac]\na = 1\n' +
    "[default]\naws_access_key_id = <ID>\naws_secret_access_key = <SECRET>\n",
  ],
  [
    "a token that aws configure left behind",
    "[default]\naws_access_key_id = <ID>\naws_secret_access_key = <SECRET>\naws_session_token =\nregion = eu-west-1\n",
  ],
];

for (const [title, template] of FILES) {
  Deno.test(`only the owned keys change, and come back, in a file with ${title}`, async () => {
    await using stage = await openStage();
    const { home, user } = stage;
    const path = home.file(".aws/credentials");
    const original = template.replace("<ID>", user.accessKeyId).replace("<SECRET>", user.secretAccessKey);
    home.write(".aws/credentials", asBytes(original));
    const files = stage.files();

    await stage.login(["--serial", user.serial]);
    const during = readBytes(path);
    const session = valuesOf(during, "default");
    const { aws_access_key_id: id = "", aws_secret_access_key: secret = "" } = session;
    assert.equal(
      withLineEnd(
        withoutSessionLines(during, "default").replace(id, user.accessKeyId)
          .replace(secret, user.secretAccessKey),
      ),
      withLineEnd(withoutSessionLines(inSmallLetters(readLatin(original)), "default")),
    );
    assert.match(id, /^ASIA/);
    assert.match(secret, /^\S{40}$/);
    assert.match(session.aws_session_token ?? "", /^\S{300,}$/);
    assert.match(session.x_security_token_expires ?? "", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

    await stage.login(["--serial", user.serial]);
    await stage.restore();
    assert.deepEqual(stage.filesOfUser(), files, "byte for byte as before");
  });
}

/** A login writes its own keys in small letters, for readers that know no others. */
function inSmallLetters(text: string): string {
  return text.replace(
    /^[ \t]*aws_(access_key_id|secret_access_key|session_token)(?=[ \t]*=)/gim,
    (key) => key.toLowerCase(),
  );
}

/** The same text as `readBytes` would give it. */
function readLatin(text: string): string {
  return new TextDecoder("latin1").decode(asBytes(text));
}

/** A session after a last line without its end gives that line one. */
function withLineEnd(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
