import { basename, resolve } from "node:path";
import { build, type BuildResult, type Plugin, stop } from "esbuild";
import { nameChunks } from "./chunk_names.ts";
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
const NEVER_LOADED = ["bowser"];

/**
 * Bundles `src/main.ts` of a checkout, minified. The same source gives the same bytes, wherever it lies. Of a package
 * that has a build for browsers, that one is taken: the SDK's is a third of the size, reads no environment, and loads
 * nothing of `node:`. Throws SubprocessError, esbuild's BuildFailure, and an Error where something is in the bundle that is neither
 * the program's nor a package's.
 */
export async function bundle(root: string): Promise<Bundle> {
  const folder = await Deno.makeTempDir({ prefix: "awsmfa-bundle-" });
  try {
    const real = await Deno.realPath(root);
    await installPackages(real, folder);
    return describe(
      await build({
        absWorkingDir: real,
        entryPoints: [`${real}/src/main.ts`],
        outdir: `${folder}/out`,
        write: false,
        nodePaths: [`${folder}/node_modules`],
        bundle: true,
        format: "esm",
        platform: "browser",
        target: "esnext",
        minify: true,
        // In a single file every start would pay for what few commands need.
        splitting: true,
        legalComments: "none",
        // To see what went in.
        metafile: true,
        external: ["node:*", ...NEVER_LOADED],
        plugins: [xmlWithoutDom],
        logLevel: "silent",
      }),
      real,
      folder,
    );
  } finally {
    await stop();
    await Deno.remove(folder, { recursive: true });
  }
}

/** The packages of a checkout, in the versions of its lock file, as a folder that a bundler can read. */
async function installPackages(root: string, folder: string): Promise<void> {
  const { imports }: { imports: Record<string, string> } = JSON.parse(
    Deno.readTextFileSync(`${root}/deno.json`),
  );
  Deno.writeTextFileSync(`${folder}/deno.json`, JSON.stringify({ imports, nodeModulesDir: "auto" }));
  Deno.copyFileSync(`${root}/deno.lock`, `${folder}/deno.lock`);
  await runToEnd(Deno.execPath(), ["install", "--quiet", "--frozen"], { cwd: folder });
}

/** The SDK's build for browsers reads XML with their DOM; its other one with a parser of its own, which runs everywhere. */
const xmlWithoutDom: Plugin = {
  name: "xml-without-dom",
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/xml-parser\.browser\.js$/ }, ({ path }) => ({
      contents: Deno.readTextFileSync(path.replace(".browser", "")),
    }));
  },
};

function describe(
  { outputFiles, metafile }: BuildResult<{ metafile: true; write: false }>,
  root: string,
  folder: string,
): Bundle {
  const files = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const packages = new Map<string, Package>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [source, { bytesInOutput }] of Object.entries(inputs)) {
      const found = packageOf(resolve(root, source), root, folder);
      if (found !== undefined && bytesInOutput > 0) packages.set(found.id, found);
    }
  }
  const sorted = [...packages.keys()].sort();
  const licences = collectLicences(sorted.flatMap((id) => packages.get(id) ?? []));
  return { files: nameChunks(files, ENTRY), packages: sorted, licences };
}

/** The package of a source; undefined for one of the program. Tests and scripts have no business in the bundle. */
function packageOf(path: string, root: string, folder: string): Package | undefined {
  if (path === `${root}/deno.json` || path.startsWith(`${root}/src/`)) return undefined;
  const inside = path.startsWith(`${folder}/`) ? path.slice(folder.length) : "";
  const [start, version, name] =
    /^\/node_modules\/\.deno\/[^/]*@([^/@]+)\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(inside) ?? [];
  if (start === undefined || name === undefined || version === undefined) {
    throw new Error(`${path} must not be in the bundle`);
  }
  return { id: `${name}@${version}`, folder: folder + start };
}
