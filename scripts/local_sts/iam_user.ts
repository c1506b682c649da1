import type { Call } from "./call.ts";
import type { Principal } from "./people.ts";
import { accessDenied, invalidClientTokenId, validationError } from "./refusal.ts";

/** What AWS's policy leaves out of its NotAction, so that a person can enroll a first device. */
const withoutMfa = [
  "CreateVirtualMFADevice",
  "EnableMFADevice",
  "ListMFADevices",
  "ListVirtualMFADevices",
  "ResyncMFADevice",
];

/**
 * The user that an IAM call is about: the caller, by name or without one. Throws AWS's refusal where a policy of the
 * user's forbids `action` ("ListAccessKeys"), or it is about somebody else.
 */
export function iamUser({ params, caller: { principal, session } }: Call, action: string): Principal {
  // GetSessionToken: "You cannot call any IAM API operations unless MFA authentication information is included".
  if (session !== undefined && !session.mfa && principal.kind !== "role") throw invalidClientTokenId();
  const userName = params.get("UserName");
  if (userName === undefined && principal.kind === "role") {
    throw validationError("Must specify userName when calling with non-User credentials");
  }
  const refusal = `User: ${principal.arn} is not authorized to perform: iam:${action} on resource: user ` +
    (userName ?? principal.name);
  const needsMfa = principal.iamNeedsMfa && !withoutMfa.includes(action);
  if (principal.denied.includes(`iam:${action}`) || (needsMfa && !session?.mfa)) {
    throw accessDenied(`${refusal} with an explicit deny in an identity-based policy`);
  }
  if (userName !== undefined && userName !== principal.name) {
    throw accessDenied(`${refusal} because no identity-based policy allows the iam:${action} action`);
  }
  return principal;
}
