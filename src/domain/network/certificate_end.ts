import { type Element, elementAt } from "./der.ts";

const [VERSION, SEQUENCE, UTC_TIME, GENERALIZED_TIME] = [0xa0, 0x30, 0x17, 0x18];

/**
 * The moment after which a certificate in DER is not valid any more (RFC 5280, 4.1): `notAfter` of its validity, which
 * stands behind its version, serial number, signature algorithm and issuer. Undefined for what is no certificate.
 * node:crypto could tell, too, but takes as long to load as half a login.
 */
export function certificateEnd(der: Uint8Array): Date | undefined {
  const signed = inside(der, inside(der, elementAt(der, 0)));
  const serial = signed?.tag === VERSION ? next(der, signed) : signed;
  const issuer = next(der, next(der, serial));
  const notBefore = inside(der, next(der, issuer));
  const notAfter = next(der, notBefore);
  return notAfter === undefined ? undefined : timeOf(der, notAfter);
}

function inside(der: Uint8Array, element: Element | undefined): Element | undefined {
  return element?.tag === SEQUENCE ? elementAt(der.subarray(0, element.end), element.start) : undefined;
}

function next(der: Uint8Array, element: Element | undefined): Element | undefined {
  return element === undefined ? undefined : elementAt(der, element.end);
}

function timeOf(der: Uint8Array, { tag, start, end }: Element): Date | undefined {
  const text = String.fromCharCode(...der.subarray(start, end));
  const [, year = "", month, day, hour, minute, second] =
    /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text) ?? [];
  const isWhole = tag === (year.length === 4 ? GENERALIZED_TIME : UTC_TIME);
  if (year === "" || !isWhole) return undefined;
  // Two digits are a year from 1950 to 2049.
  const century = year.length === 4 ? "" : Number(year) < 50 ? "20" : "19";
  const time = new Date(`${century}${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
