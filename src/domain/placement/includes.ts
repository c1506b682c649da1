import { NoCredentialsError } from "../../errors.ts";
import { longChain } from "./placement_errors.ts";
import {
  findProfile,
  includedName,
  MOST_IN_CHAIN,
  type Profile,
  profileNames,
  type Profiles,
} from "../aws_files/profiles.ts";

/** Throws {@linkcode NoCredentialsError} where a profile includes itself by way of others, as aws-vault does. */
export function refuseIncludeLoop(files: Profiles, profile: Profile | undefined): void {
  const names = profile === undefined ? [] : [profile.name];
  for (let at = profile; at !== undefined;) {
    const next: string | undefined = includedName(at);
    if (next === undefined) return;
    names.push(next);
    if (names.indexOf(next) < names.length - 1) {
      throw new NoCredentialsError(
        `the included profiles form a loop: ${names.map((name) => `'${name}'`).join(" -> ")}`,
        `correct include_profile in ${files.config.path}`,
      );
    }
    if (names.length > MOST_IN_CHAIN) throw longChain(files, names[0] ?? "", "include_profile");
    at = findProfile(files, next);
  }
}

/** The profiles that include one which is nowhere, and its name. */
export function missingIncludes(files: Profiles): [profile: string, included: string][] {
  return profileNames(files).flatMap((name): [string, string][] => {
    const profile = findProfile(files, name);
    const included = profile && includedName(profile);
    return included === undefined || findProfile(files, included) !== undefined ? [] : [[name, included]];
  });
}
