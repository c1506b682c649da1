import { type Answer, isoSeconds } from "./answers.ts";
import type { Call } from "./call.ts";
import { accessDenied, invalidClientTokenId, validationError } from "./refusal.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html: of the caller only. */
export function listMfaDevices({ params, caller: { principal, session } }: Call): Answer {
  // GetSessionToken: "You cannot call any IAM API operations unless MFA authentication information is included".
  if (session !== undefined && !session.mfa && principal.kind !== "role") throw invalidClientTokenId();
  const userName = params.get("UserName");
  if (userName === undefined && principal.kind === "role") {
    throw validationError("Must specify userName when calling with non-User credentials");
  }
  const refusal =
    `User: ${principal.arn} is not authorized to perform: iam:ListMFADevices on resource: user ` +
    (userName ?? principal.name);
  if (principal.denied.includes("iam:ListMFADevices")) {
    throw accessDenied(`${refusal} with an explicit deny in an identity-based policy`);
  }
  if (userName !== undefined && userName !== principal.name) {
    throw accessDenied(`${refusal} because no identity-based policy allows the iam:ListMFADevices action`);
  }
  const devices = principal.devices.map((device) => ({
    UserName: principal.name,
    SerialNumber: device.serial,
    EnableDate: isoSeconds(device.enabledAt.getTime()),
  }));
  return { MFADevices: devices, IsTruncated: "false" };
}
