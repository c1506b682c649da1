import type { Tests, Tree } from "./find_tests.ts";
import { mutate, type Mutation } from "./mutation.ts";

/** What tests found. `broken`: the source with the fault can't even be loaded, which shows nothing of the tests. */
export type Verdict = "killed" | "survived" | "broken";

/** A hang is found, too; the whole rings take a minute or two. */
const MOST_MS = 10 * 60_000;

/** The files that tests without permissions need. */
const PARTS = ["src", "tests", "scripts", "deno.json", "deno.lock"];

/** A copy of the sources in a folder of its own, in which faults are tried, one at a time. */
export class WorkTree {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async make(tree: Tree): Promise<WorkTree> {
    const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "awsmfa-mutate-" }));
    for (const [path, text] of tree) {
      await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${folder}/${path}`, text);
    }
    return new WorkTree(folder);
  }

  /** Puts the fault in, runs the tests until one fails, and takes it out. */
  async try(mutation: Mutation, { quick, slow }: Tests): Promise<Verdict> {
    const path = `${this.#folder}/src/${mutation.file}`;
    const source = await Deno.readTextFile(path);
    const mutated = mutate(source, mutation);
    if (typeof mutated !== "string") throw new Error(mutated.wrong);
    await Deno.writeTextFile(path, mutated);
    try {
      const verdict = await this.run(quick);
      return verdict === "survived" ? await this.run(slow) : verdict;
    } finally {
      await Deno.writeTextFile(path, source);
    }
  }

  /** Runs tests as they are. They share one process and what they load: that is six times as fast as one for each. */
  async run(tests: readonly string[]): Promise<Verdict> {
    if (tests.length === 0) return "survived";
    const all = `${this.#folder}/tests/all_of_them_test.ts`;
    await Deno.writeTextFile(all, tests.map((test) => `import "../${test}";\n`).join(""));
    const child = new Deno.Command(Deno.execPath(), {
      args: ["test", "--quiet", "--no-check", "--no-prompt", "--fail-fast", all],
      cwd: this.#folder,
      // As the task test:pure does: in a time zone where what is UTC and what is not are two things.
      env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", TZ: "America/New_York" },
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    let hangs = false;
    const alarm = setTimeout(() => {
      hangs = true;
      child.kill("SIGKILL");
    }, MOST_MS);
    const { success, stdout } = await child.output();
    clearTimeout(alarm);
    if (success) return "survived";
    return hangs || hasFailed(new TextDecoder().decode(stdout)) ? "killed" : "broken";
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#folder, { recursive: true });
    await removeIfThere(await cacheOf(this.#folder));
  }
}

/** Where Deno keeps what it made of the sources in a folder, for good. */
async function cacheOf(folder: string): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { typescriptCache }: { typescriptCache: string } = JSON.parse(new TextDecoder().decode(stdout));
  return `${typescriptCache}/file${folder}`;
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** True where it was a test that failed, and not the loading of one. */
function hasFailed(said: string): boolean {
  const [, passed] = /^FAILED \| (\d+) passed/m.exec(said) ?? [];
  return passed !== undefined && !(passed === "0" && /\(uncaught error\)/.test(said));
}

/** The texts of all files that tests need, by their paths. */
export async function readTree(root: string): Promise<Tree> {
  const tree = new Map<string, string>();
  for (const part of PARTS) await readInto(tree, root, part);
  return tree;
}

async function readInto(tree: Map<string, string>, root: string, path: string): Promise<void> {
  const { isDirectory } = await Deno.stat(`${root}/${path}`);
  if (!isDirectory) {
    tree.set(path, await Deno.readTextFile(`${root}/${path}`));
    return;
  }
  for await (const { name } of Deno.readDir(`${root}/${path}`)) await readInto(tree, root, `${path}/${name}`);
}
