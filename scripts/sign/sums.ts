import config from "../../deno.json" with { type: "json" };
import { sha256 } from "../compile/sha256.ts";
import { isThere, type Outcome, runSigner } from "./outcome.ts";

const ARTIFACT = /^awsmfa[-_.].*(?<!\.minisig)$/;

/**
 * Writes SHA256SUMS of every artifact in a folder, and signs it with minisign: the secret key is the file that
 * MINISIGN_SECRET_KEY names, its password MINISIGN_PASSWORD (minisign(1): read from stdin).
 */
export async function signSums(outDir: string): Promise<Outcome> {
  const sums = `${outDir}/SHA256SUMS`;
  await Deno.writeTextFile(sums, await sumsOf(outDir));
  await Deno.remove(`${sums}.minisig`).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  const key = Deno.env.get("MINISIGN_SECRET_KEY");
  const why = !key
    ? "MINISIGN_SECRET_KEY is not set"
    : isThere("minisign", "-v")
    ? undefined
    : "minisign is not installed";
  if (!key || why !== undefined) return { file: "SHA256SUMS", signed: false, says: why ?? "" };
  const password = Deno.env.get("MINISIGN_PASSWORD");
  await runSigner("minisign", [
    "-S",
    ...(password ? [] : ["-W"]),
    "-s",
    key,
    "-m",
    sums,
    "-t",
    // It is signed too: install.sh refuses the signature of another version.
    `awsmfa ${config.version}`,
  ], password);
  return { file: "SHA256SUMS", signed: true, says: "minisign" };
}

/** "HASH  FILE" of each artifact, by name: what `sha256sum -c` reads. */
export async function sumsOf(outDir: string): Promise<string> {
  const names = [...Deno.readDirSync(outDir)].filter(({ name, isFile }) =>
    isFile && (ARTIFACT.test(name) || OTHERS.includes(name))
  )
    .map(({ name }) => name).sort();
  const lines: string[] = [];
  for (const name of names) {
    lines.push(`${await sha256(await Deno.readFile(`${outDir}/${name}`))}  ${name}\n`);
  }
  return lines.join("");
}

const OTHERS = ["manifest.json", "THIRD_PARTY_LICENSES"];
