import type { ForeignSetup } from "../../domain/imports/foreign_setup.ts";
import { importAwsVault, importUnprefixed } from "../../domain/imports/config_layouts.ts";
import {
  importKeySections,
  importLuhring,
  importQuotedSerials,
} from "../../domain/imports/credentials_layouts.ts";
import { importCwells, isCwells } from "../../domain/imports/cwells.ts";
import { importWizardShack, isWizardShack } from "../../domain/imports/wizard_shack.ts";
import { newUnseen } from "../../domain/readers/new_unseen.ts";
import { readDownloaded } from "./downloaded_keys.ts";
import { CONSOLE_KEYS, importAccessKeys, sayWhereKeysLie } from "../../domain/imports/import_access_keys.ts";
import { sayForeignFile } from "../../domain/imports/foreign_file.ts";
import { isWholeFile } from "../../domain/changes/backup_format.ts";
import { refuseFaults } from "../../domain/aws_files/refuse_faults.ts";
import { refuseLoss } from "../../domain/changes/refuse_loss.ts";
import { refuseSideEffects } from "../../domain/changes/refuse_side_effects.ts";
import type { KeyFiles } from "../../domain/placement/source_keys.ts";
import { FileError, type Hint, UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { type AwsFiles, readAwsFiles } from "../support/aws_files.ts";
import { textsOf } from "../../domain/readers/texts_of.ts";
import type { PlannedChange } from "../support/dry_run.ts";

/** What an import would change. */
export interface ImportPlan {
  /** The tools whose set-up was recognized. */
  readonly tools: readonly string[];
  readonly notes: readonly Hint[];
  /** What is to be said once it is done. */
  readonly left: readonly Hint[];
  readonly changes: readonly PlannedChange[];
}

/**
 * Reads the configuration of another tool, recognized by its content; `profile` gets a key that IAM's console gave. Throws
 * FileError for a file that is none, and UsageError where nothing is for the profile.
 */
export async function planImport(
  world: World,
  path: string,
  profile: string | undefined,
): Promise<ImportPlan> {
  const text = readForeign(world, path);
  if (text === undefined) throw new FileError(`${path} is not there`, "awsmfa import FILE");
  const files = readAwsFiles(world);
  const setups = await recognize(world, files, path, text, profile);
  const isConsole = setups.some(({ tool }) => tool === CONSOLE_KEYS);
  if (profile !== undefined && !isConsole) {
    throw new UsageError("-p is for a key of IAM's console: other files name their profiles", "leave -p");
  }
  const after: KeyFiles = setups.at(-1)?.files ?? files;
  refuseLoss(files, { credentials: after.credentials.text, backup: after.backup.text });
  refuseSideEffects(textsOf(files), textsOf(after), "any", files.at);
  const unseen = [newUnseen(files.credentials, after.credentials), newUnseen(files.config, after.config)];
  const all: PlannedChange[] = [
    { path: files.at.credentials, before: files.credentials.text, after: after.credentials.text },
    { path: files.at.config, before: files.config.text, after: after.config.text },
    { path: files.at.backup, before: files.backup.text, after: after.backup.text },
  ];
  return {
    tools: toolsOf(setups),
    left: isConsole ? [sayWhereKeysLie(path)] : [],
    notes: [...setups.flatMap(({ notes }) => notes), ...unseen.filter((note) => note !== undefined)],
    // A file without a text is none.
    changes: all.filter(({ before, after }) => before !== after)
      .map(({ path, before, after }) => ({ path, before: before || undefined, after: after || undefined })),
  };
}

/** What may be of one of two tools is of the one that is there for sure. */
function toolsOf(setups: readonly ForeignSetup[]): string[] {
  const tools = [...new Set(setups.map(({ tool }) => tool))];
  return tools.filter((tool) => !tool.split(" or ").some((each) => each !== tool && tools.includes(each)));
}

/** One after the other: each sees the files as the one before leaves them. */
async function recognize(
  world: World,
  files: AwsFiles,
  path: string,
  text: string,
  profile: string | undefined,
): Promise<ForeignSetup[]> {
  const downloaded = readDownloaded(path, text);
  if (downloaded !== undefined) return [importAccessKeys(files, path, downloaded, profile)];
  if (isSame(path, text, files.at.backup, files.backup.text)) {
    if (isWholeFile(files.backup)) return [importLuhring(files)];
    throw new FileError(`${path} is awsmfa's own backup`, "awsmfa --restore puts the keys in it back");
  }
  const isOwn = isSame(path, text, files.at.config, files.config.text) ||
    isSame(path, text, files.at.credentials, files.credentials.text);
  if (isOwn) return recognizeLayouts(files);
  const known = sayForeignFile(text);
  if (known !== undefined) throw new FileError(`${path} is ${known.what}`, known.fix);
  if (beginsWithSection(text)) {
    throw new FileError(
      `${path} looks like one of AWS's files, and is not the one that is in use`,
      `AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name those`,
    );
  }
  const data = await world.parseYaml(text, path);
  if (isWizardShack(data)) return [importWizardShack(data, files, path)];
  if (isCwells(data)) return [importCwells(data, files, path)];
  throw new FileError(
    `${path}: no configuration that awsmfa knows`,
    "it knows those of cwells/aws-mfa and wizard-shack/aws-mfa, and the AWS files of other tools",
  );
}

function readForeign(world: World, path: string): string | undefined {
  try {
    return world.readText(path);
  } catch (error) {
    if (!(error instanceof FileError) || !/: it is a directory$/.test(error.message)) throw error;
    throw new FileError(error.message, "name the file in it that the other tool reads");
  }
}

function recognizeLayouts(files: KeyFiles): ForeignSetup[] {
  for (const file of [files.config, files.credentials]) refuseFaults(file);
  const setups: ForeignSetup[] = [];
  for (const importLayout of [importUnprefixed, importQuotedSerials, importAwsVault, importKeySections]) {
    const setup = importLayout(setups.at(-1)?.files ?? files);
    if (setup !== undefined) setups.push(setup);
  }
  return setups;
}

/** As the AWS files do, and no YAML that is a mapping. */
function beginsWithSection(text: string): boolean {
  const first = text.split("\n").map((line) => line.trim()).find((line) =>
    line !== "" && !/^[#;]/.test(line)
  );
  return first?.startsWith("[") ?? false;
}

/** A file may be named by another way to it. */
function isSame(path: string, text: string, known: string, knownText: string): boolean {
  return path === known || (text !== "" && text === knownText);
}
