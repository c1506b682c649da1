import { NoCredentialsError, RefusedError, UsageError } from "../../errors.ts";

/**
 * The serial number of the virtual MFA device that the AWS console proposes for the caller of
 * sts:GetCallerIdentity: `arn:PARTITION:iam::ACCOUNT:mfa/NAME`, without the user's path; the root user's is
 * `mfa/root-account-mfa-device` (IAM user guide, "IAM identifiers" and "Virtual MFA device for the root user").
 * Throws {@linkcode NoCredentialsError} for a caller that is no user.
 */
export function deriveSerial(callerArn: string): string {
  const [, partition, service, account, resource] =
    /^arn:([a-z0-9-]+):(iam|sts)::(\d{12}):(.+)$/.exec(callerArn) ?? [];
  const prefix = `arn:${partition}:iam::${account}:mfa/`;
  if (service === "iam" && resource === "root") return `${prefix}root-account-mfa-device`;
  if (service === "iam" && resource?.startsWith("user/")) {
    return prefix + resource.slice(resource.lastIndexOf("/") + 1);
  }
  if (resource === undefined) {
    throw new RefusedError(
      `AWS named the caller '${callerArn}', which is no ARN`,
      "name the device: --serial ARN",
    );
  }
  const what = resource.startsWith("assumed-role/")
    ? "an assumed role"
    : resource.startsWith("federated-user/")
    ? "a federated user"
    : "no IAM user";
  throw new NoCredentialsError(
    `these keys belong to ${what} (${callerArn}), and only an IAM user has an MFA device`,
    "use the long-term access key of an IAM user",
  );
}

/**
 * A serial number as sts:GetSessionToken takes it: an ARN, or what is printed on a hardware token (AWS STS API
 * reference: 9 to 256 characters of [\w+=/:,.@-]). `source` names where it stands. Throws {@linkcode UsageError}.
 */
export function checkSerial(serial: string, source: string): string {
  if (/^[\w+=/:,.@-]{9,256}$/.test(serial)) return serial;
  throw new UsageError(
    `${source}: '${serial}' isn't an MFA device's serial number`,
    "for example arn:aws:iam::123456789012:mfa/alice, or the number printed on a hardware token",
  );
}

/** The name of the caller of an ARN, as a role session name: CloudTrail shows it beside the role. */
export function nameOfCaller(callerArn: string): string {
  const name = callerArn.slice(Math.max(callerArn.lastIndexOf("/"), callerArn.lastIndexOf(":")) + 1);
  // A role session name has two characters at least (AWS STS API reference, AssumeRole); an IAM user's name may have one.
  return name.length < 2 ? `${name}-awsmfa` : name.slice(0, 64);
}

/** An MFA device as iam:ListMFADevices names it. */
export interface MfaDevice {
  readonly serial: string;
  readonly enabledAt: Date | undefined;
}

/** `fido`: passkeys and security keys, which sts:GetSessionToken takes no code of. */
export type DeviceKind = "virtual" | "hardware" | "fido" | "sms";

/** By the serial number (IAM user guide, "IAM identifiers"); that of a hardware token is no ARN. */
export function kindOfDevice(serial: string): DeviceKind {
  const [, resource] = /^arn:[a-z0-9-]+:iam::\d{12}:([a-z0-9-]+)\//.exec(serial) ?? [];
  if (resource === undefined) return "hardware";
  return resource === "u2f" ? "fido" : resource === "sms-mfa" ? "sms" : "virtual";
}

/** True where the device shows codes that STS takes. */
export function showsCodes(serial: string): boolean {
  const kind = kindOfDevice(serial);
  return kind === "virtual" || kind === "hardware";
}

/** The name at the end of a serial number's ARN; the number of a hardware token. */
export function nameOfDevice(serial: string): string {
  return serial.slice(Math.max(serial.lastIndexOf("/"), serial.lastIndexOf(":")) + 1);
}

/** The device that a user's ARN, given by mistake, most likely means; undefined for another serial number. */
export function deviceOfUserArn(serial: string): string | undefined {
  return /^arn:[a-z0-9-]+:iam::\d{12}:user\/.+$/.test(serial) ? deriveSerial(serial) : undefined;
}
