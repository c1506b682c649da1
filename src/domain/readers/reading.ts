import type { FileKind } from "../aws_files/section_header.ts";
import type { Value } from "./open_section.ts";
import type { FileReading } from "./file_reading.ts";
import { readFile } from "./read_file.ts";
import type { Choice, Place, Reader, ReaderFiles } from "./reader.ts";

/** What a reader would sign with for a profile, or why it has nothing to sign with. */
export type Reading =
  | {
    readonly kind: "keys";
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    /** Undefined also where it is empty. */
    readonly sessionToken: string | undefined;
    /** Where the id stands, and the token. */
    readonly id: Place;
    readonly token: Place | undefined;
  }
  /** It takes another source than keys, or fails over it: `key` names it. */
  | ({ readonly kind: "other"; readonly key: string } & Place)
  /** It refuses every profile of this file; `silent`: it takes it for an empty one, and says nothing. */
  | ({ readonly kind: "refused"; readonly reason: string; readonly silent: boolean } & Place)
  /** It knows no such profile, or no keys of it. */
  | ({ readonly kind: "none"; readonly reason: string } & Partial<Place>);

/** Both files as one reader reads them, for any number of profiles. */
export interface BothFiles {
  readonly reader: Reader;
  readonly texts: ReaderFiles;
  readonly credentials: FileReading;
  readonly config: FileReading;
}

interface Found extends Value {
  readonly file: FileKind;
}

const ID = "aws_access_key_id";
const SECRET = "aws_secret_access_key";
/** The reason of a reader that does not find the profile in either file. */
export const NO_PROFILE = "there is no such profile";
const NOTHING: FileReading = { sections: new Map() };

/** Reads both files once. */
export function readBoth(reader: Reader, texts: ReaderFiles): BothFiles {
  const read = (kind: FileKind): FileReading => {
    const text = texts[kind];
    return text === undefined || !isRead(reader.choice, texts, kind)
      ? NOTHING
      : readFile(reader.grammar, reader.names, text, kind);
  };
  return { reader, texts, credentials: read("credentials"), config: read("config") };
}

/** What the reader would sign with for the profile. */
export function readingOf(both: BothFiles, profile: string): Reading {
  const refusals = refusalsOf(both);
  const reading = profileReading(both, profile);
  const isFirst = both.reader.choice.configLast && reading.kind === "keys" &&
    reading.id.file === "credentials";
  const loud = refusals.find(({ silent, file }) => !silent && !(isFirst && file === "config"));
  if (loud !== undefined) return loud;
  return reading.kind === "none" ? refusals[0] ?? reading : reading;
}

function refusalsOf(both: BothFiles): (Reading & { readonly kind: "refused" })[] {
  return (["config", "credentials"] as const).flatMap((file) => {
    const { refused } = both[file];
    if (refused === undefined) return [];
    const { at, ...why } = refused;
    return [{ kind: "refused", ...why, ...place(both, file, at) }];
  });
}

function profileReading(both: BothFiles, profile: string): Reading {
  const keys = keysOf(both, profile);
  if (keys === undefined) return { kind: "none", reason: NO_PROFILE };
  const { choice } = both.reader;
  const bad = badValue(both, keys, choice.values);
  if (bad !== undefined) return { kind: "none", ...bad };
  for (const rule of choice.order) {
    if (rule.startsWith("keys")) {
      const files = rule === "keys" ? undefined : rule.slice(5) as FileKind;
      const reading = signedWith(both, files === undefined ? keys : valuesIn(both, files, profile), choice);
      if (reading !== undefined) return reading;
      continue;
    }
    const key = deciding(rule, keys, both);
    const found = key === undefined ? undefined : keys.get(key);
    if (key !== undefined && found !== undefined) return { kind: "other", key, ...placeOf(both, found) };
  }
  return { kind: "none", reason: "the profile has no keys" };
}

/** A value over which the reader refuses the profile, or over which none of its programs can make a client. */
export function refusedValue(
  both: BothFiles,
  profile: string,
): ({ readonly reason: string } & Place) | undefined {
  const { values, clientValues } = both.reader.choice;
  const keys = keysOf(both, profile);
  return keys && (badValue(both, keys, values) ?? badValue(both, keys, clientValues));
}

function badValue(
  both: BothFiles,
  keys: ReadonlyMap<string, Found>,
  values: Choice["values"],
): ({ readonly reason: string } & Place) | undefined {
  const [key, found] = [...keys].find(([key, { value }]) => values?.[key]?.test(value) === false) ?? [];
  return found && { reason: `the value of ${key} is not understood`, ...placeOf(both, found) };
}

/** Every section of both files as the reader has it, by name: keys and values. A refused file has none. */
export function wholeReading(both: BothFiles): Map<string, Map<string, string>> {
  const names = new Set([...both.credentials.sections.keys(), ...both.config.sections.keys()]);
  const all = new Map<string, Map<string, string>>();
  for (const name of names) {
    const keys = keysOf(both, name) ?? new Map<string, Found>();
    all.set(name, new Map([...keys].map(([key, { value }]) => [key, value])));
  }
  return all;
}

function isRead({ files }: Choice, texts: ReaderFiles, kind: FileKind): boolean {
  return files === "both" || kind === "credentials" ||
    (files !== "credentials" && texts.credentials === undefined);
}

function valuesIn(both: BothFiles, file: FileKind, profile: string): Map<string, Found> | undefined {
  const values = both[file].sections.get(profile);
  return values && new Map([...values].map(([key, value]) => [key, { ...value, file }]));
}

/** What both files hold for a profile; undefined where neither has it. */
function keysOf(both: BothFiles, profile: string): Map<string, Found> | undefined {
  const own = mergedOf(both, profile);
  if (own === undefined || !both.reader.choice.dots) return own;
  const { places, below } = dottedNames(both);
  const at = places.get(profile) ?? -1;
  const parents = prefixesOf(profile).filter((name) => places.has(name));
  const parent = parents.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0)).at(-1);
  const above = parent === undefined ? [] : [...keysOf(both, parent) ?? []];
  const isAbove = parent !== undefined && (places.get(parent) ?? 0) < at;
  const shared = new Map(isAbove ? [...own, ...above] : [...above, ...own]);
  for (const name of below.get(profile) ?? []) {
    if ((places.get(name) ?? -1) < at) continue;
    for (const [key, value] of mergedOf(both, name) ?? []) if (own.has(key)) shared.set(key, value);
  }
  return shared;
}

/** All names in their order, and by each name those that begin with it and a dot. */
interface DottedNames {
  readonly places: ReadonlyMap<string, number>;
  readonly below: ReadonlyMap<string, readonly string[]>;
}

const dotted = new WeakMap<BothFiles, DottedNames>();

/** Once for all profiles of two files, of which there may be thousands. */
function dottedNames(both: BothFiles): DottedNames {
  const known = dotted.get(both);
  if (known !== undefined) return known;
  const places = new Map<string, number>();
  const below = new Map<string, string[]>();
  for (const name of [...both.credentials.sections.keys(), ...both.config.sections.keys()]) {
    if (places.has(name)) continue;
    places.set(name, places.size);
    for (const prefix of prefixesOf(name)) {
      const names = below.get(prefix);
      if (names === undefined) below.set(prefix, [name]);
      else names.push(name);
    }
  }
  const made = { places, below };
  dotted.set(both, made);
  return made;
}

/** "a" and "a.b" of "a.b.c". */
function prefixesOf(name: string): string[] {
  return [...name.matchAll(/\./g)].map(({ index }) => name.slice(0, index));
}

function mergedOf(both: BothFiles, profile: string): Map<string, Found> | undefined {
  const config = valuesIn(both, "config", profile);
  const credentials = valuesIn(both, "credentials", profile);
  if (config === undefined || credentials === undefined) return credentials ?? config;
  if (both.reader.choice.merging !== "pair") return new Map([...config, ...credentials]);
  const whole = credentials.has(ID) && credentials.has(SECRET);
  const merged = new Map(config);
  for (const [key, value] of credentials) {
    if (both.reader.choice.alone?.test(key)) continue;
    if (whole || ![ID, SECRET, "aws_session_token"].includes(key)) merged.set(key, value);
  }
  // Half a pair in the credentials file refuses the profile, whatever the config file holds.
  if (!both.reader.choice.passesHalf && !whole && (credentials.has(ID) || credentials.has(SECRET))) {
    merged.delete(ID);
  }
  return merged;
}

/** Undefined where there is no id: the reader goes on to its next source. */
function signedWith(
  both: BothFiles,
  keys: ReadonlyMap<string, Found> | undefined,
  choice: Choice,
): Reading | undefined {
  const [id, secret] = [keys?.get(ID), keys?.get(SECRET)];
  const token = choice.tokens.map((key) => keys?.get(key)).find((value) => value !== undefined);
  if (id === undefined) return undefined;
  const takesEmpty = choice.takesEmpty === true || (choice.takesEmpty !== undefined && token !== undefined);
  const isHalf = secret === undefined || (!takesEmpty && (id.value === "" || secret.value === ""));
  if (choice.passesHalf && isHalf) return undefined;
  const none = (reason: string, found: Found): Reading => ({ kind: "none", reason, ...placeOf(both, found) });
  if (secret === undefined) return none(`${SECRET} is missing`, id);
  for (const found of [id, secret, token]) {
    if (found?.value.startsWith("\n") && choice.blocks) return none("a value stands on the next line", found);
  }
  if (id.value === "" && !takesEmpty) return none(`${ID} is empty`, id);
  if (secret.value === "" && !takesEmpty) return none(`${SECRET} is empty`, secret);
  if (token?.value === "" && choice.tokenFilled) return none("the session token is empty", token);
  return {
    kind: "keys",
    accessKeyId: id.value,
    secretAccessKey: secret.value,
    sessionToken: token?.value || undefined,
    id: placeOf(both, id),
    token: token?.value ? placeOf(both, token) : undefined,
  };
}

/** The key that makes a rule fit: of its first condition. Undefined where it does not fit. */
function deciding(rule: string, keys: ReadonlyMap<string, Found>, both: BothFiles): string | undefined {
  const fits = (key: string): boolean => {
    if (key === "config-file") return both.texts.config !== undefined;
    if (key === "sso-session") {
      const name = `sso-session ${keys.get("sso_session")?.value}`;
      return both.config.sections.has(`[${name}]`) || both.config.sections.has(name);
    }
    const found = keys.get(key.replace(/^\+/, ""));
    return found !== undefined && (!key.startsWith("+") || found.value !== "");
  };
  const [first = "", ...others] = rule.split(" ");
  const key = first.split("|").find(fits);
  const all = others.every((condition) =>
    condition.startsWith("!") ? !condition.slice(1).split("|").some(fits) : condition.split("|").some(fits)
  );
  return all ? key?.replace(/^\+/, "") : undefined;
}

function placeOf(both: BothFiles, { file, at }: Found): Place {
  return place(both, file, at);
}

function place({ texts }: BothFiles, file: FileKind, at: number): Place {
  return { file, line: lineAt(texts[file] ?? "", at) };
}

/** The text whose lines were counted last, and how far: readings go through a file in its order. */
let counted = { text: "", at: 0, line: 1 };

function lineAt(text: string, at: number): number {
  let { at: from, line } = counted.text === text && counted.at <= at ? counted : { at: 0, line: 1 };
  for (from = text.indexOf("\n", from); from >= 0 && from < at; from = text.indexOf("\n", from + 1)) line++;
  counted = { text, at, line };
  return line;
}
