import assert from "node:assert/strict";
import fc from "fast-check";
import { formatProcessLine } from "../../../src/domain/shell/credential_process.ts";
import { linkIn } from "../../../src/domain/placement/linked_profile.ts";

Deno.test("a linked profile is read back from its line, whatever the name and the path", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }),
      fc.constantFrom("/usr/bin/awsmfa", "/home/a b/awsmfa", "/opt/awsmfa-linux-x64", "/opt/awsmfa-0.2.0"),
      (name, path) => {
        fc.pre(!/[\n\r]/.test(name) && name.trim() === name);
        const line = formatProcessLine([path, "credential-process", "-p", name], false);
        assert.equal(linkIn(line), name);
      },
    ),
  );
  assert.equal(linkIn("awsmfa credential-process -p work"), "work", "of 0.1.0");
  assert.equal(linkIn("aws-vault exec work"), undefined);
  assert.equal(linkIn("awsmfa_of_mine credential-process -p work"), undefined);
});

Deno.test("on Windows there are two quotes at most where the first sign is one: cmd would take the outer ones away", () => {
  const lines: [words: string[], line: string][] = [
    [["C:\\bin\\awsmfa.exe", "-p", "work"], "C:\\bin\\awsmfa.exe -p work"],
    [["C:\\Program Files\\awsmfa.exe", "-p", "work"], '"C:\\Program Files\\awsmfa.exe" -p work'],
    [["C:\\bin\\awsmfa.exe", "-p", "my work"], 'C:\\bin\\awsmfa.exe -p "my work"'],
    [["C:\\Program Files\\awsmfa.exe", "-p", "my work"], 'awsmfa -p "my work"'],
  ];
  for (const [words, line] of lines) assert.equal(formatProcessLine(words, true), line);
  assert.equal(linkIn('"C:\\Program Files\\awsmfa.exe" credential-process -p "my work"'), "my work");
});
