import { OWN_UID } from "./own_uid.ts";
import { readVariable } from "./variable.ts";

/**
 * The home folder of the user database, as for the AWS CLI, where no HOME is set: in a systemd unit without User=, in
 * some cron's jobs. Undefined where HOME is there, or that database knows none, as in a container with a user at random.
 */
export async function homeOfUser(): Promise<string | undefined> {
  if (Deno.build.os === "windows" || hasHome()) return undefined;
  const { homedir } = await import("node:os");
  // Null, whatever its type says.
  return homedir() || homeOfNobody();
}

/**
 * Where nothing is and nothing can be made, as systems say it of users without a home: with keys in the environment
 * none is needed. Root could make it.
 */
function homeOfNobody(): string | undefined {
  const hasKeys = Boolean(readVariable("AWS_ACCESS_KEY_ID") && readVariable("AWS_SECRET_ACCESS_KEY"));
  return hasKeys && OWN_UID !== 0 ? "/nonexistent" : undefined;
}

function hasHome(): boolean {
  try {
    return Boolean(Deno.env.get("HOME"));
  } catch (error) {
    // Bytes that are no text: whoever needs it says so.
    if (error instanceof Deno.errors.InvalidData) return true;
    throw error;
  }
}
