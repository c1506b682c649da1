import { fileURLToPath } from "node:url";
import { nameChunks } from "./chunk_names.ts";
import { dropIdleImports } from "./idle_imports.ts";
import { collectLicences, type Package } from "./licences.ts";
import { runToEnd } from "./subprocess.ts";

/** JavaScript files that are the whole program, and where they came from. */
export interface Bundle {
  /** File name -> text; the program starts at `main.js`. */
  readonly files: ReadonlyMap<string, string>;
  /** "name@version" of each npm package of which something is in it, in order. */
  readonly packages: readonly string[];
  /** The texts of these packages' licences, and Deno's. */
  readonly licences: string;
}

/** Where a bundle starts. */
export const ENTRY = "main.js";

/**
 * What the SDK would load on the way to credentials that it has to find by itself, or in a browser. awsmfa always gives
 * it keys: these packages can't be reached, and stay out of the executable.
 */
const NEVER_LOADED = [
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  "@smithy/credential-provider-imds",
  "bowser",
];

/**
 * Bundles `src/main.ts` of a checkout, minified. The same source gives the same bytes, wherever it lies. Throws
 * SubprocessError, and an Error where something is in the bundle that is neither the program's nor a package's.
 */
export async function bundle(root: string): Promise<Bundle> {
  const folder = await Deno.makeTempDir({ prefix: "awsmfa-bundle-" });
  try {
    await runToEnd(Deno.execPath(), [
      "bundle",
      "--quiet",
      "--frozen",
      "--minify",
      "--platform=deno",
      // In a single file the SDK's imports of node:http and others stand at its top, and every start pays for them.
      "--code-splitting",
      // Only to see below what went in.
      "--sourcemap=external",
      ...NEVER_LOADED.map((name) => `--external=${name}`),
      `--config=${root}/deno.json`,
      `--outdir=${folder}`,
      `${root}/src/main.ts`,
    ], { cwd: root });
    return readBundle(folder, await Deno.realPath(root));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function readBundle(folder: string, root: string): Bundle {
  const files = new Map<string, string>();
  const packages = new Map<string, Package>();
  for (const { name } of Deno.readDirSync(folder)) {
    const text = Deno.readTextFileSync(`${folder}/${name}`);
    if (!name.endsWith(".map")) {
      files.set(name, text);
      continue;
    }
    const { sources }: { sources: string[] } = JSON.parse(text);
    for (const source of sources) {
      const found = packageOf(source, folder, root);
      if (found !== undefined) packages.set(found.id, found);
    }
  }
  const sorted = [...packages.keys()].sort();
  const licences = collectLicences(sorted.flatMap((id) => packages.get(id) ?? []));
  return { files: nameChunks(dropIdleImports(files), ENTRY), packages: sorted, licences };
}

/** The package of a source; undefined for one of the program. Tests and scripts have no business in the bundle. */
function packageOf(source: string, folder: string, root: string): Package | undefined {
  const path = fileURLToPath(new URL(source, `file://${folder}/`));
  if (path === `${root}/deno.json` || path.startsWith(`${root}/src/`)) return undefined;
  const [start, name, version] = /^.*?\/npm\/[^/]+\/((?:@[^/]+\/)?[^/]+)\/([^/]+)\//.exec(path) ?? [];
  if (start === undefined || name === undefined || version === undefined) {
    throw new Error(`${path} must not be in the bundle`);
  }
  return { id: `${name}@${version}`, folder: start };
}
