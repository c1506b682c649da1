import { cachedId, cachedSessionName } from "../../src/domain/sessions/cached_session.ts";
import type { Stage } from "./stage.ts";

interface KeyAndSts {
  readonly user: Pick<Stage["user"], "accessKeyId">;
  readonly sts: Pick<Stage["sts"], "url">;
}

/** Where awsmfa keeps the session of the stage's user. */
export function cachedFile(stage: KeyAndSts): string {
  return `.aws/awsmfa/${cachedName(stage)}`;
}

/** The name of that file: the local STS is part of it. */
export function cachedName({ user, sts }: KeyAndSts): string {
  const endpoint = new URL(sts.url).href;
  return cachedSessionName(cachedId(user.accessKeyId, [], { endpoint, region: "us-east-1" }));
}

/** Keeps a session of the stage's user, and changes no file of AWS. */
export async function keepSession(stage: Stage, args: readonly string[] = []): Promise<void> {
  const ran = await stage.awsmfa(["env", "-s", "json", stage.code(), ...args], { secretsOnStdout: true });
  if (ran.code !== 0) throw new Error(`exit ${ran.code}: ${ran.stderr}`);
}

/** As if time had passed: the cached session ends in so many seconds, or ended that long ago. */
export function setSecondsLeft(stage: Stage, seconds: number): void {
  const at = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
  const until = Date.now() + seconds * 1000;
  const text = stage.home.read(cachedFile(stage));
  stage.home.write(
    cachedFile(stage),
    text.replace(/("expiration": )"[^"]*"/, `$1"${at(until)}"`)
      .replace(/("issued": )"[^"]*"/, `$1"${at(until - 12 * 3_600_000)}"`),
  );
}
