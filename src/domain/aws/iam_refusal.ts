import { type Failure, RefusedError } from "../../errors.ts";
import type { CallContext, StsRefusal } from "./sts_refusal.ts";
import { explainRefusal } from "./explain_refusal.ts";

/** The actions of `awsmfa rotate`, as AWS's own self-management policy allows them. */
const ROTATION = [
  "CreateAccessKey",
  "DeleteAccessKey",
  "GetAccessKeyLastUsed",
  "ListAccessKeys",
  "UpdateAccessKey",
].map((action) => `iam:${action}`);

/**
 * What a refusal of an IAM action ("CreateAccessKey") means. The statement is that of the IAM user guide, "Allows
 * MFA-authenticated IAM users to manage their own credentials on the Security credentials page".
 */
export function explainIamRefusal(
  refusal: StsRefusal,
  action: string,
  partition: string,
  context: CallContext,
): Failure {
  if (/^LimitExceeded(Exception)?$/.test(refusal.code)) {
    return new RefusedError(
      `AWS refuses iam:${action}: the user has as many as it allows (LimitExceeded)`,
      action === "CreateAccessKey"
        ? "awsmfa rotate shows both keys, and --delete-inactive KEYID makes room"
        : undefined,
    );
  }
  if (!refusal.code.startsWith("AccessDenied")) return explainRefusal(refusal, context);
  const statement = {
    Effect: "Allow",
    Action: ROTATION,
    Resource: `arn:${partition}:iam::*:user/\${aws:username}`,
  };
  const denied = /explicit deny/.test(refusal.message) ? ", by an explicit deny" : "";
  return new RefusedError(
    `AWS does not let the user call iam:${action}${denied}`,
    `an administrator can allow it: ${JSON.stringify(statement)}`,
  );
}
