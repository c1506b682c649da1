import assert from "node:assert/strict";
import { commandWords, nameCodeCommand, programIn } from "../../../src/domain/shell/command_words.ts";

Deno.test("of a command only the program is named: what stands around it may be the secret", () => {
  const cases: [command: string, program: string | undefined][] = [
    ["oathtool --totp SEED", "oathtool"],
    ["  ykman oath accounts code -s aws", "ykman"],
    ["PASSWORD_STORE_DIR=/x KEY=SEED pass otp aws | head -1", "pass"],
    ["/usr/bin/totp", "/usr/bin/totp"],
    ['"/my tools/otp" SEED', "/my tools/otp"],
    ["C:\\tools\\otp.exe SEED", "C:\\tools\\otp.exe"],
    ["otp|head -1", "otp"],
    ["PASS='correct horse' otp", "otp"],
    ['PASS="correct horse" otp', "otp"],
    ["PASS='it''s correct' otp", "otp"],
    ["PASS=correct; otp horse", "otp"],
    // Where the secret ends and the program begins only a shell knows.
    ["PASS=correct;otp horse", undefined],
    ["PASS=correct\\ horse otp", undefined],
    ['PASS="correct \\" horse" otp', undefined],
    ["PASS=$(printf correct horse) otp", undefined],
    ["PASS=`printf correct horse` otp", undefined],
    ['PASS="$(printf correct horse)" otp', undefined],
    ["PASS=(correct horse) otp", undefined],
    ["PASS='correct horse otp", undefined],
    ["$(cat secret) horse", undefined],
    ["<secret otp", undefined],
    ["(PASS=correct horse)", undefined],
    ["PASS+=horse otp", undefined],
    ["JBSWY3DPEHPK3PXP", undefined],
    ["otpauth://totp/aws?secret=JBSWY3DP", undefined],
    ["", undefined],
  ];
  for (const [command, program] of cases) assert.equal(programIn(command), program, command);
  assert.equal(nameCodeCommand("PASS='correct horse' otp"), "the code command 'otp'");
  assert.equal(nameCodeCommand("PASS='correct horse otp"), "the code command");
});

Deno.test("a command is split at blanks outside of quotes, and a shell gets what only it understands", () => {
  const cases: [command: string, words: string[], onWindows?: string[]][] = [
    ["otp  -a 'two words' \"it's\" a\"b c\"d ''", ["otp", "-a", "two words", "it's", "ab cd", ""]],
    ["X=1 otp", ["sh", "-c", "X=1 otp"], ["X=1", "otp"]],
    ["otp | head", ["sh", "-c", "otp | head"], ["cmd", "/d", "/s", "/c", '"otp | head"']],
    ["c:\\otp", ["sh", "-c", "c:\\otp"], ["c:\\otp"]],
    ["  ", []],
  ];
  for (const [command, words, onWindows = words] of cases) {
    assert.deepEqual(commandWords(command, "it", false).words, words);
    assert.deepEqual(commandWords(command, "it", true).words, onWindows);
  }
  assert.deepEqual(commandWords("vi -n", "it", false, "a b").words, ["vi", "-n", "a b"]);
  assert.deepEqual(commandWords("vi $X", "it", false, "a b").words, ["sh", "-c", 'vi $X "$@"', "sh", "a b"]);
});

Deno.test("on Windows a path in quotes needs no shell, and cmd gets a line in its own quotes, as it was typed", () => {
  const editor = '"C:\\Program Files (x86)\\e & f\\e.exe"';
  assert.deepEqual(commandWords(`${editor} -x`, "it", true, "C:\\a b"), {
    words: ["C:\\Program Files (x86)\\e & f\\e.exe", "-x", "C:\\a b"],
    raw: false,
  });
  assert.deepEqual(commandWords(`${editor} & echo`, "it", true, "C:\\a b"), {
    words: ["cmd", "/d", "/s", "/c", `"${editor} & echo "C:\\a b""`],
    raw: true,
  });
});

Deno.test("a quote that is never closed is said, and nothing of the command", () => {
  for (const command of ["otp 'correct horse", 'otp "correct horse', `otp "it's" 'horse`]) {
    assert.throws(
      () => commandWords(command, "the code command", false),
      { name: "Error", message: "the code command has a quote that is never closed", exitCode: 2 },
    );
  }
});
