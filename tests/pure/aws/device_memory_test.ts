import assert from "node:assert/strict";
import fc from "fast-check";
import {
  CODE_LIFE_MS,
  type DeviceMemory,
  formatDeviceMemory,
  NOTHING_REMEMBERED,
  parseDeviceMemory,
  rememberCode,
  type UsedCode,
} from "../../../src/domain/aws/device_memory.ts";

const DEVICE = "arn:aws:iam::111122223333:mfa/alice";
const OTHER = "GAHT12345678";
const AT = Date.UTC(2026, 10, 20, 9);

function used(at: number): UsedCode {
  return { salt: "s", hash: "h", at };
}

Deno.test("what was remembered is read back: the device by key id, the used code by serial number", () => {
  const memory = rememberCode(NOTHING_REMEMBERED, "AKIA1", DEVICE, used(AT));
  assert.deepEqual(memory, {
    devices: new Map([["AKIA1", DEVICE]]),
    usedCodes: new Map([[DEVICE, used(AT)]]),
    keysCreated: new Map(),
  });
  assert.deepEqual(parseDeviceMemory(formatDeviceMemory(memory)), memory);
  assert.equal(
    formatDeviceMemory(memory),
    `{
  "version": 1,
  "devices": {
    "AKIA1": "${DEVICE}"
  },
  "usedCodes": {
    "${DEVICE}": {
      "salt": "s",
      "hash": "h",
      "at": ${AT}
    }
  }
}
`,
  );
});

Deno.test("a later login of the key replaces its device, and those of other keys stay", () => {
  const first = rememberCode(NOTHING_REMEMBERED, "AKIA1", DEVICE, used(AT));
  const second = rememberCode(first, "AKIA2", DEVICE, used(AT));
  assert.deepEqual(
    rememberCode(second, "AKIA1", OTHER, used(AT)).devices,
    new Map([["AKIA1", OTHER], ["AKIA2", DEVICE]]),
  );
});

Deno.test("codes that AWS takes no more are dropped, others stay", () => {
  const before = rememberCode(NOTHING_REMEMBERED, "AKIA1", DEVICE, used(AT));
  const soon = rememberCode(before, "AKIA2", OTHER, used(AT + CODE_LIFE_MS - 1));
  assert.deepEqual([...soon.usedCodes.keys()], [DEVICE, OTHER]);
  const later = rememberCode(before, "AKIA2", OTHER, used(AT + CODE_LIFE_MS));
  assert.deepEqual([...later.usedCodes.keys()], [OTHER]);
  assert.deepEqual(later.devices, new Map([["AKIA1", DEVICE], ["AKIA2", OTHER]]));
});

Deno.test("the next code of a device takes the place of the one before", () => {
  const before = rememberCode(NOTHING_REMEMBERED, "AKIA1", DEVICE, used(AT));
  assert.deepEqual(
    rememberCode(before, "AKIA1", DEVICE, used(AT + 1)).usedCodes,
    new Map([[DEVICE, used(AT + 1)]]),
  );
});

const INHERITED = ["constructor", "toString", "__proto__", "hasOwnProperty"];

Deno.test("a key and a device may be called as what every object has", () => {
  for (const name of INHERITED) {
    assert.equal(NOTHING_REMEMBERED.devices.get(name), undefined);
    const memory = rememberCode(NOTHING_REMEMBERED, name, name, used(AT));
    assert.deepEqual(memory, {
      devices: new Map([[name, name]]),
      usedCodes: new Map([[name, used(AT)]]),
      keysCreated: new Map(),
    });
    assert.deepEqual(parseDeviceMemory(formatDeviceMemory(memory)), memory, name);
  }
});

const GOOD = formatDeviceMemory(rememberCode(NOTHING_REMEMBERED, "AKIA1", DEVICE, used(AT)));
const BAD: [what: string, text: string | undefined][] = [
  ["no file", undefined],
  ["an empty file", ""],
  ["one that was cut off", GOOD.slice(0, 60)],
  ["a file of something else", "[default]\nregion = x\n"],
  ["null", "null"],
  ["a list", "[1, 2]"],
  ["a number", "7"],
  ["bytes that are no text", "\udcff\u0000"],
  ["another version", GOOD.replace('"version": 1', '"version": 2')],
  ["no version", "{}"],
  ["a version in words", GOOD.replace('"version": 1', '"version": "1"')],
];
for (const [what, text] of BAD) {
  Deno.test(`nothing is remembered, and nothing breaks: ${what}`, () => {
    assert.deepEqual(parseDeviceMemory(text), NOTHING_REMEMBERED);
  });
}

Deno.test("of a file that somebody edited, what can be meant is taken", () => {
  const text = JSON.stringify({
    version: 1,
    devices: { AKIA1: DEVICE, AKIA2: 7, AKIA3: null, AKIA4: "" },
    usedCodes: {
      [DEVICE]: used(AT),
      a: null,
      b: "h",
      c: { salt: "s", hash: "h" },
      d: { salt: 1, hash: "h", at: AT },
      e: { salt: "s", hash: [], at: AT },
      f: { salt: "s", hash: "h", at: "then" },
      [OTHER]: { ...used(AT), code: "123456" },
    },
  });
  const expected: DeviceMemory = {
    devices: new Map([["AKIA1", DEVICE]]),
    usedCodes: new Map([[DEVICE, used(AT)], [OTHER, used(AT)]]),
    keysCreated: new Map(),
  };
  assert.deepEqual(parseDeviceMemory(text), expected);
  for (const devices of [null, [], "x", 1]) {
    assert.deepEqual(
      parseDeviceMemory(JSON.stringify({ version: 1, devices, usedCodes: devices })).devices,
      new Map(),
    );
  }
});

Deno.test("property: any text is parsed, and what was remembered is read back", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
    const memory = parseDeviceMemory(text);
    assert.deepEqual(parseDeviceMemory(formatDeviceMemory(memory)), memory);
  }));
  const logins = fc.array(
    fc.tuple(
      fc.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      fc.constantFrom(DEVICE, OTHER, `${DEVICE}2`),
      fc.nat(1e6),
    ),
    { maxLength: 20 },
  );
  fc.assert(fc.property(logins, (all) => {
    let memory = NOTHING_REMEMBERED;
    let last: string | undefined;
    for (const [id, serial, after] of all.toSorted(([, , a], [, , b]) => a - b)) {
      memory = parseDeviceMemory(formatDeviceMemory(rememberCode(memory, id, serial, used(AT + after))));
      assert.equal(memory.devices.get(id), serial);
      assert.ok([...memory.usedCodes.values()].every(({ at }) => AT + after - at < CODE_LIFE_MS));
      last = serial;
    }
    assert.ok(last === undefined || memory.usedCodes.has(last));
  }));
});

Deno.test("when a key was made is read back, and stays when a code is remembered", () => {
  const memory = { ...NOTHING_REMEMBERED, keysCreated: new Map([["AKIA1", new Date(AT)]]) };
  assert.deepEqual(parseDeviceMemory(formatDeviceMemory(memory)), memory);
  assert.deepEqual(rememberCode(memory, "AKIA1", DEVICE, used(AT)).keysCreated, memory.keysCreated);
  const odd = JSON.stringify({ version: 1, keysCreated: { AKIA1: "yesterday", AKIA2: 5 } });
  assert.deepEqual(parseDeviceMemory(odd), NOTHING_REMEMBERED);
});
