import {
  formatRotation,
  formatRotationKeys,
  oldKeyIdOf,
  parseRotation,
  parseRotationKeys,
  type Rotation,
  type RotationKeys,
  rotationNames,
} from "../../domain/changes/rotation.ts";
import type { Locations } from "../../domain/paths/locations.ts";
import type { World } from "../../world.ts";
import { inSessions } from "../support/aws_files.ts";

/** A rotation that was begun, as its two files tell it. */
export interface BegunRotation {
  readonly rotation: Rotation;
  readonly keys: RotationKeys;
}

/**
 * The rotation that a key is part of, as the old one or the new one. Throws FileError where another user could have
 * put it there.
 */
export function readRotation(world: World, at: Locations, accessKeyId: string): BegunRotation | undefined {
  world.checkPrivateFolder(at.sessions);
  for (const name of world.listFolder(at.sessions)) {
    const oldKeyId = oldKeyIdOf(name);
    if (oldKeyId === undefined) continue;
    const { journal, keys: keysPath } = pathsOfRotation(world, at, oldKeyId);
    const rotation = parseRotation(world.readPrivateText(journal));
    const keys = parseRotationKeys(world.readPrivateText(keysPath), keysPath);
    if (rotation === undefined || keys === undefined) continue;
    if ([keys.old, keys.new].some((each) => each?.accessKeyId === accessKeyId)) return { rotation, keys };
  }
  return undefined;
}

/** The keys are on the disk before the journal says so. */
export async function saveRotation(
  world: World,
  at: Locations,
  { rotation, keys }: BegunRotation,
): Promise<void> {
  const paths = pathsOfRotation(world, at, rotation.oldKeyId);
  await world.updateTexts([at.credentials, paths.keys, paths.journal], () => [
    { path: paths.keys, text: formatRotationKeys(keys) },
    { path: paths.journal, text: formatRotation(rotation) },
  ]);
}

/** The journal goes first: keys without one are nobody's business but its person's. */
export async function forgetRotation(
  world: World,
  at: Locations,
  { rotation }: BegunRotation,
): Promise<void> {
  const { journal, keys } = pathsOfRotation(world, at, rotation.oldKeyId);
  await world.updateTexts([at.credentials, journal, keys], () => [
    { path: journal, text: undefined },
    { path: keys, text: undefined },
  ]);
}

/** Where they are. */
export function pathsOfRotation(
  world: World,
  at: Locations,
  oldKeyId: string,
): { readonly journal: string; readonly keys: string } {
  const { journal, keys } = rotationNames(oldKeyId);
  return { journal: inSessions(world, at, journal), keys: inSessions(world, at, keys) };
}
