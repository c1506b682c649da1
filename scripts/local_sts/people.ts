import type { Device, DeviceOptions } from "./device.ts";

/** The AWS partitions whose keys this STS keeps apart. */
export type Partition = "aws" | "aws-cn" | "aws-us-gov";

/** How a user is made. Where nothing is said: one virtual device, partition aws, account 123456789012. */
export interface UserOptions {
  partition: Partition;
  /** Twelve digits. */
  accountId: string;
  /** "/" or "/division/team/": in the user's ARN, never in the device's. */
  path: string;
  name: string;
  /** The account's root user, which has neither name nor path. */
  root: boolean;
  accessKeyId: string;
  secretAccessKey: string;
  /** Name of the one virtual device that a user gets when `devices` is not given. */
  deviceName: string;
  devices: readonly Partial<DeviceOptions>[];
  /** When the long-term key was made; 2026-01-02 if left out. */
  keyCreated: Date;
  /** A policy denies every IAM action without MFA, as AWS's self-management policy does. */
  iamNeedsMfa: boolean;
  /** Actions that a policy denies the user, such as "sts:GetSessionToken" or "iam:ListMFADevices". */
  denied: readonly string[];
}

/** A user as a test sees one. `serial` and `totpSecret` (base32) are those of the first device that shows codes. */
export interface User {
  readonly arn: string;
  readonly accountId: string;
  readonly userId: string;
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Without a device that shows codes: the serial that a virtual one would have. */
  readonly serial: string;
  /** Empty without a device that shows codes. */
  readonly totpSecret: string;
  /** Serials of all devices, FIDO keys included. */
  readonly serials: readonly string[];
}

/** How a role is made: by `arn`, or by `name` and the rest. */
export interface RoleOptions {
  arn?: string;
  name?: string;
  accountId?: string;
  partition?: Partition;
  /** ARNs of users, roles or assumed roles; true for everybody in the role's account, which is the default. */
  trusts?: readonly string[] | true;
  requireMfa?: boolean;
  externalId?: string;
  /** Seconds; 3600 where nothing is said, as in IAM. */
  maxDurationSeconds?: number;
}

/** A role that can be assumed. `name` is without the path. */
export interface Role {
  readonly arn: string;
  readonly accountId: string;
  readonly partition: string;
  readonly name: string;
  readonly roleId: string;
  readonly trusts: readonly string[] | true;
  readonly requireMfa: boolean;
  readonly externalId: string | undefined;
  readonly maxDurationSeconds: number;
}

/** Who a key stands for, as GetCallerIdentity tells it; `roleArn` only for an assumed role. */
export interface Principal {
  readonly kind: "user" | "root" | "role";
  readonly arn: string;
  readonly accountId: string;
  readonly userId: string;
  readonly partition: string;
  readonly name: string;
  readonly roleArn?: string;
  readonly devices: Device[];
  readonly denied: readonly string[];
  readonly iamNeedsMfa: boolean;
}

/** As IAM lists it: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyMetadata.html */
export type KeyStatus = "Active" | "Inactive" | "Expired";

/** A long-term key as a test sees one. */
export interface UserKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly status: KeyStatus;
}

/** The last call that a key signed: time in milliseconds since 1970, service as AWS writes it ("sts"). */
export interface LastUse {
  readonly time: number;
  readonly region: string;
  readonly service: string;
}

/** A key that can sign: `session` is there for temporary ones, its `expires` in milliseconds since 1970. */
export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly principal: Principal;
  readonly session?: { readonly token: string; readonly expires: number; readonly mfa: boolean };
  status: KeyStatus;
  /** Milliseconds since 1970. */
  readonly created: number;
  lastUse: LastUse | undefined;
  /** Whether the next request that it signs is refused, and so on: a new key is not known everywhere at once. */
  readonly refusals: boolean[];
}

/** A key with a session. */
export type TemporaryCredential = Credential & Required<Pick<Credential, "session">>;
