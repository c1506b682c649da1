import { findCredentials } from "../../domain/keys/credentials.ts";
import { removeKeys, removeSection, setValues } from "../../domain/aws_files/ini_edit.ts";
import { findSection } from "../../domain/aws_files/find_section.ts";
import { lastValue, withText } from "../../domain/aws_files/ini.ts";
import { place } from "../../domain/placement/placement.ts";
import { refuseSideEffects } from "../../domain/changes/refuse_side_effects.ts";
import { formatProcessLine } from "../../domain/shell/credential_process.ts";
import { linkIn } from "../../domain/placement/linked_profile.ts";
import { findProfile } from "../../domain/aws_files/profiles.ts";
import { unseenBy } from "../../domain/readers/unseen_by.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import { FileError, NoCredentialsError, UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { readAwsFiles } from "../support/aws_files.ts";
import { textsOf } from "../../domain/readers/texts_of.ts";
import { noteProfile } from "../support/note_profile.ts";
import { sayOtherSession } from "../support/say_other_session.ts";

/** Rows of the table that need more than the line, follow none, or have another part for it. */
const FOLLOW_SOMETIMES = ["java1", "aws-creds", "crt"];
/** What these are, and others that are no rows (../shared/readers.md, "credential_process"). */
const FOLLOW_NONE =
  "such a line is not followed by Java 1 while there is a credentials file, by Go 1 without AWS_SDK_LOAD_CONFIG=1, nor by gdal, " +
  "polars, rust-s3, s3cmd and s3fs";

/**
 * Writes a profile into the config file whose credentials AWS's tools get from awsmfa: the session of `source`.
 * Throws UsageError for one and the same name, unless its keys are in a section beside it, NoCredentialsError where the source has no keys, and FileError where
 * the new name is taken by something else.
 */
export async function linkProfile(
  world: World,
  name: string,
  source: string,
): Promise<{ path: string; line: string; notes: readonly string[] }> {
  const files = readAwsFiles(world);
  const placement = place(files, { name: source, named: true, asTools: true });
  const { row, targetProfile, sourceProfile } = placement;
  const isOwn = name === source;
  if (isOwn && row !== "section beside") {
    throw new UsageError(
      `profile '${name}' can't get its credentials from itself`,
      (shell) => `awsmfa link NAME${profileOption(source, shell) || " -p default"}`,
    );
  }
  sayOtherSession(world, files, placement);
  const command = formatProcessLine(
    [...await world.ownCommand(), "credential-process", "-p", source],
    world.windows,
  );
  const region = targetProfile?.get("region") ?? sourceProfile?.get("region");
  const { config: path, credentials } = files.at;
  const inCredentials = findProfile(files, name)?.inCredentials ?? [];
  if (isOwn && findCredentials(inCredentials).kind !== "none") {
    throw new FileError(
      `profile '${name}' holds a session in ${credentials}, which AWS's tools take first`,
      (shell) => `awsmfa logout${profileOption(name, shell)}, then again`,
    );
  }
  if (!isOwn && inCredentials.length > 0) {
    throw new FileError(`profile '${name}' stands in ${credentials} already`, "choose another name");
  }
  let note: string | undefined;
  await world.updateTexts([credentials, path], ([, text]) => {
    const config = withText(files.config, text);
    const section = findSection(config, name);
    const there = section && lastValue(section, "credential_process");
    if (section !== undefined && there !== command && !(isOwn && there === undefined)) {
      throw new FileError(`profile '${name}' stands in ${path} already`, "choose another name");
    }
    if (there === command) return [];
    const values: [string, string][] = [["credential_process", command]];
    if (region !== undefined && !isOwn) values.push(["region", region]);
    const linked = setValues(config, name, values);
    const unseen = unseenBy(name, "config").map(({ id }) => id);
    refuseSideEffects(textsOf({ ...files, config }), { ...textsOf(files), config: linked }, [name], files.at);
    note = noteProfile({ ...files, config }, { ...textsOf(files), config: linked }, name, {
      is: (reading) => reading.kind === "other" && reading.key === "credential_process",
    }, FOLLOW_SOMETIMES.filter((id) => !unseen.includes(id)));
    return [{ path, text: linked }];
  });
  return {
    path,
    line: `credential_process = ${command}`,
    notes: [...note === undefined ? [] : [note], FOLLOW_NONE],
  };
}

/** Takes such a profile out of the config file. Throws NoCredentialsError for one that is none. */
export async function removeLink(world: World, name: string): Promise<{ path: string }> {
  const files = readAwsFiles(world);
  const { config: path, credentials } = files.at;
  await world.updateTexts([credentials, path], ([, text]) => {
    const config = withText(files.config, text);
    const section = findSection(config, name);
    if (section === undefined) {
      throw new NoCredentialsError(
        `there is no profile '${name}' in ${path}`,
        "awsmfa status shows the links",
      );
    }
    const linked = linkIn(lastValue(section, "credential_process") ?? "");
    if (linked === undefined) {
      throw new NoCredentialsError(
        `profile '${name}' is none of awsmfa's links`,
        "it was left unchanged: awsmfa edit config",
      );
    }
    // One that is linked to itself has settings of its own.
    const isSettings = linked === name && section.properties.some(({ key }) => key !== "credential_process");
    const removed = isSettings
      ? removeKeys(config, name, ["credential_process"])
      : removeSection(config, section);
    refuseSideEffects(textsOf({ ...files, config }), { ...textsOf(files), config: removed || undefined }, [
      name,
    ], files.at);
    return [{ path, text: removed }];
  });
  return { path };
}
