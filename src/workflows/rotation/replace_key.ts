import type { LongTermKeys } from "../../domain/keys/credentials.ts";
import { formatDeviceMemory, parseDeviceMemory } from "../../domain/aws/device_memory.ts";
import { replaceKey } from "../../domain/changes/replace_key.ts";
import { refuseSideEffects } from "../../domain/changes/refuse_side_effects.ts";
import type { World } from "../../world.ts";
import { type AwsFiles, backupChanges, filesNow, pathsOf } from "../support/aws_files.ts";
import { textsOf } from "../../domain/readers/texts_of.ts";
import { memoryPath } from "../support/device_memory.ts";
import type { FileChange } from "../../world.ts";

/** The sections of a file in which a key was replaced. */
export interface ReplacedIn {
  readonly path: string;
  readonly sections: readonly string[];
}

/** Where a key stands in the two AWS files and the backup. */
export function placesOf({ credentials, config, backup }: AwsFiles, key: LongTermKeys): ReplacedIn[] {
  return [credentials, config, backup].map((ini) => ({
    path: ini.path,
    sections: replaceKey(ini, key, key).sections,
  })).filter(({ sections }) => sections.length > 0);
}

/**
 * One save that puts a key in another's place wherever that stands: in both AWS files and the backup; the device that
 * is remembered for the one is so for the other. Throws FileError, and then nothing has changed.
 */
export async function replaceEverywhere(
  world: World,
  files: AwsFiles,
  old: LongTermKeys,
  now: LongTermKeys,
): Promise<ReplacedIn[]> {
  const { at } = files;
  const paths = pathsOf(at);
  let places: ReplacedIn[] = [];
  const devices = memoryPath(world, at);
  await world.updateTexts([...paths, devices], (all) => {
    const texts = all.slice(0, paths.length);
    const there = filesNow(files, texts);
    places = placesOf(there, old);
    const [credentials, config, backup] = [there.credentials, there.config, there.backup]
      .map((ini) => replaceKey(ini, old, now).text);
    refuseSideEffects(
      textsOf(there),
      { credentials: credentials || undefined, config: config || undefined },
      places.flatMap(({ sections }) => sections),
      at,
    );
    const changes: FileChange[] = places.some(({ path }) => path === there.backup.path)
      ? backupChanges(files, texts, backup)
      : [];
    if (credentials !== there.credentials.text) changes.push({ path: at.credentials, text: credentials });
    if (config !== there.config.text) changes.push({ path: at.config, text: config });
    return [...changes, ...rememberFor(all.at(-1), devices, old, now)];
  });
  return places;
}

function rememberFor(
  text: string | undefined,
  path: string,
  old: LongTermKeys,
  now: LongTermKeys,
): FileChange[] {
  const memory = parseDeviceMemory(text);
  const serial = memory.devices.get(old.accessKeyId);
  if (serial === undefined) return [];
  const devices = new Map([...memory.devices, [now.accessKeyId, serial]]);
  return [{ path, text: formatDeviceMemory({ ...memory, devices }), optional: true }];
}
