import { fileURLToPath } from "node:url";
import { readManifest } from "./compile.ts";
import { sha256 } from "./compile/sha256.ts";
import { type Target, TARGETS } from "./compile/targets.ts";
import { deb, DEB_ARCH } from "./package/deb.ts";
import type { Entry } from "./package/entry.ts";
import { archiveEntries, type Extras, readExtras } from "./package/extras.ts";
import { type Archive, homebrewFormula, scoopManifest } from "./package/recipes.ts";
import { gzip, tar } from "./package/tar.ts";
import { zip } from "./package/zip.ts";
import { print } from "./print.ts";
import { finish } from "./sign/finish.ts";
import { signSums } from "./sign/sums.ts";

// deno task package [--require-signatures]
// Archives, .deb files and recipes of what compile left in dist/, then SHA256SUMS of all of it, signed.

const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** Packs what compile left in a folder, into that folder. Resolves to the new files' names. */
export async function packAll(outDir: string): Promise<string[]> {
  const { version, targets } = await readManifest(outDir);
  const extras = await readExtras(ROOT, outDir);
  const made: string[] = [];
  const archives: Archive[] = [];
  const save = async (file: string, content: Uint8Array | string): Promise<void> => {
    if (typeof content === "string") await Deno.writeTextFile(`${outDir}/${file}`, content);
    else await Deno.writeFile(`${outDir}/${file}`, content);
    made.push(file);
  };
  for (const target of TARGETS.filter(({ triple }) => triple in targets)) {
    const program = await Deno.readFile(`${outDir}/${target.file}`);
    const { file, bytes } = archive(target, version, program, extras);
    await save(file, bytes);
    archives.push({ target, file, sha256: await sha256(bytes) });
    if (target.os === "linux") {
      await save(
        `awsmfa_${version}_${DEB_ARCH[target.arch]}.deb`,
        deb(program, target.arch, version, extras),
      );
    }
  }
  const recipes = {
    "awsmfa.rb": homebrewFormula(version, archives),
    "awsmfa.json": scoopManifest(version, archives),
  };
  for (const [file, text] of Object.entries(recipes)) if (text !== undefined) await save(file, text);
  return made;
}

function archive(
  target: Target,
  version: string,
  bytes: Uint8Array<ArrayBuffer>,
  extras: Extras,
): { file: string; bytes: Uint8Array<ArrayBuffer> } {
  const folder = `awsmfa-${version}-${target.name}`;
  const program: Entry = { path: target.os === "windows" ? "awsmfa.exe" : "awsmfa", bytes, mode: 0o755 };
  const entries = archiveEntries(folder, program, extras);
  return target.os === "windows"
    ? { file: `${folder}.zip`, bytes: zip(entries) }
    : { file: `${folder}.tar.gz`, bytes: gzip(tar(entries)) };
}

if (import.meta.main) {
  const outDir = `${ROOT}/dist`;
  for (const file of await packAll(outDir)) {
    print(`${file}  ${(Deno.statSync(`${outDir}/${file}`).size / 1e6).toFixed(2)} MB`);
  }
  finish([await signSums(outDir)], Deno.args);
}
