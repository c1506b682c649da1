import { FileError } from "../../errors.ts";
import { checkProfileName } from "../aws_files/profile_name.ts";
import { partitionOfArn, partitionOfRegion } from "../aws/partition.ts";
import { findProfile } from "../aws_files/profiles.ts";
import type { KeyFiles } from "../placement/source_keys.ts";
import { type ForeignSetup, missingKeys, type ProfileSettings, putSettings } from "./foreign_setup.ts";
import {
  checkAccount,
  checkInFile,
  needList,
  needText,
  readMap,
  type YamlData,
  type YamlMap,
} from "./yaml_data.ts";

/** True for a mapping with a list, which in a file of wizard-shack/aws-mfa is called `accounts`. */
export function isWizardShack(data: YamlData): data is YamlMap {
  return data instanceof Map && (data.has("accounts") || [...data.values()].some(Array.isArray));
}

interface User {
  readonly account: string;
  readonly name: string;
  readonly serial: string;
}

/**
 * `config.yaml` of wizard-shack/aws-mfa (its README and session/start_session.py): the keys are in the profile
 * ACCOUNT_USER, the session goes to mfa-USER. Throws {@linkcode FileError}.
 */
export function importWizardShack(data: YamlMap, files: KeyFiles, path: string): ForeignSetup {
  const root = readMap(data, ["accounts"], "the file", path);
  const users = needList(root, "accounts", "the file", path).flatMap((account) => usersOf(account, path));
  const twice = users.find((user, i) => users.slice(0, i).some((other) => isSame(user, other)));
  if (twice !== undefined) {
    throw new FileError(
      `${path}: user '${twice.name}' is defined twice in account '${twice.account}'`,
      "leave the one whose device is in use",
    );
  }
  const settings = users.flatMap((user) => settingsOf(user, users, files, path));
  const notes = users.flatMap((user) => missingKeys(files, sourceOf(user, files)));
  return { tool: "wizard-shack/aws-mfa", files: putSettings(files, settings), notes };
}

function usersOf(data: YamlData, path: string): User[] {
  const account = readMap(data, ["name", "users"], "an account", path);
  const name = needText(account, "name", "an account", path);
  const what = `account '${name}'`;
  // An account may be named by its alias.
  if (/^\d+$/.test(name)) checkAccount(name, what, path);
  return needList(account, "users", what, path).map((each) => {
    const user = readMap(each, ["name", "mfa-arn"], `a user of ${what}`, path);
    const userName = needText(user, "name", `a user of ${what}`, path);
    const serial = needText(user, "mfa-arn", `user '${userName}'`, path);
    const [, itsAccount] = /^arn:[a-z0-9-]+:iam::(\d{12}):mfa\/[\w+=,.@/-]+$/.exec(serial) ?? [];
    if (itsAccount === undefined) {
      throw new FileError(
        `${path}: mfa-arn of user '${userName}' is not the ARN of an MFA device`,
        "for example arn:aws:iam::123456789012:mfa/bob",
      );
    }
    if (/^\d+$/.test(name) && itsAccount !== name) {
      throw new FileError(
        `${path}: mfa-arn of user '${userName}' is of account ${itsAccount}, and stands in account ${name}`,
        "correct the one that is wrong",
      );
    }
    return { account: name, name: userName, serial };
  });
}

function settingsOf(user: User, users: readonly User[], files: KeyFiles, path: string): ProfileSettings[] {
  const source = sourceOf(user, files);
  const region = findProfile(files, source)?.get("region");
  const partition = partitionOfArn(user.serial);
  if (region !== undefined && partitionOfRegion(region) !== partition) {
    throw new FileError(
      `${path}: mfa-arn of user '${user.name}' is of partition ${partition}, and region '${region}' of profile ` +
        `'${source}' of ${partitionOfRegion(region)}`,
      "correct the one that is wrong",
    );
  }
  const isOneOfMany = users.filter(({ name }) => name === user.name).length > 1;
  const target = isOneOfMany ? `mfa-${source}` : `mfa-${user.name}`;
  checkInFile(path, () => [source, target].forEach((name) => checkProfileName(name)));
  const settings: [string, string][] = [["source_profile", source]];
  if (region !== undefined && findProfile(files, target)?.get("region") === undefined) {
    settings.push(["region", region]);
  }
  return [
    { profile: source, values: [["aws_mfa_device", user.serial]] },
    { profile: target, values: settings },
  ];
}

function isSame(one: User, other: User): boolean {
  return one.account === other.account && one.name === other.name;
}

/** Before its latest version the tool took the keys of a profile USER. */
function sourceOf({ account, name }: User, files: KeyFiles): string {
  const usual = `${account}_${name}`;
  return findProfile(files, usual) === undefined && findProfile(files, name) !== undefined ? name : usual;
}
