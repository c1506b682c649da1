import { checkDeviceOf, type KeyOwner } from "../../domain/aws/caller.ts";
import { kindOfDevice, nameOfDevice, showsCodes } from "../../domain/aws/mfa_device.ts";
import { serialSetting } from "../../domain/placement/placement.ts";
import { RefusedError, UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { askFor, sayFailure } from "../support/ask_for.ts";
import { chooseDevice, type DeviceSearch, listDevices } from "./find_device.ts";

/** What the question shows where a login is to find the device by itself. */
const AT_A_LOGIN = "found at login";

/**
 * The MFA device that a profile shall name: the one that it names already, else the user's, as IAM lists them.
 * Undefined where none is known for sure: then a login finds it. Throws a Failure.
 */
export async function askDevice(
  world: World,
  search: DeviceSearch,
  owner: KeyOwner,
): Promise<string | undefined> {
  const wished = search.serial;
  if (wished !== undefined) return checkDeviceOf(owner, wished.value, wished.source);
  const found = namedDevice(world, search, owner) ?? await findListed(world, search);
  if (!world.interactive) return found;
  const check = (serial: string): string => checkDeviceOf(owner, serial, "MFA device");
  const answer = await askFor(world, "MFA device", found ?? AT_A_LOGIN, check);
  return answer === AT_A_LOGIN ? undefined : answer;
}

/** The one that the profile names already, if it can be one of these keys' owner; says why it can't. */
function namedDevice(world: World, { placement }: DeviceSearch, owner: KeyOwner): string | undefined {
  const named = serialSetting(placement);
  if (named === undefined) return undefined;
  try {
    return checkDeviceOf(owner, named.value, named.source);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    sayFailure(world, error);
    return undefined;
  }
}

/** Says why, where none of the user's devices can be used. */
async function findListed(world: World, search: DeviceSearch): Promise<string | undefined> {
  const serials = await serialsOfUser(world, search);
  if (serials === undefined) return undefined;
  const usable = serials.filter(showsCodes);
  const [first] = usable;
  if (first !== undefined && usable.length === 1) return first;
  if (first !== undefined && world.interactive) return await chooseDevice(world, usable);
  const fido = serials.find((serial) => kindOfDevice(serial) === "fido");
  world.err(
    first !== undefined
      ? `The user has ${usable.length} MFA devices: --serial names one.\n`
      : fido !== undefined
      ? `The user's MFA device '${
        nameOfDevice(fido)
      }' is a passkey or security key, which STS takes no code of: ` +
        "add a virtual device beside it.\n"
      : "The user has no MFA device: IAM console > Users > Security credentials > Assign MFA device.\n",
  );
  return undefined;
}

/** Undefined where IAM does not let the user list them. */
async function serialsOfUser(world: World, search: DeviceSearch): Promise<string[] | undefined> {
  try {
    return (await listDevices(world, search, undefined)).map(({ serial }) => serial);
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}
