import { type Answer, isoSeconds } from "./answers.ts";
import type { Call } from "./call.ts";
import { checkConstraints, sessionConstraints } from "./constraints.ts";
import { provesMfa } from "./mfa.ts";
import type { TemporaryCredential } from "./people.ts";
import { accessDenied } from "./refusal.ts";

const rootMaxSeconds = 3600;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export function getSessionToken({ params, caller, directory, now, deviceNow }: Call): Answer {
  const { principal } = caller;
  if (caller.session !== undefined) {
    throw accessDenied("Cannot call GetSessionToken with session credentials");
  }
  checkConstraints(params, sessionConstraints);
  if (principal.denied.includes("sts:GetSessionToken")) {
    throw accessDenied(
      `User: ${principal.arn} is not authorized to perform: sts:GetSessionToken on resource: * with an explicit ` +
        "deny in an identity-based policy",
    );
  }
  const mfa = provesMfa(params, principal, deviceNow);
  const asked = Number(params.get("DurationSeconds") ?? 43200);
  // AWS gives the root user an hour at most, and says nothing about it.
  const seconds = principal.kind === "root" ? Math.min(asked, rootMaxSeconds) : asked;
  return { Credentials: credentialsAnswer(directory.issue(principal, now + seconds * 1000, mfa)) };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: no policy can deny it. */
export function getCallerIdentity({ caller: { principal } }: Call): Answer {
  return { Arn: principal.arn, UserId: principal.userId, Account: principal.accountId };
}

/** The Credentials element of a temporary key. */
export function credentialsAnswer(issued: TemporaryCredential): Answer {
  return {
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretAccessKey,
    SessionToken: issued.session.token,
    Expiration: isoSeconds(issued.session.expires),
  };
}
