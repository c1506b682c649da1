import { parseOwnJson, recordOf, textOf } from "./json.ts";

/** What awsmfa remembers of devices; no secret is in it. */
export interface DeviceMemory {
  /** The device that worked last, by access key id. */
  readonly devices: Readonly<Record<string, string>>;
  /** The code that was accepted last, by serial number. */
  readonly usedCodes: Readonly<Record<string, UsedCode>>;
}

/** A code that a device showed once, hashed with a salt: a million hashes find it, and after its minute it is of no use. */
export interface UsedCode {
  readonly salt: string;
  readonly hash: string;
  /** When it was used, in milliseconds since 1970. */
  readonly at: number;
}

const VERSION = 1;
/** A code counts for its 30 seconds, and AWS takes it one step before and after (RFC 6238, 5.2). */
export const CODE_LIFE_MS = 90_000;
export const STEP_MS = 30_000;
export const NOTHING_REMEMBERED: DeviceMemory = { devices: {}, usedCodes: {} };

/** Remembers nothing where the text is none of this version of awsmfa's. */
export function parseDeviceMemory(text: string | undefined): DeviceMemory {
  const memory = parseOwnJson(text);
  if (memory["version"] !== VERSION) return NOTHING_REMEMBERED;
  const devices = Object.entries(recordOf(memory["devices"])).filter(isTextEntry);
  const usedCodes = Object.entries(recordOf(memory["usedCodes"])).flatMap(
    ([serial, value]): [string, UsedCode][] => {
      const { salt, hash, at } = recordOf(value);
      if (typeof salt !== "string" || typeof hash !== "string" || typeof at !== "number") return [];
      return [[serial, { salt, hash, at }]];
    },
  );
  return { devices: Object.fromEntries(devices), usedCodes: Object.fromEntries(usedCodes) };
}

export function formatDeviceMemory(memory: DeviceMemory): string {
  return `${JSON.stringify({ version: VERSION, ...memory }, null, 2)}\n`;
}

/** With a code that was accepted: its device is the one for this key from now on. Old codes go. */
export function rememberCode(
  memory: DeviceMemory,
  accessKeyId: string,
  serial: string,
  used: UsedCode,
): DeviceMemory {
  const recent = Object.entries(memory.usedCodes).filter(([, { at }]) => used.at - at < CODE_LIFE_MS);
  return {
    devices: { ...memory.devices, [accessKeyId]: serial },
    usedCodes: { ...Object.fromEntries(recent), [serial]: used },
  };
}

function isTextEntry(entry: [string, unknown]): entry is [string, string] {
  return textOf(entry[1]) !== undefined;
}
