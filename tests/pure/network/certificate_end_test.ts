import assert from "node:assert/strict";
import { certificateEnd } from "../../../src/domain/network/certificate_end.ts";

/** A DER element; its content is shorter than 128 bytes, or its length stands in two bytes more. */
function element(tag: number, ...content: (number[] | string)[]): number[] {
  const bytes = content.flatMap((each) =>
    typeof each === "string" ? [...each].map((character) => character.charCodeAt(0)) : each
  );
  const length = bytes.length < 0x80 ? [bytes.length] : [0x82, bytes.length >> 8, bytes.length & 0xff];
  return [tag, ...length, ...bytes];
}

interface Parts {
  readonly end: number[];
  readonly version?: number[];
  readonly issuer?: string;
}

function certificate(
  { end, version = element(0xa0, element(0x02, [2])), issuer = "corp" }: Parts,
): Uint8Array {
  const signed = element(
    0x30,
    version,
    element(0x02, [1, 2, 3]),
    element(0x30, element(0x06, [42])),
    element(0x30, element(0x0c, issuer)),
    element(0x30, element(0x17, "200101000000Z"), end),
    element(0x30, element(0x0c, "subject")),
  );
  return Uint8Array.from(element(0x30, signed, element(0x30, [5, 0]), element(0x03, [0, 1])));
}

const utcTime = (text: string): number[] => element(0x17, text);
const generalizedTime = (text: string): number[] => element(0x18, text);

Deno.test("the end of a certificate is read in both forms of its time", () => {
  const ends: [end: number[], date: string][] = [
    [utcTime("491231235959Z"), "2049-12-31T23:59:59.000Z"],
    [utcTime("500101000000Z"), "1950-01-01T00:00:00.000Z"],
    [generalizedTime("21200102030405Z"), "2120-01-02T03:04:05.000Z"],
  ];
  for (const [end, date] of ends) {
    assert.equal(certificateEnd(certificate({ end }))?.toISOString(), date);
    assert.equal(certificateEnd(certificate({ end, version: [] }))?.toISOString(), date, "of version 1");
    assert.equal(certificateEnd(certificate({ end, issuer: "x".repeat(300) }))?.toISOString(), date);
  }
});

Deno.test("what is no certificate has no end", () => {
  const whole = certificate({ end: utcTime("300101000000Z") });
  for (let length = 0; length < whole.length; length++) {
    assert.equal(certificateEnd(whole.subarray(0, length)), undefined, `cut at ${length}`);
  }
  const wrong = [
    utcTime("301301000000Z"),
    utcTime("20300101000000Z"),
    generalizedTime("300101000000Z"),
    utcTime("3001010000Z"),
    [],
  ];
  for (const end of wrong) assert.equal(certificateEnd(certificate({ end })), undefined, end.join(" "));
  assert.equal(certificateEnd(Uint8Array.from(element(0x30, element(0x0c, "text")))), undefined);
});
