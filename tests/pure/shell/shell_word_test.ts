import assert from "node:assert/strict";
import fc from "fast-check";
import { profileOption, type ShellSyntax, shellWord } from "../../../src/domain/shell/shell_word.ts";

Deno.test("a name is quoted for the shell only where it must be", () => {
  const cases: [name: string, word: string][] = [
    ["work", "work"],
    ["x.y@z:1", "x.y@z:1"],
    ["a/b+c-d_e", "a/b+c-d_e"],
    ["team a", "'team a'"],
    ["", "''"],
    ["it's", "'it'\\''s'"],
    ["$(rm -r x)", "'$(rm -r x)'"],
    ["a;b", "'a;b'"],
    ["`x`", "'`x`'"],
    ["~alice", "'~alice'"],
    ["Ünï", "'Ünï'"],
    ["a\nb", "'a\nb'"],
  ];
  for (const [name, word] of cases) assert.equal(shellWord(name, "posix"), word);
});

Deno.test("each shell has its own quotes, and a leading -, @ or : is never bare", () => {
  const cases: [syntax: ShellSyntax, name: string, word: string][] = [
    ["posix", "-x.y", "'-x.y'"],
    ["powershell", "@splat", "'@splat'"],
    ["powershell", ":x", "':x'"],
    ["powershell", "x‘ | touch PWNED | ’", "'x‘‘ | touch PWNED | ’’'"],
    ["powershell", "it's", "'it''s'"],
    ["fish", "it's\\", "'it\\'s\\\\'"],
    ["csh", "a!", "'a\\!'"],
    ["tcl", "[id]", '"\\[id\\]"'],
    ["nu", 'a "b"', '"a \\"b\\""'],
    ["elvish", "it's", "'it''s'"],
    ["cmd", 'a "b" %c%', '^"a \\^"b\\^" ^%c^%^"'],
    ["cmd", "a b\\", '^"a b\\\\^"'],
    ["cmd", "work", "work"],
  ];
  for (const [syntax, name, word] of cases) assert.equal(shellWord(name, syntax), word);
});

Deno.test("behind a command of awsmfa's, the default profile needs no name", () => {
  assert.equal(profileOption("default", "posix"), "");
  assert.equal(profileOption("work", "posix"), " -p work");
  assert.equal(profileOption("team a", "posix"), " -p 'team a'");
  assert.equal(profileOption("--%", "posix"), " -p '--%'");
  // What is no word of its own is a part of one.
  assert.equal(profileOption("--%", "powershell"), " --profile='--%'");
  assert.equal(profileOption("--", "fish"), " --profile='--'");
});

Deno.test("property: a word is read back as the name by the rules of a POSIX shell, and has no bare sign of its own", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (name) => {
    const word = shellWord(name, "posix");
    // Quoted parts as they are, "\'" outside of them: all that shellWord writes.
    const parts = word.match(/'[^']*'|\\'|[\w./@:+-]+/g) ?? [];
    assert.equal(parts.join(""), word);
    assert.equal(parts.map((part) => part === "\\'" ? "'" : part.replace(/^'|'$/g, "")).join(""), name);
  }));
});
