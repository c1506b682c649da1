import { acceptCode } from "./device.ts";
import type { Principal } from "./people.ts";
import { accessDenied } from "./refusal.ts";

/**
 * Whether the call carries a good token code; false where it carries none. Throws AWS's AccessDenied for a bad one.
 * `now` is milliseconds since 1970. Only a good code is used up.
 */
export function provesMfa(params: ReadonlyMap<string, string>, principal: Principal, now: number): boolean {
  const serial = params.get("SerialNumber");
  const code = params.get("TokenCode");
  if (serial === undefined && code === undefined) return false;
  if (serial === undefined || code === undefined) {
    throw accessDenied(
      "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
    );
  }
  const device = principal.devices.find((each) => each.serial === serial);
  // A FIDO key shows no codes, and STS treats it as no device at all.
  if (device === undefined || device.kind === "fido") {
    throw accessDenied(
      "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is " +
        "valid and associated with this user.",
    );
  }
  if (!acceptCode(device, code, now)) {
    // The space at the end is AWS's.
    throw accessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
  }
  return true;
}
