import assert from "node:assert/strict";
import { run } from "../../src/cli/run.ts";
import { type FakeSetup, type FakeWorld, fakeWorld } from "../support/fake_world.ts";

/** What a run of the program left in its world. */
export interface Played extends Omit<FakeWorld, "out" | "err" | "files"> {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly files: Record<string, string>;
  /** What stdout holds of a failure, where the shell is a POSIX one. */
  readonly failure: string;
}

/** Runs `awsmfa` with these arguments in a new world. No secret of it may be in the output. */
export function play(args: readonly string[], setup: FakeSetup = {}): Promise<Played> {
  return playIn(fakeWorld(setup), args);
}

/** These commands hand a session on, by stdout: then no secret may be on stderr or in a question. */
const HANDING_ON = ["env", "credential-process"];

/** The same in a world where the program may have run before. */
export async function playIn(fake: FakeWorld, args: readonly string[]): Promise<Played> {
  const secrets = secretsIn([...fake.files.values()].join("\n"));
  fake.out.length = 0;
  fake.err.length = 0;
  fake.kept.length = 0;
  const code = await run(args, fake.world);
  const [stdout, stderr] = [fake.out.join(""), fake.err.join("")];
  for (const session of [...fake.sessions, ...fake.roles]) {
    secrets.push(session.secretAccessKey, session.sessionToken);
  }
  secrets.push(...secretsIn([...fake.files.values()].join("\n")));
  for (const { request } of fake.requests) secrets.push(request.code);
  for (const { request } of fake.roleRequests) if (request.mfa !== undefined) secrets.push(request.mfa.code);
  const handed = args.some((arg) => HANDING_ON.includes(arg)) ? "" : stdout;
  for (const secret of secrets) {
    assert.ok(
      !`${handed}${stderr}${fake.questions.join("")}`.includes(secret),
      `'${secret}' is in the output`,
    );
  }
  const failure = args.includes("env") ? "false;\n" : "";
  return { ...fake, code, stdout, stderr, files: Object.fromEntries(fake.files), failure };
}

/** A failure leaves stdout empty, but for a line that fails of `env`; it says one line and a hint at most, and changes no file. */
export function assertFailed(
  played: Played,
  expected: { code: number; stdout?: string; stderr: string | RegExp; files?: Record<string, string> },
): void {
  assert.equal(played.stdout, expected.stdout ?? played.failure);
  if (typeof expected.stderr === "string") assert.equal(played.stderr, expected.stderr);
  else assert.match(played.stderr, expected.stderr);
  assert.match(played.stderr, /^awsmfa: [^\n]+\n(hint: [^\n]+\n)?$/);
  assert.equal(played.code, expected.code);
  assert.deepEqual(played.saves, []);
  if (expected.files !== undefined) assert.deepEqual(played.files, expected.files);
}

function secretsIn(text: string): string[] {
  const found = text.matchAll(
    /^\s*(?:aws_secret_access_key|aws_session_token|aws_security_token)[ \t]*[=:][ \t]*(\S+)/gim,
  );
  const kept = text.matchAll(/"(?:secretAccessKey|sessionToken)": "([^"]+)"/g);
  return [...found, ...kept].map(([, secret = ""]) => secret);
}
