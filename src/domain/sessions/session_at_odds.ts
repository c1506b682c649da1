import { isSameRole } from "../aws/partition.ts";
import { type Profile, valueIn } from "../aws_files/profiles.ts";
import { namesRole, roleValue } from "../placement/role.ts";
import { readMark } from "../keys/session_mark.ts";

/**
 * True where awsmfa's session stands in a profile and `role_arn` has its own name again: somebody put the file back as
 * it was, and AWS's tools assume the role rather than use the session.
 */
export function isPassedOver(profile: Profile | undefined): boolean {
  if (profile === undefined || readMark(profile.inCredentials) === undefined) return false;
  return namesRole(profile.unprefixed ? { ...profile, inConfig: [] } : profile);
}

/** The same in words. */
export function sayPassedOver(name: string): string {
  return `AWS's tools pass over the session of '${name}': role_arn stands in its section again`;
}

/** Who the session in a profile is, where that is not the role that the profile names by now. */
export function otherRoleOf(profile: Profile | undefined): string | undefined {
  const sessionArn = profile && valueIn(profile.inCredentials, "x_principal_arn");
  const roleArn = roleValue(profile, "role_arn");
  if (!sessionArn || roleArn === undefined || isSameRole(sessionArn, roleArn)) return undefined;
  return sessionArn;
}

/** The same in words. */
export function sayOtherRole(name: string, sessionArn: string, roleArn: string): string {
  return `the session in '${name}' is ${sessionArn}, and the profile names ${roleArn} by now`;
}
