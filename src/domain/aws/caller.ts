import { UsageError } from "../../errors.ts";
import { checkSerial, deriveSerial } from "./mfa_device.ts";

/** Whose keys they are, of an ARN that sts:GetCallerIdentity gave. */
export interface KeyOwner {
  readonly account: string;
  readonly partition: string;
  /** Undefined for the root user. */
  readonly userName: string | undefined;
}

/** Throws NoCredentialsError for a caller that is no user, and so has no MFA device. */
export function ownerOf(callerArn: string): KeyOwner {
  deriveSerial(callerArn);
  const [, partition = "", account = "", name] =
    /^arn:([^:]+):iam::(\d+):(?:root|user\/(?:.*\/)?([^/]+))$/.exec(
      callerArn,
    ) ?? [];
  return { account, partition, userName: name };
}

/** "'alice', an IAM user of account 123456789012". */
export function describeOwner({ account, partition, userName }: KeyOwner): string {
  const who = userName === undefined ? "the root user" : `'${userName}', an IAM user`;
  return `${who} of account ${account}${partition === "aws" ? "" : ` (partition ${partition})`}`;
}

/** A serial number of a device that can be the owner's: both are of one account. Throws UsageError. */
export function checkDeviceOf(owner: KeyOwner, serial: string, source: string): string {
  const [, partition, account] = /^arn:([^:]+):iam::(\d+):/.exec(checkSerial(serial, source)) ?? [];
  if (partition === undefined || (partition === owner.partition && account === owner.account)) return serial;
  throw new UsageError(
    `${source}: '${serial}' is of account ${account}, partition ${partition}, and the keys are of account ` +
      `${owner.account}, partition ${owner.partition}`,
    "an MFA device is of the same account as its user",
  );
}
