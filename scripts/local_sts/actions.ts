import type { Answer, Service } from "./answers.ts";
import { assumeRole } from "./assume_role.ts";
import type { Call } from "./call.ts";
import { getCallerIdentity, getSessionToken } from "./get_session_token.ts";
import {
  createAccessKey,
  deleteAccessKey,
  getAccessKeyLastUsed,
  updateAccessKey,
} from "./edit_access_keys.ts";
import {
  createVirtualMfaDevice,
  deactivateMfaDevice,
  deleteVirtualMfaDevice,
  enableMfaDevice,
  listVirtualMfaDevices,
  resyncMfaDevice,
} from "./edit_mfa_devices.ts";
import { listAccessKeys } from "./list_access_keys.ts";
import { listMfaDevices } from "./list_mfa_devices.ts";

/** An action: the result element it answers with, or a Refusal thrown. */
export interface Action {
  readonly service: Service;
  readonly run: (call: Call) => Answer;
}

/** Every action that is answered here; all others are InvalidAction. */
export const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ["GetCallerIdentity", { service: "sts", run: getCallerIdentity }],
  ["GetSessionToken", { service: "sts", run: getSessionToken }],
  ["AssumeRole", { service: "sts", run: assumeRole }],
  ["CreateAccessKey", { service: "iam", run: createAccessKey }],
  ["UpdateAccessKey", { service: "iam", run: updateAccessKey }],
  ["DeleteAccessKey", { service: "iam", run: deleteAccessKey }],
  ["GetAccessKeyLastUsed", { service: "iam", run: getAccessKeyLastUsed }],
  ["ListAccessKeys", { service: "iam", run: listAccessKeys }],
  ["CreateVirtualMFADevice", { service: "iam", run: createVirtualMfaDevice }],
  ["EnableMFADevice", { service: "iam", run: enableMfaDevice }],
  ["ResyncMFADevice", { service: "iam", run: resyncMfaDevice }],
  ["DeactivateMFADevice", { service: "iam", run: deactivateMfaDevice }],
  ["DeleteVirtualMFADevice", { service: "iam", run: deleteVirtualMfaDevice }],
  ["ListVirtualMFADevices", { service: "iam", run: listVirtualMfaDevices }],
  ["ListMFADevices", { service: "iam", run: listMfaDevices }],
]);
