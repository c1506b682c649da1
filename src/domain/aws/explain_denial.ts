import { type Failure, RefusedError } from "../../errors.ts";
import { describeSeconds } from "../text/duration.ts";
import type { CallContext } from "./sts_refusal.ts";

/** AWS names the kind of policy at the end of its text (IAM user guide, "Troubleshoot access denied"). */
export function denied(message: string): Failure {
  const hint = whoForbids(message) ??
    (/explicit deny/.test(message)
      ? "an administrator must remove the deny from the user's own policies"
      : "an administrator must allow this action for the user");
  return new RefusedError(`AWS refused: ${withoutSecrets(message)}`, hint);
}

/** Whom to ask, where it is not the user's own policies that forbid it. */
function whoForbids(message: string): string | undefined {
  const [, kind] = /with an explicit deny in (?:an? )?(.+?)(?::|$)/m.exec(message) ??
    /because no (.+?) allows/.exec(message) ?? [];
  const who: [pattern: RegExp, hint: string][] = [
    [
      /service control policy|resource control policy/,
      "the organization forbids it: ask who runs the AWS organization",
    ],
    [/permissions boundary/, "the user's permissions boundary forbids it: ask who set it"],
    [
      /session policy/,
      "the policy of the session that asks forbids it: ask who made that, or log in without it",
    ],
    [
      /VPC endpoint policy/,
      "the VPC endpoint forbids it: ask who runs the network, or leave AWS_ENDPOINT_URL_STS unset",
    ],
  ];
  return who.find(([pattern]) => pattern.test(kind ?? ""))?.[1];
}

/** Why the user may not assume a role, in words. */
export function roleRefused(message: string, { roleArn, externalId, profile }: CallContext): Failure {
  if (/assumed by root/i.test(message)) {
    return new RefusedError(
      `the keys of profile '${profile}' are the root user's, and AWS lets it assume no role`,
      "use an IAM user's access key: awsmfa setup",
    );
  }
  const [, action] = /not authorized to perform: (\S+)/.exec(message) ?? [];
  // Such as sts:TagSession.
  if (action !== undefined && action !== "sts:AssumeRole") return denied(message);
  const reason = action !== undefined || /^not authorized/i.test(message) || message.trim() === ""
    ? ""
    : `: ${withoutSecrets(message)}`;
  const [, user = `the user of profile '${profile}'`] = /User: (arn:\S+) is not authorized/.exec(message) ??
    [];
  const hint = externalId === undefined
    ? "does the role's trust policy name the user, and does it want an external id (external_id, --external-id)?"
    : "does the role's trust policy name the user, and this external id?";
  const own = /explicit deny in (an? )?identity-based policy/.test(message)
    ? "an administrator must remove the deny from the user's own policies; it may be one that wants MFA"
    : /no identity-based policy allows/.test(message)
    ? "an administrator must allow sts:AssumeRole on this role for the user"
    : undefined;
  return new RefusedError(`${user} may not assume ${roleArn}${reason}`, whoForbids(message) ?? own ?? hint);
}

/** AWS says that the maximum is exceeded, and not always what it is. */
export function roleTooLong(message: string, roleArn: string): Failure {
  const [, seconds] = /less than or equal to (\d+)/.exec(message) ?? [];
  const most = seconds === undefined ? "its MaxSessionDuration" : describeSeconds(Number(seconds));
  return new RefusedError(
    `the role ${roleArn} doesn't allow sessions that long: ${withoutSecrets(message)}`,
    `ask for less than ${most}: --duration 1h, or duration_seconds of the profile`,
  );
}

/** One line of AWS's text; a canonical request in it may hold a session token. */
export function withoutSecrets(message: string): string {
  const [line = ""] = message.split("\n");
  return line.trim().slice(0, 300);
}
