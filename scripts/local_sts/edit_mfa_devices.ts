import { type Answer, isoSeconds } from "./answers.ts";
import type { Call } from "./call.ts";
import { checkConstraints, type Constraint } from "./constraints.ts";
import { acceptPair, type Device, deviceSecret, makeDevice } from "./device.ts";
import { iamUser } from "./iam_user.ts";
import type { Principal } from "./people.ts";
import { entityAlreadyExists, noSuchEntity, Refusal } from "./refusal.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: MFA devices of a user. */
const mostDevices = 8;
/** Steps that a device's clock may be off: for a new one, and to bring one in step again. */
const near = 1;
const far = 60;

const serialNumber: Constraint = {
  name: "SerialNumber",
  required: true,
  minLength: 9,
  maxLength: 256,
  pattern: "[\\w+=/:,.@-]+",
};
const code = (name: string): Constraint => ({
  name,
  required: true,
  minLength: 6,
  maxLength: 6,
  pattern: "[\\d]+",
});
const codes = [code("AuthenticationCode1"), code("AuthenticationCode2")];

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html: it is nobody's yet. */
export function createVirtualMfaDevice(call: Call): Answer {
  checkConstraints(call.params, [
    { name: "VirtualMFADeviceName", required: true, minLength: 1, pattern: "[\\w+=,.@-]+" },
  ]);
  const { arn } = iamUser(call, "CreateVirtualMFADevice");
  const name = call.params.get("VirtualMFADeviceName") ?? "";
  const [prefix = ""] = arn.split(":user/");
  const device = makeDevice({ name }, prefix, name);
  const { devices } = call.directory;
  if (devices.has(device.serial)) {
    throw entityAlreadyExists("MFADevice entity at the same path and name already exists.");
  }
  devices.set(device.serial, device);
  // A blob of the API: base64 of the text.
  return { VirtualMFADevice: { SerialNumber: device.serial, Base32StringSeed: btoa(deviceSecret(device)) } };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html */
export function enableMfaDevice(call: Call): Answer {
  checkConstraints(call.params, [serialNumber, ...codes]);
  const user = iamUser(call, "EnableMFADevice");
  const device = call.directory.devices.get(call.params.get("SerialNumber") ?? "");
  if (device === undefined) throw noDevice(call);
  if (isAssigned(call, device)) throw entityAlreadyExists("MFA Device is already in use.");
  if (user.devices.length >= mostDevices) {
    throw new Refusal(409, "LimitExceeded", `Cannot exceed quota for MfaDevicesPerUser: ${mostDevices}`);
  }
  takeCodes(call, device, near);
  device.enabledAt = new Date(call.now);
  user.devices.push(device);
  return {};
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html */
export function resyncMfaDevice(call: Call): Answer {
  checkConstraints(call.params, [serialNumber, ...codes]);
  takeCodes(call, ownDevice(call, iamUser(call, "ResyncMFADevice")), far);
  return {};
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html */
export function deactivateMfaDevice(call: Call): Answer {
  checkConstraints(call.params, [serialNumber]);
  const user = iamUser(call, "DeactivateMFADevice");
  user.devices.splice(user.devices.indexOf(ownDevice(call, user)), 1);
  return {};
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html: one that is nobody's. */
export function deleteVirtualMfaDevice(call: Call): Answer {
  checkConstraints(call.params, [serialNumber]);
  iamUser(call, "DeleteVirtualMFADevice");
  const device = call.directory.devices.get(call.params.get("SerialNumber") ?? "");
  if (device?.kind !== "virtual") throw noDevice(call);
  if (isAssigned(call, device)) {
    throw new Refusal(409, "DeleteConflict", "MFA VirtualDevice in use. Must deactivate first.");
  }
  call.directory.devices.delete(device.serial);
  return {};
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html */
export function listVirtualMfaDevices(call: Call): Answer {
  iamUser(call, "ListVirtualMFADevices");
  const wanted = call.params.get("AssignmentStatus") ?? "Any";
  const devices = [...call.directory.devices.values()].filter((device) =>
    device.kind === "virtual" && (wanted === "Any" || isAssigned(call, device) === (wanted === "Assigned"))
  );
  return {
    VirtualMFADevices: devices.map((device) => ({
      SerialNumber: device.serial,
      ...(isAssigned(call, device) ? { EnableDate: isoSeconds(device.enabledAt.getTime()) } : {}),
    })),
    IsTruncated: "false",
  };
}

function takeCodes({ params, deviceNow }: Call, device: Device, within: number): void {
  const [first = "", second = ""] = codes.map(({ name }) => params.get(name));
  if (acceptPair(device, [first, second], deviceNow, within)) return;
  throw new Refusal(403, "InvalidAuthenticationCode", "Authentication code for device is not valid");
}

function ownDevice(call: Call, { devices }: Principal): Device {
  const device = devices.find(({ serial }) => serial === call.params.get("SerialNumber"));
  if (device === undefined) throw noDevice(call);
  return device;
}

function isAssigned({ directory }: Call, device: Device): boolean {
  return [...directory.keys.values()].some(({ principal }) => principal.devices.includes(device));
}

function noDevice({ params }: Call): Refusal {
  return noSuchEntity(`MFA Device with serial number ${params.get("SerialNumber")} does not exist.`);
}
