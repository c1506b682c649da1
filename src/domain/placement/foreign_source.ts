import { NoCredentialsError } from "../../errors.ts";
import { linkIn } from "./linked_profile.ts";
import { loopOf } from "./placement_errors.ts";
import type { Profile, Profiles } from "../aws_files/profiles.ts";
import { shellWord } from "../shell/shell_word.ts";

/** Ways to credentials that need no MFA code from awsmfa's hands. */
export function refuseForeignSource(profile: Profile, source: string | undefined, files: Profiles): void {
  const credentialSource = profile.get("credential_source");
  if (credentialSource !== undefined && source !== undefined) {
    throw new NoCredentialsError(
      `profile '${profile.name}' has both source_profile and credential_source`,
      `remove one of them from ${files.config.path}`,
    );
  }
  // All other links were followed, down to here.
  if (linkIn(profile.own("credential_process") ?? "") === profile.name) {
    throw loopOf(files, [profile.name, profile.name]);
  }
  const foreign = FOREIGN.find(([key]) => profile.get(key) !== undefined);
  if (foreign !== undefined) {
    throw new NoCredentialsError(
      `profile '${profile.name}' gets its credentials through ${foreign[1]} (${
        foreign[0]
      }), which awsmfa has no part in`,
      (shell) => {
        const use = `aws sts get-caller-identity --profile ${shellWord(profile.name, shell)}`;
        return profile.unprefixed
          ? `AWS's tools don't see [${profile.name}] in ${files.config.path}: write it as [profile ${profile.name}], then: ${use}`
          : `use it without awsmfa: ${use}`;
      },
    );
  }
}

/** True where a profile gets its credentials in such a way. */
export function isForeign(profile: Profile): boolean {
  return FOREIGN.some(([key]) => profile.get(key) !== undefined);
}

const FOREIGN: [key: string, name: string][] = [
  ["credential_source", "the machine it runs on"],
  ["web_identity_token_file", "a web identity"],
  ["sso_session", "IAM Identity Center"],
  ["sso_start_url", "IAM Identity Center"],
  ["sso_account_id", "IAM Identity Center"],
  ["credential_process", "another program"],
  ["login_session", "aws login"],
];
