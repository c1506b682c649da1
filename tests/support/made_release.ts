import config from "../../deno.json" with { type: "json" };
import { TARGETS } from "../../scripts/compile/targets.ts";
import { packAll } from "../../scripts/package.ts";
import type { Home } from "./home.ts";

/** What the program of a release made for a test prints; it understands nothing but --version. */
export const MADE_PROGRAM = `#!/bin/sh\necho ${config.version}\n`;

/** A folder as compile leaves it, with a few bytes in the place of each program, packed. Resolves to the new files. */
export async function makeRelease(home: Home, folder: string, program = MADE_PROGRAM): Promise<string[]> {
  const targets = TARGETS.filter(({ name }) => name !== "windows-arm64");
  for (const { file } of targets) home.write(`${folder}/${file}`, program);
  home.write(`${folder}/THIRD_PARTY_LICENSES`, "made for a test\n");
  const manifest = {
    version: config.version,
    targets: Object.fromEntries(targets.map(({ triple, file }) => [triple, file])),
  };
  home.write(`${folder}/manifest.json`, JSON.stringify(manifest));
  return await packAll(home.file(folder));
}
