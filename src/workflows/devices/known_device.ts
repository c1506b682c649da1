import type { DeviceMemory } from "../../domain/aws/device_memory.ts";
import { type Placement, serialSetting, type Setting } from "../../domain/placement/placement.ts";

/** What is known without AWS. */
interface Known {
  readonly placement: Placement;
  readonly memory: DeviceMemory;
  /** Of --serial or AWSMFA_SERIAL. */
  readonly serial: Setting | undefined;
}

/** The device that a login would try first, where AWS need not be asked for it. Not checked. */
export function knownDevice(known: Known): Setting | undefined {
  return namedSerial(known) ?? rememberedDevice(known);
}

/** The serial number that is named by a flag, a variable or a profile. Not checked. */
export function namedSerial({ placement, serial }: Pick<Known, "placement" | "serial">): Setting | undefined {
  return serial ?? serialSetting(placement);
}

/** The one of the last login with these keys. */
export function rememberedDevice(
  { placement, memory }: Pick<Known, "placement" | "memory">,
): Setting | undefined {
  const value = memory.devices.get(placement.source.keys.accessKeyId);
  return value === undefined ? undefined : { value, source: "it worked at the last login" };
}
