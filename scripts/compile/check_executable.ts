import { checkCodeSignature } from "./check_code_signature.ts";
import { ENTRY } from "./bundle.ts";
import { V8_FLAGS } from "./executable.ts";
import { readExecutable } from "./read_executable.ts";
import { permission } from "../permissions.ts";
import { type Payload, readPayload } from "./read_payload.ts";
import { sha256 } from "./sha256.ts";
import type { Target } from "./targets.ts";

/**
 * Checks an executable as it lies there, without running it: format, machine, the permissions of deno.json and no
 * other, the bundle's files (name -> SHA-256) and no other. Resolves to what was checked, in words; throws Error.
 */
export async function checkExecutable(
  bytes: Uint8Array<ArrayBuffer>,
  { os, arch }: Target,
  bundle: Readonly<Record<string, string>>,
): Promise<string[]> {
  const read = readExecutable(bytes);
  if (read.os !== os || read.arch !== arch) {
    throw new Error(`made for ${read.os} ${read.arch}, not for ${os} ${arch}`);
  }
  const payload = readPayload(read.payload);
  checkSettings(payload);
  await checkFiles(payload, bundle);
  const checked = [`${os} ${arch}`, `the bundle's ${payload.files.size} files`, "permissions"];
  if (read.codeSignature !== undefined) {
    checked.push(`code signature, ${checkCodeSignature(bytes, read.codeSignature)} pages`);
  } else if (os === "macos" && arch === "arm64") {
    throw new Error("no code signature: macOS would not start it");
  }
  return checked;
}

function checkSettings({ settings }: Payload): void {
  if (settings.entrypoint_key !== ENTRY) throw new Error(`it starts at ${settings.entrypoint_key}`);
  if (settings.node_modules !== null) throw new Error("node_modules in it");
  for (const flag of V8_FLAGS) {
    if (!settings.v8_flags.includes(flag)) throw new Error(`V8's ${flag} is missing`);
  }
  // What Deno would allow of its own accord, and deny_import takes away.
  const { allow_import: _, ...permissions } = settings.permissions;
  for (const [name, value] of Object.entries(permissions)) {
    const expected = expectedPermission(name);
    if (JSON.stringify(value) !== JSON.stringify(expected)) {
      throw new Error(`${name} is ${JSON.stringify(value)}, not ${JSON.stringify(expected)}`);
    }
  }
}

/** As Deno writes it down: null where a flag was not given, an empty list where it was without a value. */
function expectedPermission(name: string): unknown {
  if (name === "prompt") return false;
  if (name === "deny_import") return [];
  const value = permission(name.replace("_", "-"));
  if (value === undefined) return null;
  return value === true ? [] : value;
}

async function checkFiles({ files }: Payload, bundle: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of files) {
    const expected = bundle[path];
    if (expected === undefined) throw new Error(`${path} has no business in it`);
    if (await sha256(content) !== expected) throw new Error(`${path} is not the bundle's`);
  }
  const missing = Object.keys(bundle).find((path) => !files.has(path));
  if (missing !== undefined) throw new Error(`${missing} is missing in it`);
}
