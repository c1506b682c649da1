import { findCredentials, type LongTermKeys } from "../keys/credentials.ts";
import { parseIni } from "../aws_files/ini.ts";
import { sectionsOf } from "../aws_files/find_section.ts";
import { refuseFaults } from "../aws_files/refuse_faults.ts";
import { parseOwnJson, textOf } from "../text/json.ts";

/** What is about to be done, or was under way when a rotation was cut off. */
export type RotationStep = "create" | "try" | "replace" | "deactivate" | "done" | "undo" | "delete";

const STEPS: readonly string[] = ["create", "try", "replace", "deactivate", "done", "undo", "delete"];

/** The journal of a rotation: no secret is in it. */
export interface Rotation {
  readonly oldKeyId: string;
  readonly userName: string;
  /** The keys that the user had before a new one was asked for: another one since is the one whose answer was lost. */
  readonly before: readonly string[];
  readonly started: Date;
  readonly step: RotationStep;
}

/** Both keys of a rotation, as long as both are there. */
export interface RotationKeys {
  readonly old: LongTermKeys;
  /** Undefined until AWS has given it. */
  readonly new: LongTermKeys | undefined;
}

const VERSION = 1;
const JOURNAL = /^rotation_(\w{1,128})\.json$/;

/** The names of the two files of a rotation, in awsmfa's folder. */
export function rotationNames(oldKeyId: string): { readonly journal: string; readonly keys: string } {
  return { journal: `rotation_${oldKeyId}.json`, keys: `rotation_${oldKeyId}_keys` };
}

/** The old key's id of a journal's name; undefined for other files. */
export function oldKeyIdOf(name: string): string | undefined {
  return JOURNAL.exec(name)?.[1];
}

export function formatRotation({ started, ...rotation }: Rotation): string {
  return `${JSON.stringify({ version: VERSION, ...rotation, started: started.toISOString() }, null, 2)}\n`;
}

/** Undefined where the text is no journal of this version. */
export function parseRotation(text: string | undefined): Rotation | undefined {
  const { version, before, step, ...rest } = parseOwnJson(text);
  const [oldKeyId, userName, started] = ["oldKeyId", "userName", "started"].map((key) => textOf(rest[key]));
  if (version !== VERSION || oldKeyId === undefined || userName === undefined) return undefined;
  const at = new Date(started ?? "");
  if (Number.isNaN(at.getTime()) || !Array.isArray(before) || !isStep(step)) return undefined;
  return { oldKeyId, userName, before: before.map(String), started: at, step };
}

function isStep(step: unknown): step is RotationStep {
  return typeof step === "string" && STEPS.includes(step);
}

/** Both keys in the form of a credentials file, so that every AWS tool can read them if nothing else can. */
export function formatRotationKeys({ old, new: made }: RotationKeys): string {
  const title =
    "# The two access keys of `awsmfa rotate`, until the old one is deleted: `awsmfa rotate --finish`.\n";
  return title + section("old", old) + section("new", made);
}

function section(name: string, keys: LongTermKeys | undefined): string {
  if (keys === undefined) return "";
  return `[${name}]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\n`;
}

/** Undefined where the old key is not in it. Throws FileError for a text that is no credentials file. */
export function parseRotationKeys(text: string | undefined, path: string): RotationKeys | undefined {
  const ini = parseIni(text ?? "", "credentials", path);
  refuseFaults(ini);
  const [old, made] = ["old", "new"].map((name) => {
    const found = findCredentials(sectionsOf(ini, name));
    return found.kind === "long-term" ? found.keys : undefined;
  });
  return old === undefined ? undefined : { old, new: made };
}
