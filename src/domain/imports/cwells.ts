import { FileError } from "../../errors.ts";
import { parseDuration, SESSION_SECONDS } from "../text/duration.ts";
import { checkProfileName } from "../aws_files/profile_name.ts";
import { partitionOfRegion } from "../aws/partition.ts";
import { findProfile } from "../aws_files/profiles.ts";
import type { KeyFiles } from "../placement/source_keys.ts";
import {
  type ForeignSetup,
  hasKeys,
  missingKeys,
  type ProfileSettings,
  putSettings,
} from "./foreign_setup.ts";
import {
  checkAccount,
  checkInFile,
  needText,
  readMap,
  readText,
  type YamlData,
  type YamlMap,
} from "./yaml_data.ts";

const KEYS = ["account", "username", "aws_profile", "expiry", "shell", "inherits"];

/** True for what can only be meant as a file of cwells/aws-mfa: profiles by name, which are mappings. */
export function isCwells(data: YamlData): data is YamlMap {
  return data instanceof Map && [...data.values()].some((value) => value instanceof Map);
}

/**
 * `~/.aws/aws-mfa.yaml` of cwells/aws-mfa (its README): the device is made of account and username, and each profile
 * inherits from `default`, or from the one that it names; one that is only inherited from may lack some. Throws
 * {@linkcode FileError}.
 */
export function importCwells(data: YamlMap, files: KeyFiles, path: string): ForeignSetup {
  const profiles = new Map(
    [...data].map(([name, map]) => [name, readMap(map, KEYS, `profile '${name}'`, path)]),
  );
  const maps = [...profiles.keys()].map((name) => [name, inherited(profiles, name, path)] as const);
  const bases = new Set([...profiles.keys()].flatMap((name) => parentOf(profiles, name, path) ?? []));
  // As in its README: others add what is missing.
  const isWhole = (map: YamlMap, name: string): boolean =>
    ["account", "username"].every((key) => readText(map, key, `profile '${name}'`, path) !== undefined);
  const settings = maps.filter(([name, map]) => !bases.has(name) || isWhole(map, name))
    .map(([name, map]) => settingsOf(name, map, files, path));
  const sources = [...new Set(settings.map(({ source }) => source))];
  const notes = sources.flatMap((source) => missingKeys(files, source));
  if ([...profiles.values()].some((map) => map.has("shell"))) {
    notes.push("shell is not needed: awsmfa env finds the shell that it is run from");
  }
  return { tool: "cwells/aws-mfa", files: putSettings(files, settings), notes };
}

/** A profile's own keys over those that it inherits. */
function inherited(profiles: ReadonlyMap<string, YamlMap>, name: string, path: string): YamlMap {
  const chain = new Map<string, YamlMap>();
  for (let at = name;;) {
    const own = profiles.get(at) ?? new Map();
    chain.set(at, own);
    const parent = parentOf(profiles, at, path);
    if (parent === undefined) return new Map([...chain.values()].toReversed().flatMap((map) => [...map]));
    if (!profiles.has(parent)) {
      throw new FileError(
        `${path}: profile '${at}' inherits '${parent}', which is not there`,
        "correct inherits",
      );
    }
    if (chain.has(parent)) {
      const loop = [...chain.keys(), parent].map((each) => `'${each}'`).join(" -> ");
      throw new FileError(`${path}: the profiles inherit each other: ${loop}`, "correct inherits");
    }
    at = parent;
  }
}

function parentOf(profiles: ReadonlyMap<string, YamlMap>, name: string, path: string): string | undefined {
  return readText(profiles.get(name) ?? new Map(), "inherits", `profile '${name}'`, path) ??
    (name !== "default" && profiles.has("default") ? "default" : undefined);
}

function settingsOf(
  name: string,
  map: YamlMap,
  files: KeyFiles,
  path: string,
): ProfileSettings & { source: string } {
  const what = `profile '${name}'`;
  const account = checkAccount(needText(map, "account", what, path), what, path);
  const username = needText(map, "username", what, path);
  if (!/^[\w+=,.@-]{1,64}$/.test(username)) {
    throw new FileError(
      `${path}: the username of ${what} is none that IAM has`,
      "the IAM console shows it under Users",
    );
  }
  const awsProfile = readText(map, "aws_profile", what, path) ?? "default";
  // The program takes the keys of the profile of the same name, its README those of aws_profile.
  const source = hasKeys(files, name) ? name : awsProfile;
  const region = findProfile(files, source)?.get("region");
  const partition = partitionOfRegion(region ?? "");
  const expiry = readText(map, "expiry", what, path);
  const seconds = checkInFile(path, () => {
    for (const each of [name, source]) checkProfileName(each);
    return expiry && parseDuration(expiry, `expiry of ${what}`, SESSION_SECONDS);
  });
  const values: [string, string][] = [["aws_mfa_device", `arn:${partition}:iam::${account}:mfa/${username}`]];
  if (seconds) values.push(["duration_seconds", String(seconds)]);
  if (source !== name) values.push(["source_profile", source]);
  if (source !== name && region !== undefined && findProfile(files, name)?.get("region") === undefined) {
    values.push(["region", region]);
  }
  return { profile: name, values, source };
}
