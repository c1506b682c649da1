import { type DeviceKind, kindOfDevice, nameOfDevice, showsCodes } from "../../domain/aws/mfa_device.ts";
import { place, type Setting } from "../../domain/placement/placement.ts";
import type { PlacementRequest } from "../../domain/placement/placement_row.ts";
import type { World } from "../../world.ts";
import { callContext } from "../support/call_context.ts";
import { readAwsFiles } from "../support/aws_files.ts";
import { readDeviceMemory } from "../support/device_memory.ts";
import { type DeviceChoice, firstDevice, listDevices } from "./find_device.ts";
import { sayOtherSession } from "../support/say_other_session.ts";
import { accessWith, type StsRoute } from "../support/sts_access.ts";

/** One MFA device of the user. */
export interface ListedDevice {
  readonly kind: DeviceKind;
  readonly name: string;
  readonly serial: string;
  readonly enabledAt: Date | undefined;
  /** Why awsmfa would use this one; undefined for the others. */
  readonly usedBecause: string | undefined;
}

export interface DeviceList {
  readonly profile: string;
  readonly devices: readonly ListedDevice[];
}

/** Asks IAM for the devices of the keys' owner. Throws a Failure. */
export async function listAllDevices(
  world: World,
  request: PlacementRequest,
  route: StsRoute,
  serial: Setting | undefined,
): Promise<DeviceList> {
  const files = readAwsFiles(world);
  const placement = place(files, { ...request, asTools: true });
  sayOtherSession(world, files, placement);
  const access = accessWith(world, route, placement, files);
  const memory = readDeviceMemory(world, files.at);
  const search = {
    placement,
    access,
    context: callContext(placement, access, undefined),
    memory,
    serial,
    tried: new Set<string>(),
  };
  await world.keepHosts(search.access);
  const listed = await listDevices(world, search, undefined);
  const usable = listed.filter((device) => showsCodes(device.serial));
  const first = await firstDevice(world, search);
  const isListed = usable.some((device) => device.serial === first.serial);
  const [only] = usable.length === 1 ? usable : [];
  const chosen = isListed ? first.serial : only?.serial;
  const because = isListed ? whyFirst(first) : "it is the only one that shows codes";
  return {
    profile: placement.source.profile,
    devices: listed.map((device) => ({
      ...device,
      kind: kindOfDevice(device.serial),
      name: nameOfDevice(device.serial),
      usedBecause: device.serial === chosen ? because : undefined,
    })),
  };
}

function whyFirst({ how, source }: DeviceChoice): string {
  return how === "named" ? `${source} names it` : source;
}
