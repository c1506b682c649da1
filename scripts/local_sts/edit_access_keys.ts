import { type Answer, isoSeconds } from "./answers.ts";
import type { Call } from "./call.ts";
import { checkConstraints, type Constraint } from "./constraints.ts";
import { iamUser } from "./iam_user.ts";
import type { Credential, Principal } from "./people.ts";
import { accessDenied, noSuchEntity, Refusal } from "./refusal.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: access keys of a user. */
const mostKeys = 2;
const keyId: Constraint = {
  name: "AccessKeyId",
  required: true,
  minLength: 16,
  maxLength: 128,
  pattern: "[\\w]+",
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
export function createAccessKey(call: Call): Answer {
  const user = iamUser(call, "CreateAccessKey");
  const { directory, now, newKeyRefusals } = call;
  if (directory.keysOf(user).length >= mostKeys) {
    throw new Refusal(409, "LimitExceeded", `Cannot exceed quota for AccessKeysPerUser: ${mostKeys}`);
  }
  const key = directory.addKey(user, { created: now, refusals: newKeyRefusals });
  return {
    AccessKey: {
      UserName: user.name,
      AccessKeyId: key.accessKeyId,
      Status: key.status,
      SecretAccessKey: key.secretAccessKey,
      CreateDate: isoSeconds(key.created),
    },
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
export function updateAccessKey(call: Call): Answer {
  checkConstraints(call.params, [keyId, { name: "Status", required: true, pattern: "Active|Inactive" }]);
  const key = keyOf(call, iamUser(call, "UpdateAccessKey"));
  key.status = call.params.get("Status") === "Active" ? "Active" : "Inactive";
  return {};
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html: an active key, too. */
export function deleteAccessKey(call: Call): Answer {
  checkConstraints(call.params, [keyId]);
  const key = keyOf(call, iamUser(call, "DeleteAccessKey"));
  call.directory.keys.delete(key.accessKeyId);
  return {};
}

/**
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html: without a date, and with N/A, for
 * a key that was never used. A key of somebody else is denied, as one that is not there.
 */
export function getAccessKeyLastUsed(call: Call): Answer {
  checkConstraints(call.params, [keyId]);
  const user = iamUser(call, "GetAccessKeyLastUsed");
  const accessKeyId = call.params.get("AccessKeyId");
  const key = call.directory.keysOf(user).find((each) => each.accessKeyId === accessKeyId);
  if (key === undefined) {
    throw accessDenied(
      `User: ${call.caller.principal.arn} is not authorized to perform: iam:GetAccessKeyLastUsed on resource: ` +
        `access key ${accessKeyId}`,
    );
  }
  const { lastUse } = key;
  return {
    UserName: user.name,
    AccessKeyLastUsed: lastUse === undefined ? { ServiceName: "N/A", Region: "N/A" } : {
      LastUsedDate: isoSeconds(lastUse.time),
      ServiceName: lastUse.service,
      Region: lastUse.region,
    },
  };
}

function keyOf({ params, directory }: Call, user: Principal): Credential {
  const accessKeyId = params.get("AccessKeyId") ?? "";
  const key = directory.keysOf(user).find((each) => each.accessKeyId === accessKeyId);
  if (key === undefined) throw noSuchEntity(`The Access Key with id ${accessKeyId} cannot be found.`);
  return key;
}
