import assert from "node:assert/strict";
import { isEnough } from "../../../src/domain/sessions/enough.ts";
import { type Step, stepFor, type Ways, windowFor } from "../../../src/domain/sessions/session_rule.ts";

const NOBODY: Ways = { renews: true, asks: true };
const NOBODY_SILENT: Ways = { renews: true, asks: false };
const ASKED: Ways = { renews: false, asks: true };
const NEVER: Ways = { renews: false, asks: false };

/** The rows of the rule: who a new session takes, how long the one at hand lasts, and what is done. */
const ROWS: readonly [ways: Ways, left: number, then: Step][] = [
  [NOBODY, 900, "use"],
  [NOBODY, 899, "renew"],
  [NOBODY_SILENT, 900, "use"],
  [NOBODY_SILENT, 899, "renew"],
  [NOBODY_SILENT, -1, "renew"],
  [ASKED, 300, "use"],
  [ASKED, 299, "ask"],
  [ASKED, -1, "ask"],
  [NEVER, 60, "use"],
  [NEVER, 59, "fail"],
  [NEVER, -1, "fail"],
];
for (const [ways, left, then] of ROWS) {
  Deno.test(`the rule, with ${left}s left and ${JSON.stringify(ways)}: ${then}`, () => {
    const isReady = isEnough(left, 43_200, windowFor(ways));
    assert.equal(stepFor({ ...ways, isReady }), then);
  });
}
