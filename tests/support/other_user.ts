import { cleanEnvironment } from "../../scripts/program.ts";
import { isRoot } from "./machine.ts";
import { works } from "./needs.ts";

/** Users that no machine has: no account is needed to be one of them. */
export const BOB = 64_201;
export const MALLORY = 64_202;

/**
 * Words in front of a program that make root another user. It may read what root may, so that Deno and its packages
 * are found; what it may write is up to that user's rights.
 */
export function asUser(uid: number): readonly string[] {
  const ids = [`--reuid=${uid}`, `--regid=${uid}`, "--clear-groups"];
  return ["setpriv", ...ids, "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"];
}

/** True where a test can be two users. */
export const canBeTwo: boolean = isRoot && works([...asUser(BOB), "true"]);

/** A copy of Deno's folder of packages where every user finds it: `DENO_DIR` for a run that calls AWS. */
export function packagesForAll(): Disposable & { readonly path: string } {
  const path = Deno.makeTempDirSync({ prefix: "awsmfa-test-packages-" });
  run("cp", "-r", `${cleanEnvironment("/nowhere")["DENO_DIR"]}/npm`, path);
  run("chmod", "-R", "a+rwX", path);
  return { path, [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }) };
}

/** Gives a folder, and all in it, to a user; links are given away, and not followed. */
export function giveTo(uid: number, folder: string): void {
  run("chown", "-hR", `${uid}:${uid}`, folder);
}

function run(command: string, ...args: string[]): void {
  const { success } = new Deno.Command(command, { args }).outputSync();
  if (!success) throw new Error(`${command} ${args.join(" ")}`);
}
