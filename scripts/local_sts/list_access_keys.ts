import { type Answer, isoSeconds } from "./answers.ts";
import type { Call } from "./call.ts";
import { accessDenied } from "./refusal.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html: of the caller only. */
export function listAccessKeys({ caller: { principal, accessKeyId, active } }: Call): Answer {
  if (principal.denied.includes("iam:ListAccessKeys")) {
    throw accessDenied(
      `User: ${principal.arn} is not authorized to perform: iam:ListAccessKeys on resource: user ${principal.name} ` +
        "with an explicit deny in an identity-based policy",
    );
  }
  const key = {
    UserName: principal.name,
    AccessKeyId: accessKeyId,
    Status: active ? "Active" : "Inactive",
    CreateDate: isoSeconds(principal.keyCreated.getTime()),
  };
  return { AccessKeyMetadata: [key], IsTruncated: "false" };
}
