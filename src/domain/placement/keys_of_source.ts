import { findCredentials } from "../keys/credentials.ts";
import { refuseForeignSource } from "./foreign_source.ts";
import { expirationIn } from "../keys/expiration.ts";
import { MOST_IN_CHAIN, type Profile, soundProfile, valueIn } from "../aws_files/profiles.ts";
import { roleValue } from "./role.ts";
import { longChain, loopOf, noKeys, noSuchProfile, sessionWithoutKeys } from "./placement_errors.ts";
import { behindLinks, sourceOfLink } from "./behind_links.ts";
import { inheritedKeys, type KeyFiles, keysBeside, ownKeys, type SourceKeys } from "./source_keys.ts";

/** The keys of a profile that another one names as its source. Throws {@linkcode NoCredentialsError}. */
export function keysOfSource(
  files: KeyFiles,
  name: string,
  referrer: string | undefined,
  { visited = [], orSession = false }: {
    readonly visited?: readonly string[];
    readonly orSession?: boolean;
  } = {},
): SourceKeys {
  const linked = referrer === undefined ? sourceOfLink(files, name) : behindLinks(files, name);
  if (linked !== name) return keysOfSource(files, linked, name, { visited: [...visited, name], orSession });
  const profile = soundProfile(files, name);
  const own = ownKeys(files, name, profile);
  if (own !== undefined) return own;
  const beside = keysBeside(files, name);
  if (beside !== undefined) return beside;
  const inherited = inheritedKeys(files, profile);
  if (inherited !== undefined) return inherited;
  if (profile === undefined) throw noSuchProfile(files, name, referrer);
  const next = roleValue(profile, "source_profile");
  if (next !== undefined && next !== name && roleValue(profile, "role_arn") === undefined) {
    if (visited.includes(next)) throw loopOf(files, [name, next]);
    if (visited.length >= MOST_IN_CHAIN) throw longChain(files, visited[0] ?? name, "source_profile");
    return keysOfSource(files, next, name, { visited: [...visited, name], orSession });
  }
  const session = orSession ? sessionOf(profile) : undefined;
  if (session !== undefined) return session;
  refuseForeignSource(profile, next, files);
  throw findCredentials(profile.inCredentials).kind === "session"
    ? sessionWithoutKeys(files, name, referrer)
    : noKeys(files, name, referrer);
}

/** The session that a profile holds: awsmfa's, or that of another tool. */
function sessionOf({ name, inCredentials }: Profile): SourceKeys | undefined {
  const found = findCredentials(inCredentials);
  const token = valueIn(inCredentials, "aws_session_token") || valueIn(inCredentials, "aws_security_token");
  if (found.kind !== "session" || !token) return undefined;
  const session = { token, expiration: expirationIn(inCredentials) };
  return { keys: found.keys, profile: name, from: "section", section: name, session };
}
