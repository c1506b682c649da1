import type { Directory } from "./directory.ts";
import type { Credential } from "./people.ts";

/** One call whose signature was found good. */
export interface Call {
  readonly params: ReadonlyMap<string, string>;
  readonly caller: Credential;
  readonly directory: Directory;
  /** The server's clock, which sessions end by: milliseconds since 1970. */
  readonly now: number;
  /** The clock that MFA devices are in step with, which is right even where the server's is not. */
  readonly deviceNow: number;
  /** Whether a role session that a GetSessionToken session asks for is held to one hour too. */
  readonly chainCap: boolean;
  /** Which of the first requests of a new key are refused. */
  readonly newKeyRefusals: readonly boolean[];
  /** What role sessions are cut to. */
  readonly roleSeconds: number | undefined;
}
