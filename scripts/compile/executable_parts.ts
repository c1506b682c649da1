import type { Target } from "./targets.ts";

/** What an executable file is, and what Deno put into it. */
export interface ExecutableParts {
  readonly os: Target["os"];
  /** Undefined for a machine that awsmfa is not made for. */
  readonly arch: Target["arch"] | undefined;
  /** What `deno compile` put in: see read_payload.ts. */
  readonly payload: Uint8Array<ArrayBuffer>;
  /** Where a Mach-O's code signature starts. */
  readonly codeSignature?: number;
  /** True where a PE holds an Authenticode signature; nothing is said of whether it is right. */
  readonly signed?: boolean;
}
