import {
  formatKeptSession,
  type KeptId,
  type KeptSession,
  keptSessionName,
  parseKeptSession,
} from "../domain/kept_session.ts";
import type { Locations } from "../domain/locations.ts";
import { inSessions } from "./aws_files.ts";
import type { FolderEdit } from "./device_memory.ts";
import type { FileChange, World } from "../world.ts";

/**
 * The session that is kept for an id, if there is one that lasts for `minRemaining` seconds. Throws FileError where
 * the folder is one that others could have put it into.
 */
export function readKept(
  world: World,
  at: Locations,
  id: KeptId,
  minRemaining: number,
): KeptSession | undefined {
  world.checkPrivateFolder(at.sessions);
  const kept = parseKeptSession(world.readText(keptPath(world, at, id)), id);
  return kept !== undefined && secondsLeft(world, kept.credentials.expiration) >= minRemaining
    ? kept
    : undefined;
}

/** Where the session of an id is kept. */
export function keptPath(world: World, at: Locations, id: KeptId): string {
  return inSessions(world, at, keptSessionName(id));
}

/**
 * Where all sessions of a key are kept, those of roles that were assumed with it too. Throws FileError where the
 * folder is one that others could have put them into.
 */
export function keptPathsOf(world: World, at: Locations, accessKeyId: string): string[] {
  world.checkPrivateFolder(at.sessions);
  const stem = keptSessionName({ accessKeyId, roles: [] }).replace(/\.json$/, "");
  return world.listFolder(at.sessions)
    .filter((name) => name === `${stem}.json` || (name.startsWith(`${stem}-`) && name.endsWith(".json")))
    .map((name) => inSessions(world, at, name));
}

/** The save that keeps a session. */
export function keeping(world: World, at: Locations, session: KeptSession): FolderEdit {
  return { path: keptPath(world, at, session.id), edit: () => formatKeptSession(session) };
}

/** Saves what awsmfa's own folder is to keep, and touches no other file. Throws FileError. */
export async function keep(world: World, at: Locations, edits: readonly FolderEdit[]): Promise<void> {
  if (edits.length === 0) return;
  // The one lock lies beside the credentials file.
  await world.updateTexts(
    [at.credentials, ...edits.map(({ path }) => path)],
    ([, ...texts]) => applyEdits(edits, texts),
  );
}

/** The changes of some edits to what stands in their files now. */
export function applyEdits(
  edits: readonly FolderEdit[],
  texts: readonly (string | undefined)[],
): FileChange[] {
  return edits.map(({ path, edit }, i) => ({ path, text: edit(texts[i]) }));
}

/** Whole seconds from now, negative for a time that is over. */
export function secondsLeft(world: World, expiration: Date): number {
  return Math.floor((expiration.getTime() - world.now().getTime()) / 1000);
}
