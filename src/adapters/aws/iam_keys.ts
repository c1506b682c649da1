import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import type { AccessKey, LastUse } from "../../domain/keys/access_key.ts";
import type { LongTermKeys } from "../../domain/keys/credentials.ts";
import type { StsAccess } from "../../world.ts";
import { notAnswered } from "./aws_call.ts";
import { callIam } from "./iam.ts";

/** The access keys of a user: two at most. Throws StsRefusal or NetworkError, as all of these do. */
export async function listAccessKeys(access: StsAccess, userName: string): Promise<AccessKey[]> {
  const { AccessKeyMetadata } = await callIam(
    access,
    (client) => client.send(new ListAccessKeysCommand({ UserName: userName })),
  );
  return (AccessKeyMetadata ?? []).flatMap(({ AccessKeyId, Status, CreateDate }) =>
    AccessKeyId === undefined
      ? []
      : [{ accessKeyId: AccessKeyId, status: Status ?? "Active", created: CreateDate }]
  );
}

/** Undefined for a key that was never used. */
export async function accessKeyLastUse(
  access: StsAccess,
  accessKeyId: string,
): Promise<LastUse | undefined> {
  const { AccessKeyLastUsed: used } = await callIam(
    access,
    (client) => client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId })),
  );
  if (used?.LastUsedDate === undefined) return undefined;
  return { at: used.LastUsedDate, service: used.ServiceName ?? "", region: used.Region ?? "" };
}

/** Where the answer is lost, a key may have been made all the same, whose secret nobody has. */
export async function createAccessKey(access: StsAccess, userName: string): Promise<LongTermKeys> {
  const { AccessKey: key } = await callIam(
    access,
    (client) => client.send(new CreateAccessKeyCommand({ UserName: userName })),
  );
  if (!key?.AccessKeyId || !key.SecretAccessKey) throw notAnswered("direct");
  return { accessKeyId: key.AccessKeyId, secretAccessKey: key.SecretAccessKey };
}

/** A key that is there; `active` false makes it inactive. */
export async function setAccessKeyActive(
  access: StsAccess,
  userName: string,
  accessKeyId: string,
  active: boolean,
): Promise<void> {
  const Status = active ? "Active" : "Inactive";
  await callIam(
    access,
    (client) =>
      client.send(new UpdateAccessKeyCommand({ UserName: userName, AccessKeyId: accessKeyId, Status })),
  );
}

/** Deletes it for good. */
export async function deleteAccessKey(
  access: StsAccess,
  userName: string,
  accessKeyId: string,
): Promise<void> {
  await callIam(
    access,
    (client) => client.send(new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId: accessKeyId })),
  );
}
