import { parseOwnJson, recordOf, textOf } from "../text/json.ts";

/** What awsmfa remembers of devices and keys; no secret is in it. Maps: whoever wrote a key's id may have called it `constructor`. */
export interface DeviceMemory {
  /** The device that worked last, by access key id. */
  readonly devices: ReadonlyMap<string, string>;
  /** The code that was accepted last, by serial number. */
  readonly usedCodes: ReadonlyMap<string, UsedCode>;
  /** When an access key was made, as far as IAM was asked, by its id. */
  readonly keysCreated: ReadonlyMap<string, Date>;
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
export const NOTHING_REMEMBERED: DeviceMemory = {
  devices: new Map(),
  usedCodes: new Map(),
  keysCreated: new Map(),
};

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
  const created = Object.entries(recordOf(memory["keysCreated"])).flatMap(([id, value]): [string, Date][] => {
    const date = new Date(textOf(value) ?? "");
    return Number.isNaN(date.getTime()) ? [] : [[id, date]];
  });
  return { devices: new Map(devices), usedCodes: new Map(usedCodes), keysCreated: new Map(created) };
}

export function formatDeviceMemory({ devices, usedCodes, keysCreated }: DeviceMemory): string {
  const memory = {
    version: VERSION,
    devices: Object.fromEntries(devices),
    usedCodes: Object.fromEntries(usedCodes),
    ...(keysCreated.size === 0 ? {} : { keysCreated: Object.fromEntries(keysCreated) }),
  };
  return `${JSON.stringify(memory, null, 2)}\n`;
}

/** With a code that was accepted: its device is the one for this key from now on. Old codes go. */
export function rememberCode(
  memory: DeviceMemory,
  accessKeyId: string,
  serial: string,
  used: UsedCode,
): DeviceMemory {
  const recent = [...memory.usedCodes].filter(([, { at }]) => used.at - at < CODE_LIFE_MS);
  return {
    ...memory,
    devices: new Map([...memory.devices, [accessKeyId, serial]]),
    usedCodes: new Map([...recent, [serial, used]]),
  };
}

function isTextEntry(entry: [string, unknown]): entry is [string, string] {
  return textOf(entry[1]) !== undefined;
}
