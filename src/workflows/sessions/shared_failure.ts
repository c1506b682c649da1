import { parseOwnJson, textOf } from "../../domain/text/json.ts";
import type { Locations } from "../../domain/paths/locations.ts";
import { FileError, NetworkError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { inSessions } from "../support/aws_files.ts";
import { keep } from "./cached_sessions.ts";

/** Beside the sessions of a key: why AWS was last out of reach, and when. Nothing of it is secret. */
const NAME = "unreachable";

/**
 * Of several processes that want the same of AWS, one asks and the others wait for it: `since` is when this one began to
 * wait. Where the network failed the one that asked, the others fail with it, and don't wait for the same again, one
 * after the other. To be run under the lock that they waited for. Throws what `work` throws.
 */
export async function sharingFailure<T>(
  world: World,
  at: Locations,
  since: Date,
  work: () => Promise<T>,
): Promise<T> {
  const path = inSessions(world, at, NAME);
  const last = parseOwnJson(world.readText(path));
  const [when, message] = [new Date(textOf(last["at"]) ?? ""), textOf(last["message"])];
  if (message !== undefined && when.getTime() >= since.getTime()) {
    throw new NetworkError(message, textOf(last["hint"]));
  }
  try {
    return await work();
  } catch (error) {
    if (error instanceof NetworkError) await tell(world, at, path, error);
    throw error;
  }
}

async function tell(
  world: World,
  at: Locations,
  path: string,
  { message, hint }: NetworkError,
): Promise<void> {
  const text = `${JSON.stringify({ at: world.now().toISOString(), message, hint })}\n`;
  try {
    await keep(world, at, [{ path, edit: () => text }]);
  } catch (error) {
    // The others find out by themselves, then; that the network failed is still what is to be told.
    if (!(error instanceof FileError)) throw error;
  }
}
