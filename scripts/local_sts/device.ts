import { base32, totpCode, totpStep } from "./totp.ts";
import { randomBytes, randomDigits } from "./random.ts";

/** What an MFA device is: only the first two show six digits, and only those can be used with STS. */
export type DeviceKind = "virtual" | "hardware" | "fido";

/** How a device is made; the serial is derived from `name` and `kind` unless it is given. */
export interface DeviceOptions {
  serial: string;
  name: string;
  kind: DeviceKind;
  enabledAt: Date;
}

/** An MFA device of a user: a clock of its own, and the memory of the last code that was accepted. */
export interface Device {
  readonly serial: string;
  readonly kind: DeviceKind;
  enabledAt: Date;
  readonly key: Uint8Array;
  /** The step of the last code accepted: it and all before it are refused from then on. */
  lastUsedStep: number;
  /** The furthest step a code was handed out for: the device's clock is at least there. */
  issuedStep: number;
}

/** Makes a device for the user `userName` of the account that `arnPrefix` (arn:PARTITION:iam::ACCOUNT) names. */
export function makeDevice(options: Partial<DeviceOptions>, arnPrefix: string, userName: string): Device {
  const kind = options.kind ?? "virtual";
  return {
    serial: options.serial ?? serialOf(kind, options.name ?? userName, arnPrefix, userName),
    kind,
    enabledAt: options.enabledAt ?? new Date(Date.UTC(2024, 0, 2, 3, 4, 5)),
    key: randomBytes(20),
    lastUsedStep: -1,
    issuedStep: -1,
  };
}

/** The device's secret in base32, as an authenticator app takes it; empty for a FIDO key, which has none. */
export function deviceSecret(device: Device): string {
  return device.kind === "fido" ? "" : base32(device.key);
}

/**
 * A code that is acceptable now and was not used yet. Where the current step's code is used up, the device's clock is
 * put forward to the next step, so that nobody has to wait 30 seconds for it. `now` is in milliseconds since 1970.
 */
export function freshCode(device: Device, now: number): string {
  device.issuedStep = Math.max(totpStep(now), device.lastUsedStep + 1);
  return totpCode(device.key, device.issuedStep);
}

/** Six digits that are the device's code neither now nor in the next ten minutes or so. */
export function staleCode(device: Device, now: number): string {
  const from = Math.min(totpStep(now), clockStep(device, now)) - 2;
  const avoided = new Set(Array.from({ length: 64 }, (_, i) => totpCode(device.key, from + i)));
  let code = randomDigits(6);
  while (avoided.has(code)) code = randomDigits(6);
  return code;
}

/** Takes `code` if it is the one of this step or a neighbour and later than all taken before; only then it is used up. */
export function acceptCode(device: Device, code: string, now: number): boolean {
  const current = clockStep(device, now);
  for (const step of [current - 1, current, current + 1]) {
    if (step > device.lastUsedStep && totpCode(device.key, step) === code) {
      device.lastUsedStep = step;
      return true;
    }
  }
  return false;
}

/** Two codes that follow each other, of two steps that were not used yet: what is not in order uses nothing up. */
export function acceptPair(
  device: Device,
  [first, second]: readonly [string, string],
  now: number,
  within: number,
): boolean {
  const current = clockStep(device, now);
  for (let step = current - within; step <= current + within; step++) {
    const isPair = totpCode(device.key, step) === first && totpCode(device.key, step + 1) === second;
    if (step <= device.lastUsedStep || !isPair) continue;
    device.lastUsedStep = step + 1;
    return true;
  }
  return false;
}

/** The code that is acceptable now and was not used yet, and the one after it. */
export function freshPair(device: Device, now: number): [string, string] {
  const first = freshCode(device, now);
  return [first, totpCode(device.key, device.issuedStep + 1)];
}

function clockStep(device: Device, now: number): number {
  return Math.max(totpStep(now), device.issuedStep);
}

// The forms of https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html: no path in a device's ARN.
function serialOf(kind: DeviceKind, name: string, arnPrefix: string, userName: string): string {
  if (kind === "virtual") return `${arnPrefix}:mfa/${name}`;
  if (kind === "hardware") return `GAHT${randomDigits(8)}`;
  return `${arnPrefix}:u2f/user/${userName}/${name}-${base32(randomBytes(15))}`;
}
