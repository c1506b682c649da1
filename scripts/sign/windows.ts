import { isThere, type Outcome, runSigner } from "./outcome.ts";

/**
 * Signs a Windows program with osslsigncode (osslsigncode(1)). The environment says with what: WINDOWS_CERTIFICATE, a
 * PKCS#12 file; WINDOWS_CERTIFICATE_PASSWORD; WINDOWS_TIMESTAMP_URL, an RFC 3161 server, without which the signature
 * ends with the certificate. Throws SubprocessError.
 */
export async function signWindows(outDir: string, file: string): Promise<Outcome> {
  const certificate = Deno.env.get("WINDOWS_CERTIFICATE");
  const server = Deno.env.get("WINDOWS_TIMESTAMP_URL");
  if (!certificate) return { file, signed: false, says: "WINDOWS_CERTIFICATE is not set" };
  if (!isThere("osslsigncode", "--version")) {
    return { file, signed: false, says: "osslsigncode is not installed" };
  }

  const path = `${outDir}/${file}`;
  const passwordFile = await Deno.makeTempFile();
  try {
    // A file and no argument, which other users of the machine could read.
    await Deno.writeTextFile(passwordFile, Deno.env.get("WINDOWS_CERTIFICATE_PASSWORD") ?? "", {
      mode: 0o600,
    });
    await runSigner("osslsigncode", [
      "sign",
      ...["-pkcs12", certificate, "-readpass", passwordFile, "-h", "sha256", "-n", "awsmfa"],
      ...(server ? ["-ts", server] : []),
      ...["-in", path, "-out", `${path}.signed`],
    ]);
    await Deno.rename(`${path}.signed`, path);
  } finally {
    await Deno.remove(passwordFile);
    await Deno.remove(`${path}.signed`).catch(() => {});
  }
  return {
    file,
    signed: true,
    says: `Authenticode${
      server ? ", timestamped" : ", WITHOUT a timestamp: WINDOWS_TIMESTAMP_URL is not set"
    }`,
  };
}
