import { findCredentials } from "../keys/credentials.ts";
import { linkedProfile } from "./linked_profile.ts";
import { findProfile, MOST_IN_CHAIN, soundProfile } from "../aws_files/profiles.ts";
import { roleValue } from "./role.ts";
import { longChain, loopOf } from "./placement_errors.ts";
import { type KeyFiles, keysBeside, ownKeys } from "./source_keys.ts";

/**
 * The profile that a command acts on where it is told a name: what `awsmfa link` made is its source, unless it has a
 * role, keys or a session of its own. Throws {@linkcode NoCredentialsError} for a loop.
 */
export function sourceOfLink(files: KeyFiles, name: string): string {
  const profile = findProfile(files, name);
  const isOther = profile === undefined || roleValue(profile, "role_arn") !== undefined ||
    findCredentials(profile.inCredentials).kind !== "none";
  return isOther ? name : behindLinks(files, name);
}

/**
 * The profile that gives a source its credentials: the source, or the one that `awsmfa link` linked it to, which AWS's
 * tools get through awsmfa. Keys that it has itself come first, as for them. `above` are the profiles on the way to it.
 */
export function behindLinks(files: KeyFiles, source: string, above: readonly string[] = []): string {
  const way = [source];
  for (let name = source;;) {
    const profile = soundProfile(files, name);
    const next = linkedProfile(profile);
    if (next === undefined || (ownKeys(files, name, profile) ?? keysBeside(files, name)) !== undefined) {
      return name;
    }
    if (way.includes(next) || above.includes(next)) throw loopOf(files, [...above, ...way, next]);
    if (way.length >= MOST_IN_CHAIN) throw longChain(files, source, "credential_process");
    way.push(next);
    name = next;
  }
}
