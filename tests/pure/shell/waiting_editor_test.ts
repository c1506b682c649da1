import assert from "node:assert/strict";
import { waitingEditor } from "../../../src/domain/shell/waiting_editor.ts";

const EDITORS: [command: string, waits: string][] = [
  ["code", "code --wait"],
  ["code --wait", "code --wait"],
  ["code -w", "code -w"],
  ["code -n", "code --wait -n"],
  ["/usr/bin/subl", "/usr/bin/subl --wait"],
  ['"/opt/my editors/code" -n', '"/opt/my editors/code" --wait -n'],
  ["gedit", "gedit --wait"],
  ["gvim -f", "gvim -f"],
  ["gvim", "gvim --nofork"],
  ["kate", "kate --block"],
  ["vi", "vi"],
  ["nano -B", "nano -B"],
  ["constructor", "constructor"],
  ["my-code", "my-code"],
  ["code; true", "code; true"],
  ["$EDITOR", "$EDITOR"],
];
for (const [command, waits] of EDITORS) {
  Deno.test(`an editor that is known to return at once is told to wait: ${command}`, () => {
    assert.equal(waitingEditor(command, false), waits);
  });
}

Deno.test("on Windows, too", () => {
  assert.equal(waitingEditor("code.cmd", true), "code.cmd --wait");
  assert.equal(waitingEditor('"C:\\Program Files\\Code.exe"', true), '"C:\\Program Files\\Code.exe"');
  assert.equal(waitingEditor("C:\\bin\\code.exe -n", true), "C:\\bin\\code.exe --wait -n");
});
