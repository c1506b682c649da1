import { NoCredentialsError } from "../../errors.ts";
import { shellWord } from "../shell/shell_word.ts";
import { refuseForeignSource } from "./foreign_source.ts";
import { MOST_IN_CHAIN, type Profile, soundProfile } from "../aws_files/profiles.ts";
import { type NamedRole, roleOfProfile, roleValue } from "./role.ts";
import { longChain, loopOf } from "./placement_errors.ts";
import {
  ENVIRONMENT,
  type EnvironmentCredentials,
  type KeyFiles,
  ofEnvironment,
  ownKeys,
  rolesBeside,
  type SourceKeys,
} from "./source_keys.ts";
import { keysOfSource } from "./keys_of_source.ts";
import { behindLinks } from "./behind_links.ts";

/** Where the way to a role begins, and the roles in the order in which they are assumed. */
export interface RoleChain {
  readonly source: SourceKeys;
  readonly roles: readonly NamedRole[];
}

/**
 * The chain of a profile with `role_arn`, by the rules of shared/vectors, assume-role-tests.json: a source's own
 * keys win over its role. Throws {@linkcode NoCredentialsError} for a loop, a missing source or missing keys.
 */
export function resolveRoleChain(
  files: KeyFiles,
  profile: Profile,
  environment?: EnvironmentCredentials,
  visited: readonly string[] = [],
): RoleChain {
  const arn = roleValue(profile, "role_arn");
  if (arn === undefined) throw new Error(`profile '${profile.name}' has no role_arn`);
  const role = roleOfProfile(profile, arn);
  const named = roleValue(profile, "source_profile");
  if (named === undefined && roleValue(profile, "credential_source") === ENVIRONMENT) {
    return { source: ofEnvironment(profile, environment), roles: [role] };
  }
  refuseForeignSource(profile, named, files);
  if (named === undefined) {
    throw new NoCredentialsError(
      `profile '${profile.name}' has role_arn, but no source_profile whose keys could assume the role`,
      (shell) => `aws configure set source_profile NAME --profile ${shellWord(profile.name, shell)}`,
    );
  }
  const source = behindLinks(files, named, [...visited, profile.name]);
  const found = (): SourceKeys => keysOfSource(files, source, profile.name, { orSession: true });
  if (source === profile.name) return { source: found(), roles: [role] };
  if (visited.includes(source)) throw loopOf(files, [...visited, profile.name, source]);
  if (visited.length >= MOST_IN_CHAIN) throw longChain(files, visited[0] ?? source, "source_profile");
  const sourceProfile = soundProfile(files, source);
  const isRole = sourceProfile !== undefined && roleValue(sourceProfile, "role_arn") !== undefined;
  if (!isRole || ownKeys(files, source, sourceProfile) !== undefined) {
    const keys = found();
    return { source: keys, roles: [...rolesBeside(files, keys, source), role] };
  }
  const chain = resolveRoleChain(files, sourceProfile, environment, [...visited, profile.name]);
  return { source: chain.source, roles: [...chain.roles, role] };
}
