import type { DeviceMemory } from "../../domain/aws/device_memory.ts";
import {
  checkSerial,
  deriveSerial,
  deviceOfUserArn,
  kindOfDevice,
  type MfaDevice,
  nameOfDevice,
  showsCodes,
} from "../../domain/aws/mfa_device.ts";
import type { Placement, Setting } from "../../domain/placement/placement.ts";
import { type CallContext, StsRefusal } from "../../domain/aws/sts_refusal.ts";
import { explainRefusal } from "../../domain/aws/explain_refusal.ts";
import { Cancelled, type Failure, RefusedError } from "../../errors.ts";
import type { StsAccess, World } from "../../world.ts";
import { callAws } from "../support/call_aws.ts";
import { namedSerial, rememberedDevice } from "./known_device.ts";

/** A device to try, and what made it the one. */
export interface DeviceChoice {
  readonly serial: string;
  /** Such as "--serial", or "mfa_serial of profile 'work'"; for one that is not named, why it is the one. */
  readonly source: string;
  readonly how: "named" | "remembered" | "derived" | "listed";
  /** Of the user, where AWS was asked. */
  readonly callerArn: string | undefined;
  /** The user's ARN that was named in the device's place. */
  readonly insteadOf?: string;
}

/** What the ladder of devices is climbed with (design.md, "Which device"). */
export interface DeviceSearch {
  readonly placement: Placement;
  readonly access: StsAccess;
  readonly context: CallContext;
  readonly memory: DeviceMemory;
  /** Of --serial or AWSMFA_SERIAL. */
  readonly serial: Setting | undefined;
  /** Serial numbers that AWS said are none of the user's. */
  readonly tried: Set<string>;
}

/** The first device to try. Asks AWS who the caller is only where none is named or remembered. Throws a Failure. */
export async function firstDevice(world: World, search: DeviceSearch): Promise<DeviceChoice> {
  const named = namedDevice(search);
  if (named !== undefined) return named;
  const remembered = rememberedDevice(search);
  return remembered === undefined
    ? await derivedDevice(world, search)
    : { serial: remembered.value, source: remembered.source, how: "remembered", callerArn: undefined };
}

/** The next one after AWS said that `wrong` is no device of the user. Throws a Failure where there is none. */
export async function nextDevice(
  world: World,
  search: DeviceSearch,
  wrong: DeviceChoice,
): Promise<DeviceChoice> {
  search.tried.add(wrong.serial);
  if (wrong.how === "remembered") {
    const derived = await derivedDevice(world, search);
    if (!search.tried.has(derived.serial)) return derived;
  }
  const listed = (await listDevices(world, search, wrong.serial)).map(({ serial }) => serial);
  const usable = listed.filter((serial) => showsCodes(serial) && !search.tried.has(serial));
  const [first] = usable;
  if (first === undefined) throw noUsableDevice(wrong, listed);
  const serial = usable.length === 1 ? first : await chooseDevice(world, usable);
  world.err(
    wrong.how === "named"
      ? `${wrong.source}: '${wrong.serial}' isn't one of this user's devices; '${serial}' is, and is used.\n`
      : `The user's MFA device is '${serial}'.\n`,
  );
  return { serial, source: "iam:ListMFADevices", how: "listed", callerArn: wrong.callerArn };
}

/** The user's devices as IAM lists them. Throws a Failure that shows how to name one where it may not be asked. */
export async function listDevices(
  world: World,
  search: DeviceSearch,
  wrong: string | undefined,
): Promise<MfaDevice[]> {
  try {
    return await world.showWaiting("asking AWS for the devices", world.listMfaDevices(search.access));
  } catch (error) {
    if (!(error instanceof StsRefusal)) throw error;
    if (!error.code.startsWith("AccessDenied")) throw explainRefusal(error, search.context);
    const why = wrong === undefined ? "" : `'${wrong}' isn't an MFA device of this user, and `;
    throw new RefusedError(
      `${why}AWS does not let the user list its devices (iam:ListMFADevices)`,
      "name it: --serial ARN, or AWSMFA_SERIAL=ARN, or mfa_serial = ARN in the config file",
    );
  }
}

/** Says that a user was named, and which device is tried in its place. */
export function sayMeantDevice(world: World, { serial, source, insteadOf }: DeviceChoice): void {
  if (insteadOf === undefined) return;
  world.err(`${source}: '${insteadOf}' is a user, not a device; '${serial}' is tried in its place.\n`);
}

function namedDevice(search: DeviceSearch): DeviceChoice | undefined {
  const found = namedSerial(search);
  if (found === undefined) return undefined;
  const checked = checkSerial(found.value, found.source);
  const meant = deviceOfUserArn(checked);
  const { source } = found;
  const how = { source, how: "named", callerArn: undefined } as const;
  return meant === undefined ? { serial: checked, ...how } : { serial: meant, insteadOf: checked, ...how };
}

async function derivedDevice(world: World, { access, context }: DeviceSearch): Promise<DeviceChoice> {
  const { arn: callerArn } = await callAws(
    world,
    "asking AWS who this is",
    context,
    () => world.caller(access),
  );
  return { serial: deriveSerial(callerArn), source: "it has the user's name", how: "derived", callerArn };
}

/** Throws Cancelled at the end of input, and RefusedError that names the devices where nobody can be asked. */
export async function chooseDevice(world: World, serials: readonly string[]): Promise<string> {
  if (!world.interactive) {
    throw new RefusedError(
      `the user has ${serials.length} MFA devices: ${serials.map((serial) => `'${serial}'`).join(", ")}`,
      `name one: --serial ${serials[0]}`,
    );
  }
  for (const [i, serial] of serials.entries()) {
    world.err(`  ${i + 1}  ${nameOfDevice(serial)}  (${serial})\n`);
  }
  for (;;) {
    const answer = await world.ask(`Which device? 1 to ${serials.length}: `);
    if (answer === undefined) throw new Cancelled("cancelled; nothing was changed");
    const chosen = /^\d+$/.test(answer.trim()) ? serials[Number(answer.trim()) - 1] : undefined;
    if (chosen !== undefined) return chosen;
    world.err(`A number from 1 to ${serials.length} is meant.\n`);
  }
}

function noUsableDevice(wrong: DeviceChoice, listed: readonly string[]): Failure {
  const fido = listed.find((serial) => kindOfDevice(serial) === "fido");
  if (fido !== undefined) {
    return new RefusedError(
      `the user's MFA device '${
        nameOfDevice(fido)
      }' is a passkey or security key, which STS takes no code of`,
      "add a virtual device in the IAM console, beside it; or log in with: aws login",
    );
  }
  return new RefusedError(
    `'${wrong.serial}' isn't an MFA device of this user, and AWS lists no other one`,
    "add a virtual device: IAM console > Users > Security credentials > Assign MFA device; or without MFA: --no-mfa",
  );
}
