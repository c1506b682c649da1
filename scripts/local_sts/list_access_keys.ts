import { type Answer, isoSeconds } from "./answers.ts";
import type { Call } from "./call.ts";
import { iamUser } from "./iam_user.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html: of the caller only. */
export function listAccessKeys(call: Call): Answer {
  const user = iamUser(call, "ListAccessKeys");
  const keys = call.directory.keysOf(user).map(({ accessKeyId, status, created }) => ({
    UserName: user.name,
    AccessKeyId: accessKeyId,
    Status: status,
    CreateDate: isoSeconds(created),
  }));
  return { AccessKeyMetadata: keys, IsTruncated: "false" };
}
