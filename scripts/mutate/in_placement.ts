import { type Mutation, mutationsOf } from "./mutation.ts";

/** Whose keys log in, and where the session goes. */
export const IN_PLACEMENT: readonly Mutation[] = [
  ...mutationsOf("domain/placement/placement.ts", [
    [`refuseIncludeLoop(files, profile);`, ``, "include-loop"],
    [`findSection(files.credentials, target);`, ``, "target-twice"],
    [`const target = request.to ?? request.name;`, `const target = request.name;`, "to"],
    [`if (!request.force && !request.asTools)`, `if (!request.asTools)`, "force"],
    [
      `[placement.targetProfile, placement.askedProfile, placement.sourceProfile]`,
      `[placement.sourceProfile, placement.askedProfile, placement.targetProfile]`,
      "settings",
    ],
    [`placement.askedProfile, `, ``, "asked-settings"],
    [`?? setting(placement, "aws_mfa_device")`, ``, "broamski-device"],
    [`...(request.role === undefined ? [] : [request.role])`, ``, "named-role"],
    [
      `source.from === "environment" ? undefined : soundProfile`,
      `soundProfile`,
      "environment-has-no-profile",
    ],
    [`askedProfile: target === request.name ? undefined : profile`, `askedProfile: undefined`, "asked"],
  ]),
  ...mutationsOf("domain/placement/foreign_source.ts", [
    [`credentialSource !== undefined && source !== undefined`, `false`, "two-sources"],
    [`=== profile.name) {`, `=== "") {`, "linked-to-itself"],
    [`return profile.unprefixed`, `return false`, "unprefixed"],
    [`["credential_source", "the machine it runs on"],`, ``, "machine"],
    [`["web_identity_token_file", "a web identity"],`, ``, "web-identity"],
    [`["sso_session", "IAM Identity Center"],`, ``, "sso-session"],
    [`["sso_start_url", "IAM Identity Center"],`, ``, "sso-url"],
    [`["credential_process", "another program"],`, ``, "program"],
    [`["login_session", "aws login"],`, ``, "aws-login"],
  ]),
  ...mutationsOf("domain/sessions/session_at_odds.ts", [
    [`readMark(profile.inCredentials) === undefined`, `false`, "other-session"],
    [`|| isSameRole(sessionArn, roleArn)`, ``, "same-role"],
  ]),
  ...mutationsOf("domain/placement/source_keys.ts", [
    [
      `if (found.kind === "partial") throw partialKeys(files.credentials.path, section, found.missing);`,
      ``,
      "half-beside",
    ],
    [`["-long-term", "_permanent"]`, `["-long-term"]`, "permanent"],
    [` && section !== each`, ``, "bare-suffix"],
    [`if (inCredentials.kind === "partial") {`, `if (false) {`, "half"],
    [`if (inConfig.kind === "partial") throw`, `if (false) throw`, "half-in-config"],
    [`if (backedUp.kind === "long-term") {`, `if (false) {`, "backup"],
    [`if (inConfig.kind === "long-term") {`, `if (false) {`, "config"],
  ]),
  ...mutationsOf("domain/placement/role.ts", [
    [`?? roleValue(profile.included(), key)`, ``, "included"],
    [`{ least: 900, most: 43_200, usual: 3_600 }`, `{ least: 0, most: 43_200, usual: 3_600 }`, "least"],
    [`externalId: profile.get("external_id")`, `externalId: undefined`, "external-id"],
    [`sessionName: profile.get("role_session_name")`, `sessionName: undefined`, "session-name"],
    [`duration: profile.get("duration_seconds")`, `duration: undefined`, "duration"],
    [`sessionName && checkSessionName(`, `sessionName && String(`, "check-name"],
    [`/^[\\w+=,.@-]{2,64}$/.test(name)`, `/^[\\w+=,.@-]{1,64}$/.test(name)`, "short-name"],
  ]),
  ...mutationsOf("domain/placement/role_seconds.ts", [
    [`wished ?? role.seconds ?? Math`, `role.seconds ?? wished ?? Math`, "wish"],
    [`Math.min(usual ?? ROLE_SECONDS.usual, CHAINED_ROLE_SECONDS)`, `(usual ?? ROLE_SECONDS.usual)`, "usual"],
    [`seconds > ROLE_SECONDS.most`, `false`, "most"],
    [`roles.length > 1 && seconds > CHAINED_ROLE_SECONDS`, `false`, "chain"],
    [`return seconds > CHAINED_ROLE_SECONDS;`, `return false;`, "own-code"],
    [`roles.at(-1)`, `roles[0]`, "last-role"],
  ]),
  ...mutationsOf("domain/keys/credentials.ts", [
    [`if (accessKeyId.startsWith("ASIA")) return true;`, ``, "asia"],
    [`!accessKeyId.startsWith("AKIA") && `, ``, "akia"],
    [
      `a.accessKeyId === b.accessKeyId && a.secretAccessKey === b.secretAccessKey`,
      `a.accessKeyId === b.accessKeyId`,
      "same-secret",
    ],
    [`if (accessKeyId === "") return { kind: "partial"`, `if (false) return { kind: "partial"`, "half-id"],
    [
      `if (secretAccessKey === "") return { kind: "partial"`,
      `if (false) return { kind: "partial"`,
      "half-secret",
    ],
  ]),
  ...mutationsOf("domain/paths/locations.ts", [
    [`env("USERPROFILE") || joinDrive(env)`, `joinDrive(env)`, "userprofile"],
  ]),
  ...mutationsOf("domain/placement/placement_row.ts", [
    [
      `there.kind === "long-term" && !sameKeys(there.keys, source.keys)`,
      `there.kind === "long-term"`,
      "same-keys",
    ],
    [`!request.named && request.environment`, `request.environment`, "named"],
    [`sourceName !== undefined && sourceName !== name`, `sourceName !== undefined`, "own-source"],
  ]),
  ...mutationsOf("domain/placement/behind_links.ts", [
    [`return isOther ? name : behindLinks(files, name);`, `return name;`, "link"],
  ]),
  ...mutationsOf("domain/placement/role_chain.ts", [
    [`=== ENVIRONMENT) {`, `=== "") {`, "environment"],
    [
      `if (!isRole || ownKeys(files, source, sourceProfile) !== undefined) {`,
      `if (!isRole) {`,
      "own-keys-before-role",
    ],
    [`if (source === profile.name) return`, `if (source === "") return`, "own-source"],
    [`roles: [...chain.roles, role] }`, `roles: [role, ...chain.roles] }`, "order-of-roles"],
  ]),
  ...mutationsOf("domain/placement/keys_of_source.ts", [
    [
      `next !== undefined && next !== name && roleValue`,
      `next !== undefined && roleValue`,
      "source-of-itself",
    ],
  ]),
];
