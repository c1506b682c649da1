import type { AccessKey } from "../../domain/keys/access_key.ts";
import {
  CODE_LIFE_MS,
  type DeviceMemory,
  formatDeviceMemory,
  NOTHING_REMEMBERED,
  parseDeviceMemory,
  rememberCode,
  STEP_MS,
  type UsedCode,
} from "../../domain/aws/device_memory.ts";
import type { Companions, Locations } from "../../domain/paths/locations.ts";
import type { World } from "../../world.ts";
import { inSessions } from "./aws_files.ts";
import { formerFolders } from "./former_folders.ts";

/** A text file in awsmfa's folder, and how a save changes it. */
export interface FolderEdit {
  readonly path: string;
  readonly edit: (text: string | undefined) => string;
}

export function readDeviceMemory(world: World, at: Locations): DeviceMemory {
  for (const place of [at, ...formerFolders(world, at)]) {
    world.checkPrivateFolder(place.sessions);
    const text = world.readPrivateText(memoryPath(world, place));
    if (text !== undefined) return parseDeviceMemory(text);
  }
  return NOTHING_REMEMBERED;
}

/** How long ago this code was used for this device, in seconds; undefined for a new one. */
export async function secondsSinceUse(
  world: World,
  memory: DeviceMemory,
  serial: string,
  code: string,
): Promise<number | undefined> {
  const used = memory.usedCodes.get(serial);
  const age = world.now().getTime() - (used?.at ?? -Infinity);
  // Where the clock was set back meanwhile, nothing can be told.
  if (used === undefined || age < 0 || age >= CODE_LIFE_MS) return undefined;
  return await hashOf(world, used.salt, serial, code) === used.hash ? Math.round(age / 1000) : undefined;
}

/** Milliseconds until the device shows a new code: each lives for 30 seconds of the clock (RFC 6238). */
export function untilNewCode(world: World): number {
  return STEP_MS - world.now().getTime() % STEP_MS;
}

/** The save that remembers an accepted code and its device. */
export async function remembering(
  world: World,
  at: Locations,
  accessKeyId: string,
  serial: string,
  code: string,
): Promise<FolderEdit> {
  const salt = world.salt();
  const used: UsedCode = { salt, hash: await hashOf(world, salt, serial, code), at: world.now().getTime() };
  return {
    path: memoryPath(world, at),
    edit: (text) => formatDeviceMemory(rememberCode(parseDeviceMemory(text), accessKeyId, serial, used)),
  };
}

/** The save that remembers when keys were made. */
export function rememberingKeys(
  world: World,
  at: Locations,
  listed: readonly Pick<AccessKey, "accessKeyId" | "created">[],
): FolderEdit {
  const created = listed.flatMap(({ accessKeyId, created }): [string, Date][] =>
    created === undefined ? [] : [[accessKeyId, created]]
  );
  return {
    path: memoryPath(world, at),
    edit: (text) => {
      const memory = parseDeviceMemory(text);
      return formatDeviceMemory({ ...memory, keysCreated: new Map([...memory.keysCreated, ...created]) });
    },
  };
}

function hashOf(world: World, salt: string, serial: string, code: string): Promise<string> {
  return world.hash(`${salt} ${serial} ${code}`);
}

/** Where it stands. */
export function memoryPath(world: World, at: Pick<Companions, "sessions">): string {
  return inSessions(world, at, "devices.json");
}
