/** A machine that awsmfa is compiled for. */
export interface Target {
  /** What `--target` and the archives call it. */
  readonly name: string;
  /** As Deno names it: `deno compile --target`. */
  readonly triple: string;
  readonly os: "linux" | "macos" | "windows";
  readonly arch: "x64" | "arm64";
  /** The executable's file name. */
  readonly file: string;
}

/**
 * Every machine that there is an executable for. Older Denos lack the last one: {@linkcode knownTo} asks the one in
 * use.
 */
export const TARGETS: readonly Target[] = [
  target("linux", "x64", "x86_64-unknown-linux-gnu"),
  target("linux", "arm64", "aarch64-unknown-linux-gnu"),
  target("macos", "x64", "x86_64-apple-darwin"),
  target("macos", "arm64", "aarch64-apple-darwin"),
  target("windows", "x64", "x86_64-pc-windows-msvc"),
  target("windows", "arm64", "aarch64-pc-windows-msvc"),
];

/** The target of the machine that this runs on. Throws where there is none. */
export function hostTarget(): Target {
  const host = TARGETS.find(({ triple }) => triple === Deno.build.target);
  if (host === undefined) throw new Error(`no target for this machine, ${Deno.build.target}`);
  return host;
}

/** The target of this name or triple. */
export function targetNamed(name: string): Target | undefined {
  return TARGETS.find((target) => target.name === name || target.triple === name);
}

/** Those that a Deno can compile for: it lists its targets where it is given none of them. */
export function knownTo(denosAnswer: string): readonly Target[] {
  return TARGETS.filter(({ triple }) => denosAnswer.includes(triple));
}

function target(os: Target["os"], arch: Target["arch"], triple: string): Target {
  const name = `${os}-${arch}`;
  return { name, triple, os, arch, file: `awsmfa-${name}${os === "windows" ? ".exe" : ""}` };
}
