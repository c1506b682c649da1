import { type Answer, isoSeconds } from "./answers.ts";
import type { Call } from "./call.ts";
import { iamUser } from "./iam_user.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html: of the caller only. */
export function listMfaDevices(call: Call): Answer {
  const user = iamUser(call, "ListMFADevices");
  const devices = user.devices.map((device) => ({
    UserName: user.name,
    SerialNumber: device.serial,
    EnableDate: isoSeconds(device.enabledAt.getTime()),
  }));
  return { MFADevices: devices, IsTruncated: "false" };
}
