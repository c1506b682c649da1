import { findCredentials, type LongTermKeys } from "../../domain/keys/credentials.ts";
import { type Ini, withText } from "../../domain/aws_files/ini.ts";
import { setValues, type Values } from "../../domain/aws_files/ini_edit.ts";
import { sectionsOf } from "../../domain/aws_files/find_section.ts";
import { putKeys } from "../../domain/changes/new_keys.ts";
import { valueIn } from "../../domain/aws_files/profiles.ts";
import { refuseLoss } from "../../domain/changes/refuse_loss.ts";
import { refuseSideEffects } from "../../domain/changes/refuse_side_effects.ts";
import { type Meant, viewOf } from "../../domain/readers/view_of.ts";
import { sectionsBeside } from "../../domain/placement/source_keys.ts";
import type { FileChange, World } from "../../world.ts";
import { type AwsFiles, backupChanges, filesNow, pathsOf } from "../support/aws_files.ts";
import { textsOf } from "../../domain/readers/texts_of.ts";
import { noteProfile } from "../support/note_profile.ts";
import { findCached } from "../sessions/cached_sessions.ts";
import type { Setup } from "./setup_result.ts";

/** Writes a profile that was set up into both files. Throws FileError. */
export async function save(
  world: World,
  files: AwsFiles,
  keys: LongTermKeys,
  newKeys: LongTermKeys | undefined,
  { name, values }: { name: string; values: [string, string][] },
): Promise<Pick<Setup, "changed" | "note">> {
  const put = (ini: Ini, some: Values): string => some.length > 0 ? setValues(ini, name, some) : ini.text;
  const { at } = files;
  const cached = findCached(world, files);
  let changed: string[] = [];
  let note: string | undefined;
  const paths = pathsOf(at);
  await world.updateTexts(paths, (texts) => {
    const now = { ...filesNow(files, texts), cached };
    const after = newKeys === undefined ? undefined : putKeys(now, name, newKeys);
    if (after !== undefined) refuseLoss(now, after, cached);
    // A setting that stands in the credentials file goes before the config file's.
    const sections = sectionsOf(now.credentials, name);
    const [there, elsewhere] = [true, false].map((isThere) =>
      values.filter(([key]) => (valueIn(sections, key) !== undefined) === isThere)
    );
    const text = put(withText(now.credentials, after?.credentials ?? texts[0]), there ?? []);
    const settings = put(withText(now.config, after?.config ?? texts[1]), elsewhere ?? []);
    const written = [name, ...sectionsBeside(name)];
    refuseSideEffects(
      textsOf(now),
      { credentials: text || undefined, config: settings || undefined },
      written,
      at,
    );
    const changes: FileChange[] = [];
    if (text !== now.credentials.text) changes.push({ path: at.credentials, text });
    const backups = after === undefined ? [] : backupChanges(files, texts, after.backup);
    if (after?.first === "backup") changes.unshift(...backups);
    else changes.push(...backups);
    if (settings !== now.config.text) changes.push({ path: at.config, text: settings });
    // Keys in a section beside it are no tool's to find in the profile.
    const meant: Meant = { kind: "long-term", keys, sessionToken: undefined };
    const isOwn = sectionsBeside(name).every((section) =>
      sectionsOf(now.credentials, section).length === 0
    ) &&
      findCredentials(sectionsOf(withText(now.credentials, text), name)).kind === "long-term";
    note = isOwn && changes.length > 0
      ? noteProfile(now, { credentials: text || undefined, config: settings || undefined }, name, {
        is: (reading) => viewOf(reading, meant) === "long-term keys",
      })
      : undefined;
    changed = changes.filter(({ path, text }) => text !== texts[paths.indexOf(path)]).map(({ path }) => path);
    return changes;
  });
  return { changed, note };
}
