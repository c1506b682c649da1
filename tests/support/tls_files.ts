import { fileURLToPath } from "node:url";
const FOLDER = fileURLToPath(new URL("./tls/", import.meta.url));

/** A server's certificate and its key, as PEM texts. */
export interface ServerTls {
  readonly cert: string;
  readonly key: string;
}

/** The path of a file in tests/support/tls, where its README says what each is. */
export function tlsFile(name: string): string {
  return `${FOLDER}${name}`;
}

/** The PEM file of the authority that signed {@linkcode serverTls}. */
export const CA_FILE: string = tlsFile("ca.pem");

/** A server certificate for localhost and 127.0.0.1, which only a client that knows {@linkcode CA_FILE} trusts. */
export function serverTls(): ServerTls {
  return { cert: readTls("cert.pem"), key: readTls("key.pem") };
}

/** The PEM file of the authority that signed {@linkcode awsTls}. */
export const CORP_CA_FILE: string = tlsFile("corp-ca.pem");

/** A certificate for AWS's hosts, as a proxy has it that inspects TLS; another one of the same key where it is named. */
export function awsTls(name = "aws.pem"): ServerTls {
  return { cert: readTls(name), key: readTls("aws-key.pem") };
}

function readTls(name: string): string {
  return Deno.readTextFileSync(tlsFile(name));
}
