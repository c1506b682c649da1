import { fileURLToPath } from "node:url";
const FOLDER = fileURLToPath(new URL("./tls/", import.meta.url));

/** The PEM file of the authority that signed {@linkcode serverTls}. */
export const CA_FILE: string = `${FOLDER}ca.pem`;

/** A server certificate for localhost and 127.0.0.1, which only a client that knows {@linkcode CA_FILE} trusts. */
export function serverTls(): { cert: string; key: string } {
  return {
    cert: Deno.readTextFileSync(`${FOLDER}cert.pem`),
    key: Deno.readTextFileSync(`${FOLDER}key.pem`),
  };
}
