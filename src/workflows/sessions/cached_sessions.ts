import { entriesOf, isBegunBy010 } from "../../domain/changes/backup_format.ts";
import { findCredentials, isSessionKeyId, type SessionCredentials } from "../../domain/keys/credentials.ts";
import { expirationIn, formatExpiration } from "../../domain/keys/expiration.ts";
import { lastValue, type Section } from "../../domain/aws_files/ini.ts";
import { type Enough, isEnough } from "../../domain/sessions/enough.ts";
import { isClockBack } from "../../domain/aws/clock.ts";
import {
  type CachedId,
  type CachedSession,
  cachedSessionName,
  formatCachedSession,
  lifetimeOf,
  parseAnyCached,
  parseCachedCredentials,
  parseCachedSession,
} from "../../domain/sessions/cached_session.ts";
import type { Companions, Locations } from "../../domain/paths/locations.ts";
import { readMark } from "../../domain/keys/session_mark.ts";
import { type AwsFiles, inSessions } from "../support/aws_files.ts";
import type { FolderEdit } from "../support/device_memory.ts";
import { formerFolders } from "../support/former_folders.ts";
import type { FileChange, World } from "../../world.ts";

/**
 * The cached session for an id, if there is one that lasts long enough. Throws FileError where
 * the folder is one that others could have put it into.
 */
export function readCached(
  world: World,
  at: Locations,
  id: CachedId,
  enough: Enough,
): CachedSession | undefined {
  for (const place of [at, ...formerFolders(world, at)]) {
    world.checkPrivateFolder(place.sessions);
    const cached = parseCachedSession(world.readPrivateText(cachedPath(world, place, id)), id);
    if (cached === undefined) continue;
    const left = secondsLeft(world, cached.credentials.expiration);
    if (isEnough(left, lifetimeOf(cached), enough) && !isClockBack(left, lifetimeOf(cached))) return cached;
  }
  return undefined;
}

/** The seconds that a cached session would still last, where none lasts that long. Throws FileError as readKept does. */
export function cachedTooLong(world: World, at: Locations, id: CachedId): number | undefined {
  for (const place of [at, ...formerFolders(world, at)]) {
    const cached = parseCachedSession(world.readPrivateText(cachedPath(world, place, id)), id);
    if (cached === undefined) continue;
    const left = secondsLeft(world, cached.credentials.expiration);
    if (isClockBack(left, lifetimeOf(cached))) return left;
  }
  return undefined;
}

/** Where the session of an id is kept. */
export function cachedPath(world: World, at: Pick<Companions, "sessions">, id: CachedId): string {
  return inSessions(world, at, cachedSessionName(id));
}

/** The cached session whose own key id this is, whatever it is bound to. Throws FileError as readKept does. */
export function findCachedByKey(world: World, at: Locations, accessKeyId: string): CachedSession | undefined {
  for (const place of [at, ...formerFolders(world, at)]) {
    world.checkPrivateFolder(place.sessions);
    for (const name of world.listFolder(place.sessions).filter((each) => each.endsWith(".json"))) {
      const cached = parseAnyCached(world.readPrivateText(inSessions(world, place, name)));
      if (cached?.credentials.accessKeyId === accessKeyId) return cached;
    }
  }
  return undefined;
}

/**
 * Where all sessions of a key are kept, those of roles that were assumed with it too. Throws FileError where the
 * folder is one that others could have put them into.
 */
export function cachedPathsOf(world: World, at: Locations, accessKeyId: string): string[] {
  const stem = cachedSessionName({ accessKeyId, roles: [] }).replace(/\.json$/, "");
  return [at, ...formerFolders(world, at)].flatMap((place) => {
    world.checkPrivateFolder(place.sessions);
    return world.listFolder(place.sessions)
      .filter((name) => name === `${stem}.json` || (name.startsWith(`${stem}-`) && name.endsWith(".json")))
      .map((name) => inSessions(world, place, name));
  });
}

/**
 * The cached sessions, whatever they are bound to, where the file has one that awsmfa may have written without saying so:
 * 0.1.0 did. Else none, so that nothing is read for them. In a home whose backup 0.1.0 began, a session that looks like
 * one of its own is known, too, where another has taken its place in the folder.
 */
export function findCached(world: World, { at, credentials, backup }: AwsFiles): SessionCredentials[] {
  const unmarked = credentials.sections.filter((section) =>
    isSessionKeyId(
      lastValue(section, "aws_access_key_id") ?? "",
      lastValue(section, "aws_session_token"),
    ) &&
    readMark([section]) === undefined && findCredentials([section]).kind === "session"
  );
  if (unmarked.length === 0) return [];
  const entries = isBegunBy010(backup) ? entriesOf(backup).map(({ name }) => name) : [];
  const left = unmarked.filter(({ name }) => entries.includes(name)).flatMap((section) =>
    sessionOf010(section) ?? []
  );
  return [...left, ...readAllCached(world, at)];
}

function sessionOf010(section: Section): SessionCredentials | undefined {
  const found = findCredentials([section]);
  const [sessionToken, expires] = ["aws_session_token", "x_security_token_expires"].map((key) =>
    lastValue(section, key)
  );
  const expiration = expirationIn([section]);
  if (found.kind !== "session" || !sessionToken || expiration === undefined) return undefined;
  return formatExpiration(expiration) === expires ? { ...found.keys, sessionToken, expiration } : undefined;
}

function readAllCached(world: World, at: Locations): SessionCredentials[] {
  return [at, ...formerFolders(world, at)].flatMap((place) =>
    world.listFolder(place.sessions).filter((name) => name.endsWith(".json"))
      .flatMap((name) => parseCachedCredentials(world.readText(inSessions(world, place, name))) ?? [])
  );
}

/** The save that keeps a session. */
export function caching(world: World, at: Locations, session: CachedSession): FolderEdit {
  const cached = { ...session, issued: session.issued ?? world.now() };
  return { path: cachedPath(world, at, session.id), edit: () => formatCachedSession(cached) };
}

/** Forgets a session that AWS does not take any more, unless another took its place meanwhile. */
export async function forget(world: World, at: Locations, { id, credentials }: CachedSession): Promise<void> {
  const paths = [at, ...formerFolders(world, at)].map((place) => cachedPath(world, place, id));
  await world.updateTexts([at.credentials, ...paths], ([, ...texts]) =>
    paths.flatMap((path, i) => {
      const there = parseCachedSession(texts[i], id);
      return there?.credentials.sessionToken === credentials.sessionToken
        ? [{ path, text: undefined, optional: true }]
        : [];
    }));
}

/** Saves what awsmfa's own folder is to keep, where it can, and touches no other file. */
export async function keep(world: World, at: Locations, edits: readonly FolderEdit[]): Promise<void> {
  if (edits.length === 0) return;
  // The one lock lies beside the credentials file.
  await world.updateTexts(
    [at.credentials, ...edits.map(({ path }) => path)],
    ([, ...texts]) => applyEdits(edits, texts),
  );
}

/** The changes of some edits to what stands in their files now. None of them is worth a session that AWS has given. */
export function applyEdits(
  edits: readonly FolderEdit[],
  texts: readonly (string | undefined)[],
): FileChange[] {
  return edits.map(({ path, edit }, i) => ({ path, text: edit(texts[i]), optional: true }));
}

/** Whole seconds from now, negative for a time that is over. */
export function secondsLeft(world: World, expiration: Date): number {
  return Math.floor((expiration.getTime() - world.now().getTime()) / 1000);
}
