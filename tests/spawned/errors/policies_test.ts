import assert from "node:assert/strict";
import { assertFails } from "../../support/failure.ts";
import { startRefusing } from "../../support/refusing_server.ts";
import { openStage } from "../../support/stage.ts";

const WHO = "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: sts:GetSessionToken";

// AWS's texts: IAM user guide, "Troubleshoot access denied error messages"; STS API reference, "Common errors".
const rows: [title: string, status: number, code: string, message: string, says: string, hint: string][] = [
  [
    "a service control policy",
    403,
    "AccessDenied",
    `${WHO} with an explicit deny in a service control policy`,
    `AWS refused: ${WHO} with an explicit deny in a service control policy`,
    "the organization forbids it: ask who runs the AWS organization",
  ],
  [
    "a permissions boundary",
    403,
    "AccessDenied",
    `${WHO} because no permissions boundary allows the sts:GetSessionToken action`,
    `AWS refused: ${WHO} because no permissions boundary allows the sts:GetSessionToken action`,
    "the user's permissions boundary forbids it: ask who set it",
  ],
  [
    "a VPC endpoint policy",
    403,
    "AccessDenied",
    `${WHO} because no VPC endpoint policy allows the sts:GetSessionToken action`,
    `AWS refused: ${WHO} because no VPC endpoint policy allows the sts:GetSessionToken action`,
    "the VPC endpoint forbids it: ask who runs the network, or leave AWS_ENDPOINT_URL_STS unset",
  ],
  [
    "a region that is not enabled",
    403,
    "RegionDisabledException",
    "STS is not activated in this region for account:123456789012.",
    "STS is not enabled for this account in region 'us-east-1', which must be enabled first",
    "name another one: --region us-east-1; or have the region enabled (AWS console > Account > Regions)",
  ],
  [
    "session credentials that look like long-term ones",
    403,
    "AccessDenied",
    "Cannot call GetSessionToken with session credentials",
    "the keys of profile 'default' are temporary; a session needs long-term keys",
    "log in with a profile that holds an IAM user's access key: awsmfa -p NAME",
  ],
  [
    "an expired token",
    403,
    "ExpiredToken",
    "The security token included in the request is expired",
    "the keys of profile 'default' are temporary; a session needs long-term keys",
    "log in with a profile that holds an IAM user's access key: awsmfa -p NAME",
  ],
];

for (const [title, status, code, message, says, hint] of rows) {
  Deno.test(`a refusal that rests on the account's set-up is explained, and no file changes: ${title}`, async () => {
    await using stage = await openStage();
    await using server = startRefusing(status, code, message);
    await assertFails(stage, [stage.code(), "--serial", stage.user.serial], { code: 3, says, hint }, server);
    assert.equal(server.requests(), 1, "it is not asked again");
  });
}
