/** A machine that awsmfa is compiled for. */
export interface Target {
  /** As Deno names it: `deno compile --target`. */
  readonly triple: string;
  /** The executable's file name. */
  readonly file: string;
}

/** Every machine that there is an executable for. */
export const TARGETS: readonly Target[] = [
  { triple: "x86_64-unknown-linux-gnu", file: "awsmfa-linux-x64" },
  { triple: "aarch64-unknown-linux-gnu", file: "awsmfa-linux-arm64" },
  { triple: "x86_64-apple-darwin", file: "awsmfa-macos-x64" },
  { triple: "aarch64-apple-darwin", file: "awsmfa-macos-arm64" },
  { triple: "x86_64-pc-windows-msvc", file: "awsmfa-windows-x64.exe" },
];

/** The target of the machine that this runs on. Throws where there is none. */
export function hostTarget(): Target {
  const host = TARGETS.find(({ triple }) => triple === Deno.build.target);
  if (host === undefined) throw new Error(`no target for this machine, ${Deno.build.target}`);
  return host;
}
