/**
 * The home folder of the user database, as for the AWS CLI, where no HOME is set: in a systemd unit without User=, in
 * some cron's jobs. Undefined where HOME is there, or that database knows none, as in a container with a user at random.
 */
export async function homeOfUser(): Promise<string | undefined> {
  if (Deno.build.os === "windows" || hasHome()) return undefined;
  const { homedir } = await import("node:os");
  // Null, whatever its type says.
  return homedir() || undefined;
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
