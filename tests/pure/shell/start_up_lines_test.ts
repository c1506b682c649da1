import assert from "node:assert/strict";
import { startUpLines, withoutLines } from "../../../src/domain/shell/start_up_lines.ts";

Deno.test("a whole statement that is for awsmfa alone is known as such, in every shell", () => {
  const whole = [
    'eval "$(awsmfa completions bash)"',
    '  eval "$(awsmfa completions zsh)"; ',
    "source <(awsmfa completions bash)",
    ". <(awsmfa completions bash) # tab",
    "awsmfa completions fish | source",
    "awsmfa completions powershell | Out-String | Invoke-Expression",
    "alias tf='awsmfa exec -- terraform'",
    'alias m "awsmfa --choose"',
    "export AWSMFA_DURATION=1h",
    "set -gx AWSMFA_SERIAL arn:aws:iam::123456789012:mfa/alice",
    "setenv AWSMFA_DURATION 1h",
    "$env:AWSMFA_DURATION = '1h'",
    "# awsmfa",
  ];
  for (const line of whole) {
    assert.deepEqual(startUpLines(`a\n${line}\nb\n`), [{ line: 2, text: line.trim(), isWhole: true }], line);
  }
});

Deno.test("a line whose loss would break what is around it is told, and left", () => {
  const parts = [
    "if command -v awsmfa >/dev/null; then",
    'aws() { awsmfa exec -- aws "$@"; }',
    "function tf { awsmfa exec -- terraform @args }",
    'eval "$(awsmfa env)" && \\',
    "awsmfa env | \\",
    '[ -x "$(which awsmfa)" ] && eval "$(awsmfa completions bash)"',
    "alias x='awsmfa' y='z'",
    "export PATH=/opt/awsmfa/bin:$PATH",
  ];
  for (const line of parts) {
    assert.deepEqual(startUpLines(`${line}\n`).map(({ isWhole }) => isWhole), [false], line);
  }
  assert.deepEqual(startUpLines('x=1 \\\neval "$(awsmfa env)"\n').map(({ isWhole }) => isWhole), [false]);
});

Deno.test("other names are not awsmfa's", () => {
  assert.deepEqual(startUpLines("myawsmfa\nawsmfa-old completions\nawsmfa2\nAWSMFAX=1\n"), []);
});

Deno.test("lines go with their line ends, and the others keep their bytes", () => {
  const text = "a\r\n# awsmfa\r\nb\nalias m='awsmfa'";
  assert.equal(withoutLines(text, startUpLines(text)), "a\r\nb\n");
  assert.equal(withoutLines(text, []), text);
});
