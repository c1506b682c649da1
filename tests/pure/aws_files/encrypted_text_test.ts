import assert from "node:assert/strict";
import { refuseEncrypted } from "../../../src/domain/aws_files/encrypted_text.ts";

const ENCRYPTED: readonly [what: string, text: string, hint: string][] = [
  ["git-crypt", "\0GITCRYPT\0\u0001\u0002", "in its repository: git-crypt unlock"],
  ["ansible-vault", "$ANSIBLE_VAULT;1.1;AES256\n3365\n", "ansible-vault decrypt '/a b'"],
  ["PGP", "-----BEGIN PGP MESSAGE-----\n\nhQ\n", "gpg --decrypt '/a b'"],
  ["age", "age-encryption.org/v1\n-> X25519 a\n", "age --decrypt '/a b'"],
  ["age", "-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n", "age --decrypt '/a b'"],
  ["sops", '{\n\t"data": "ENC[AES256_GCM,data:a]"\n}\n', "sops --decrypt --in-place '/a b'"],
  ["sops", "[a]\naws_access_key_id = ENC[AES256_GCM,data:a]\n", "sops --decrypt --in-place '/a b'"],
];
for (const [what, text, hint] of ENCRYPTED) {
  Deno.test(`a file that ${what} encrypted is refused by that name: ${JSON.stringify(text.slice(0, 20))}`, () => {
    assert.throws(
      () => refuseEncrypted(text, "/a b"),
      (error: Error & { fix: (shell: "posix") => string }) => {
        assert.equal(error.message, `/a b is encrypted (${what})`);
        assert.equal(typeof error.fix === "function" ? error.fix("posix") : error.fix, hint);
        return true;
      },
    );
  });
}

Deno.test("what isn't text, and has no section, is refused, and what is text is not", () => {
  assert.throws(() => refuseEncrypted("\u0085\u0001\0\u0003", "/a"), {
    message: "/a isn't text: it may be encrypted",
  });
  for (
    const text of [
      "",
      "# $ANSIBLE_VAULT;\n[a]\n",
      "[a]\nx = -----BEGIN PGP MESSAGE-----\n",
      "[a]\nx = \0\n",
      "ENC[AES256_GCM,\n",
      "\ufffd\ufffd[\0a\0]\0\n\0",
    ]
  ) {
    refuseEncrypted(text, "/a");
  }
});
