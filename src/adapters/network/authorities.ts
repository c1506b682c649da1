import { inFolder } from "../../domain/paths/in_folder.ts";
import { certificateEnd } from "../../domain/network/certificate_end.ts";
import { formatPem, readPem } from "../../domain/network/pem.ts";
import type { Setting } from "../../domain/placement/placement.ts";
import { FileError } from "../../errors.ts";
import { listFolder, readText } from "../files/files.ts";

/** Certificate authorities of one file or folder. */
export interface Authorities {
  /** PEM blocks. */
  readonly pems: readonly string[];
  /** Where they come from, for a sentence: "AWS_CA_BUNDLE (/etc/corp.pem)". */
  readonly from: string;
}

const known = new Map<string, readonly Authorities[]>();

/**
 * What is trusted beside Mozilla's list and the system's store: the bundle for AWS's tools, and what the runtimes of
 * others read. Throws {@linkcode FileError} for a bundle, or a DENO_CERT, that holds no certificate which counts.
 */
export function extraAuthorities(bundle: Setting | undefined): readonly Authorities[] {
  const key = `${bundle?.source}\n${bundle?.value}`;
  const found = known.get(key) ?? [
    ...[bundle, named("DENO_CERT")].flatMap((each) => each === undefined ? [] : [readStrictly(each)]),
    // As Node and Go have it: what is not there says nothing (Node.js CLI, NODE_EXTRA_CA_CERTS; Go, crypto/x509).
    ...[named("NODE_EXTRA_CA_CERTS"), named("SSL_CERT_FILE"), ...namedFolders()].flatMap((each) =>
      each === undefined ? [] : readIfThere(each)
    ),
  ];
  known.set(key, found);
  return found;
}

function named(variable: string): Setting | undefined {
  const value = Deno.env.get(variable);
  return value ? { value, source: variable } : undefined;
}

function namedFolders(): Setting[] {
  const separator = Deno.build.os === "windows" ? ";" : ":";
  return (Deno.env.get("SSL_CERT_DIR") ?? "").split(separator).filter(Boolean)
    .map((value) => ({ value, source: "SSL_CERT_DIR" }));
}

function readIfThere(setting: Setting): Authorities[] {
  try {
    return [readStrictly(setting)];
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

function readStrictly({ value: path, source }: Setting): Authorities {
  const texts = textsAt(path);
  if (texts === undefined) throw unusable(source, path, "is not there");
  const read = texts.map(readPem);
  const certificates = read.flatMap(({ certificates }) => certificates).map(checked);
  const others = [...new Set(read.flatMap(({ others }) => others))];
  if (certificates.includes("broken") || others.some((label) => label.endsWith("CERTIFICATE"))) {
    throw unusable(source, path, "holds a certificate that can't be read");
  }
  if (certificates.length === 0) {
    const but = others.length > 0 ? `, but ${others.slice(0, 3).join(", ")}` : "";
    throw unusable(source, path, `holds no PEM certificate${but}`);
  }
  const pems = certificates.filter((pem) => pem !== "expired");
  if (pems.length === 0) throw unusable(source, path, "holds expired certificates only");
  return { pems, from: `${source} (${path})` };
}

/** Those of a file, or of all files in a folder; undefined where neither is there. */
function textsAt(path: string): string[] | undefined {
  if (!isFolder(path)) {
    const text = readText(path);
    return text === undefined ? undefined : [text];
  }
  return listFolder(path).map((name) => inFolder(path, name))
    .filter((each) => !isFolder(each))
    .flatMap((each) => readText(each) ?? []);
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    // Whatever is wrong with it, the read that follows says it.
    return false;
  }
}

/** The runtime itself trusts an authority for ever. */
function checked(der: Uint8Array): string {
  const end = certificateEnd(der);
  if (end === undefined) return "broken";
  return end.getTime() > Date.now() ? formatPem(der) : "expired";
}

function unusable(source: string, path: string, why: string): FileError {
  return new FileError(
    `${source}: ${path} ${why}`,
    `name a PEM file of certificate authorities, or leave ${source} out`,
  );
}
