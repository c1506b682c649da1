/**
 * Keys over which some reader passes over a session beside them: it assumes the role, asks another source, or refuses
 * the profile (../shared/readers.md, first table). Each of them has another name while a session is there.
 */
export const READ_BEFORE_A_SESSION: readonly string[] = [
  "role_arn",
  "source_profile",
  "credential_source",
  "web_identity_token_file",
  "mfa_serial",
  "role_session_name",
  "external_id",
  "credential_process",
  "sso_session",
  "sso_start_url",
  "sso_region",
  "sso_account_id",
  "sso_role_name",
  "sso_registration_scopes",
  "login_session",
];
/** Those of them that decide in the config file between a role and a session; and those that go with a role. */
const DECIDING = READ_BEFORE_A_SESSION.slice(0, 4);
const WITH_A_ROLE = READ_BEFORE_A_SESSION.slice(0, 7);

const PREFIX = "awsmfa_";
/** The source of a profile without a role, for awsmfa alone: no reader knows it, so no login renames it. */
export const OWN_SOURCE = "awsmfa_source";

/** The keys that a login renames in the config file, which people keep in git: no more than it must. */
export function renamedInConfig(isRole: boolean): readonly string[] {
  return isRole ? WITH_A_ROLE : DECIDING;
}

/** The other name of a key, written as the key is. */
export function renamedName(key: string): string {
  return PREFIX + key;
}

/** The key that such a name, in any letters, belongs to; undefined for any other. */
export function keyOfRenamed(name: string): string | undefined {
  const key = name.slice(PREFIX.length);
  return name.toLowerCase().startsWith(PREFIX) && READ_BEFORE_A_SESSION.includes(key.toLowerCase())
    ? key
    : undefined;
}
