import { elementAt } from "./der.ts";

/** What stands in a PEM file (RFC 7468): certificates as DER bytes, and the labels of what else there is. */
export interface PemFile {
  readonly certificates: readonly Uint8Array<ArrayBuffer>[];
  /** Labels of blocks that are no certificate or whose text is none, such as "PRIVATE KEY". */
  readonly others: readonly string[];
}

/**
 * Reads what OpenSSL, and so the AWS CLI, takes for certificates: also `X509 CERTIFICATE`, `TRUSTED CERTIFICATE`,
 * indented lines, a byte order mark, Windows line ends and any text around.
 */
export function readPem(text: string): PemFile {
  const certificates: Uint8Array<ArrayBuffer>[] = [];
  const others: string[] = [];
  for (const [, label = "", body = ""] of text.matchAll(/-----BEGIN ([^-]+)-----([^]*?)-----END \1-----/g)) {
    const der = /^(X509 |TRUSTED )?CERTIFICATE$/.test(label) ? decode(body) : undefined;
    if (der === undefined) others.push(label);
    else certificates.push(der);
  }
  return { certificates, others };
}

/** A certificate as a PEM block that every reader takes. */
export function formatPem(der: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...der));
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function decode(body: string): Uint8Array<ArrayBuffer> | undefined {
  const base64 = body.replace(/\s/g, "");
  if (base64 === "" || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return firstElement(bytes);
}

/** Behind a trusted certificate stand OpenSSL's own settings (d2i_X509_AUX): the first DER element is the certificate. */
function firstElement(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  const element = elementAt(bytes, 0);
  return element?.tag === 0x30 ? bytes.slice(0, element.end) : undefined;
}
