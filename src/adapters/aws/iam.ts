import {
  IAMClient,
  IAMServiceException,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
} from "@aws-sdk/client-iam";
import type { MfaDevice } from "../../domain/aws/mfa_device.ts";
import type { StsAccess } from "../../world.ts";
import { call } from "./aws_call.ts";

/** The MFA devices of the keys' owner. Throws StsRefusal or NetworkError. */
export async function listMfaDevices(access: StsAccess): Promise<MfaDevice[]> {
  const { MFADevices } = await callIam(access, (client) => client.send(new ListMFADevicesCommand({})));
  return (MFADevices ?? []).flatMap(({ SerialNumber, EnableDate }) =>
    SerialNumber === undefined ? [] : [{ serial: SerialNumber, enabledAt: EnableDate }]
  );
}

/** When the access key was made; undefined where IAM does not list it. Throws StsRefusal or NetworkError. */
export async function accessKeyCreated(access: StsAccess): Promise<Date | undefined> {
  const { AccessKeyMetadata } = await callIam(access, (client) => client.send(new ListAccessKeysCommand({})));
  return AccessKeyMetadata?.find(({ AccessKeyId }) => AccessKeyId === access.keys.accessKeyId)?.CreateDate;
}

/** One call of IAM. Throws StsRefusal or NetworkError. */
export function callIam<T>(access: StsAccess, send: (client: IAMClient) => Promise<T>): Promise<T> {
  const endpoint = access.iamEndpoint === undefined ? {} : { endpoint: access.iamEndpoint };
  return call(access, IAMServiceException, (config) => send(new IAMClient({ ...config, ...endpoint })));
}
