import assert from "node:assert/strict";
import { byOwnClock, describeClock, sayClockBack } from "../../../src/domain/aws/clock.ts";

const END = new Date("2026-11-20T21:00:00Z");

Deno.test("an end by AWS's clock is told by this machine's: later where that is ahead, earlier where it is behind", () => {
  assert.deepEqual(byOwnClock(END, 600), new Date("2026-11-20T21:10:00Z"));
  assert.deepEqual(byOwnClock(END, -600), new Date("2026-11-20T20:50:00Z"));
  assert.deepEqual(byOwnClock(END, 5), new Date("2026-11-20T21:00:05Z"));
  assert.deepEqual(byOwnClock(END, -899), new Date("2026-11-20T20:45:01Z"));
});

Deno.test("an end stays where the difference is the answer's way, or one that AWS does not answer to", () => {
  for (const ahead of [0, 4, -4, 900, -900, 1e9]) assert.deepEqual(byOwnClock(END, ahead), END);
});

Deno.test("a clock is worth a word from two minutes on", () => {
  for (const ahead of [0, 119, -119]) assert.equal(describeClock(ahead), undefined);
  assert.equal(describeClock(120), "2m ahead of AWS's");
  assert.equal(describeClock(-120), "2m behind AWS's");
  assert.equal(describeClock(-600), "10m behind AWS's");
});

Deno.test("a session that would end years from now ends in days", () => {
  assert.match(sayClockBack("a", 84 * 3600)[0], / would end in 84h, /);
  assert.match(sayClockBack("a", 97_729 * 3600)[0], / would end in 4072 days, /);
});
