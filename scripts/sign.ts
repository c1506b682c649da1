import { fileURLToPath } from "node:url";
import { readManifest } from "./compile.ts";
import { checkExecutable } from "./compile/check_executable.ts";
import { SubprocessError } from "./compile/subprocess.ts";
import { type Target, TARGETS } from "./compile/targets.ts";
import { print } from "./print.ts";
import { finish } from "./sign/finish.ts";
import { signMacos } from "./sign/macos.ts";
import type { Outcome } from "./sign/outcome.ts";
import { signSums } from "./sign/sums.ts";
import { signWindows } from "./sign/windows.ts";

// deno task sign [--require-signatures]
// Signs the executables in dist/ where the system knows signatures of programs, then SHA256SUMS of everything in it.
// `deno task package` writes and signs SHA256SUMS again, with the archives.

const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** Signs what compile left in a folder. Resolves to what became of each file; throws SubprocessError. */
export async function signAll(outDir: string): Promise<Outcome[]> {
  const manifest = await readManifest(outDir);
  const outcomes: Outcome[] = [];
  for (const target of TARGETS.filter(({ triple }) => triple in manifest.targets)) {
    const outcome = await signOne(outDir, target);
    if (outcome === undefined) continue;
    // A signing tool writes into the program: what is in it must still be what was compiled.
    await checkExecutable(await Deno.readFile(`${outDir}/${target.file}`), target, manifest.bundle);
    outcomes.push(outcome);
  }
  return [...outcomes, await signSums(outDir)];
}

/** Undefined on Linux, which knows no signatures of programs: SHA256SUMS vouches for these. */
async function signOne(outDir: string, { os, file }: Target): Promise<Outcome | undefined> {
  if (os === "windows") return await signWindows(outDir, file);
  return os === "macos" ? await signMacos(outDir, file) : undefined;
}

if (import.meta.main) {
  try {
    finish(await signAll(`${ROOT}/dist`), Deno.args);
  } catch (error) {
    if (!(error instanceof SubprocessError)) throw error;
    print(error.message);
    Deno.exit(1);
  }
}
