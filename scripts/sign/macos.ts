import { fileURLToPath } from "node:url";
import { isThere, type Outcome, runSigner } from "./outcome.ts";

const ENTITLEMENTS = fileURLToPath(new URL("./entitlements.plist", import.meta.url));
/** What macOS knows the program by. */
const IDENTIFIER = "awsmfa";

/**
 * Signs a macOS program for the hardened runtime and has Apple notarise it: with codesign and notarytool on a Mac, else
 * with rcodesign, or the signer that is named. A program that is no bundle can't be stapled: macOS asks Apple for the ticket when it first runs.
 * The environment says with what:
 *
 * - a Mac: MACOS_SIGNING_IDENTITY, in a keychain; MACOS_NOTARY_KEY, MACOS_NOTARY_KEY_ID, MACOS_NOTARY_ISSUER, an App Store Connect key
 * - rcodesign: MACOS_CERTIFICATE, a PKCS#12 file; MACOS_CERTIFICATE_PASSWORD_FILE; MACOS_NOTARY_API_KEY, a JSON file;
 *   MACOS_TIMESTAMP_URL, `none` for a rehearsal without a network
 * - MACOS_SIGNER, a program that takes `sign KEY CERTIFICATES ENTITLEMENTS IDENTIFIER IN OUT` and `verify FILE`;
 *   MACOS_SIGNING_KEY and MACOS_SIGNING_CERTIFICATES, PEM files
 *
 * Throws SubprocessError.
 */
export async function signMacos(outDir: string, file: string): Promise<Outcome> {
  const path = `${outDir}/${file}`;
  const identity = Deno.env.get("MACOS_SIGNING_IDENTITY");
  if (Deno.build.os === "darwin") {
    if (!identity) return { file, signed: false, says: "MACOS_SIGNING_IDENTITY is not set" };
    await runSigner("codesign", [
      ...["--force", "--options", "runtime", "--timestamp", "--entitlements", ENTITLEMENTS],
      ...["--identifier", IDENTIFIER, "--sign", identity, path],
    ]);
    await runSigner("codesign", ["--verify", "--strict", path]);
    return await notarised(file, path, notarytool());
  }
  const signer = Deno.env.get("MACOS_SIGNER");
  if (signer) return await signWith(signer, file, path);
  const certificate = Deno.env.get("MACOS_CERTIFICATE");
  if (!certificate) return { file, signed: false, says: "MACOS_CERTIFICATE is not set, and this is no Mac" };
  if (!isThere("rcodesign", "--version")) return { file, signed: false, says: "rcodesign is not installed" };
  const timestamps = Deno.env.get("MACOS_TIMESTAMP_URL");
  await runSigner("rcodesign", [
    ...["sign", "--binary-identifier", IDENTIFIER],
    ...timestamps ? ["--timestamp-url", timestamps] : [],
    ...["--p12-file", certificate],
    ...["--p12-password-file", Deno.env.get("MACOS_CERTIFICATE_PASSWORD_FILE") || "/dev/null"],
    ...["--code-signature-flags", "runtime", "--entitlements-xml-file", ENTITLEMENTS, path],
  ]);
  return await notarised(file, path, rcodesignNotary());
}

async function signWith(signer: string, file: string, path: string): Promise<Outcome> {
  const key = Deno.env.get("MACOS_SIGNING_KEY");
  const certificates = Deno.env.get("MACOS_SIGNING_CERTIFICATES");
  if (!key || !certificates) {
    return { file, signed: false, says: "MACOS_SIGNING_KEY and MACOS_SIGNING_CERTIFICATES are not both set" };
  }
  const signed = `${path}.signed`;
  try {
    await runSigner(signer, ["sign", key, certificates, ENTITLEMENTS, IDENTIFIER, path, signed]);
    await runSigner(signer, ["verify", signed]);
    await Deno.rename(signed, path);
  } finally {
    await Deno.remove(signed).catch(() => {});
  }
  return await notarised(file, path, rcodesignNotary());
}

type Notary = readonly [command: string, ...args: string[]] | undefined;

function notarytool(): Notary {
  const [key, id, issuer] = ["KEY", "KEY_ID", "ISSUER"].map((word) => Deno.env.get(`MACOS_NOTARY_${word}`));
  if (!key || !id || !issuer) return undefined;
  return ["xcrun", "notarytool", "submit", "--wait", "--key", key, "--key-id", id, "--issuer", issuer];
}

function rcodesignNotary(): Notary {
  const key = Deno.env.get("MACOS_NOTARY_API_KEY");
  return key ? ["rcodesign", "notary-submit", "--wait", "--api-key-path", key] : undefined;
}

/** Apple takes a zip. Not notarised is not signed: macOS would not let a downloaded program start. */
async function notarised(file: string, path: string, notary: Notary): Promise<Outcome> {
  if (notary === undefined) {
    return { file, signed: false, says: "signed, but NOT NOTARISED: no key for Apple's notary" };
  }
  const [command, ...args] = notary;
  const zip = `${path}.zip`;
  try {
    await runSigner(...zipCommand(path, zip));
    await runSigner(command, [...args, zip]);
  } finally {
    await Deno.remove(zip).catch(() => {});
  }
  return { file, signed: true, says: "hardened runtime, notarised" };
}

function zipCommand(path: string, zip: string): [string, string[]] {
  return Deno.build.os === "darwin" ? ["ditto", ["-c", "-k", path, zip]] : ["zip", ["-j", "-q", zip, path]];
}
