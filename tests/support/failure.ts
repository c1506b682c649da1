import assert from "node:assert/strict";
import type { Stage, StageRun } from "./stage.ts";

/** How a run shall fail; `says` and `hint` are the whole of stderr's two lines, without their first word. */
export interface ExpectedFailure {
  readonly code: number;
  readonly says: string;
  readonly hint: string;
  /** Without it nothing, and for `env` what fails in a POSIX shell. */
  readonly stdout?: string;
  /** Requests that reach the local STS: 0 where nothing is said; several numbers where each of them is right. */
  readonly requests?: number | readonly number[];
}

/** Runs awsmfa, which shall fail with exactly these words, an empty stdout where none is said, and every file as it was. */
export async function assertFails(
  stage: Stage,
  args: readonly string[],
  { code, says, hint, stdout, requests = 0 }: ExpectedFailure,
  options: StageRun = {},
): Promise<void> {
  const [before, count] = [stage.files(), stage.sts.requests.length];
  const ran = await stage.awsmfa(args, options);
  const failure = args.includes("env") ? "false;\n" : "";
  assert.deepEqual(ran, { code, stdout: stdout ?? failure, stderr: `awsmfa: ${says}\nhint: ${hint}\n` });
  const arrived = stage.sts.requests.length - count;
  assert.ok([requests].flat().includes(arrived), `${arrived} requests, not ${requests}`);
  assert.deepEqual(stage.files(), before, "a failure changes no file");
}
