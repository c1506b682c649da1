import assert from "node:assert/strict";
import { awsmfaOnPath } from "./awsmfa_on_path.ts";
import { assertNoSecret, secretsBelow } from "./secrets.ts";
import { openStage, type Stage, type StageOptions, type StageRun } from "./stage.ts";

/** A check as `awsmfa doctor --json` prints it. */
export interface PrintedCheck {
  readonly what: string;
  readonly state: "ok" | "warning" | "problem";
  readonly says: string;
  readonly fix?: string;
}

export interface Diagnosis {
  readonly code: number;
  readonly checks: readonly PrintedCheck[];
}

/** A stage whose key is young, so that the doctor is content with all of it. */
export function openHealthyStage({ user, ...options }: StageOptions = {}): Promise<Stage> {
  return openStage({ ...options, user: { keyCreated: daysAgo(30), ...user } });
}

export function daysAgo(days: number): Date {
  return new Date(Date.now() - days * 86_400_000);
}

/** Runs `awsmfa doctor --json`, which shall change no file, not even a lock. */
export async function diagnose(
  stage: Stage,
  args: readonly string[] = [],
  options: StageRun = {},
): Promise<Diagnosis> {
  const before = stage.home.snapshot();
  const { code, stdout, stderr } = await stage.awsmfa(["doctor", "--json", ...args], options);
  assert.equal(stderr, "");
  assert.deepEqual(stage.home.snapshot(), before, "the doctor changes nothing");
  return { code, checks: JSON.parse(stdout).checks };
}

/** Types the fix into a shell, where an editor takes out the line that it is opened at, and then `awsmfa doctor`. */
export async function typeFix(
  stage: Stage,
  fix: string,
  args: readonly string[],
  env: Record<string, string>,
  stdin = "",
): Promise<Diagnosis> {
  const { home } = stage;
  home.write("bin/vi", '#!/bin/sh\nsed -i "${1#+}d" "$2"\n');
  Deno.chmodSync(home.file("bin/vi"), 0o700);
  const script = `{ ${fix}\n} >&2 || exit 99\nexec awsmfa doctor --json ${args.join(" ")}`;
  const ran = await home.run("sh", ["-c", script], { env: { ...awsmfaOnPath(home), ...env }, stdin });
  assert.notEqual(ran.code, 99, `${fix}: ${ran.stderr}`);
  assertNoSecret(ran.stdout, secretsBelow(home.path), "the doctor's words");
  return { code: ran.code, checks: JSON.parse(ran.stdout).checks };
}

/** What is not as it should be, in a line each. */
export function complaints({ checks }: Diagnosis): string[] {
  return checks.filter(({ state }) => state !== "ok").map(({ state, what, says }) =>
    `${state} ${what}: ${says}`
  );
}
