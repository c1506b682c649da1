import type { LongTermKeys, SessionCredentials } from "./domain/credentials.ts";

/** All that the program needs of the world outside; tests give it an object literal. */
export interface World {
  readonly windows: boolean;
  readonly env: (name: string) => string | undefined;
  readonly now: () => Date;
  /** Date and time as the person's clock shows them: "2026-11-20 21:17". */
  readonly localTime: (at: Date) => string;

  /** A file's text, undefined where there is no such file. Throws FileError. */
  readonly readText: (path: string) => string | undefined;
  /** Throws FileError; at every moment a file is the old one or the new one. */
  readonly updateTexts: FilesUpdate;
  /** Throws FileError where the file could not be replaced. Changes nothing. */
  readonly checkReplaceable: (path: string) => void;
  /** The permission bits of a file that other users of the machine can read, else undefined. */
  readonly looseMode: (path: string) => number | undefined;

  /** True where somebody can be asked: stdin and stderr are terminals. */
  readonly interactive: boolean;
  /** Asks on the terminal; undefined where the answer is end of input. */
  readonly ask: (question: string) => Promise<string | undefined>;
  /** The first line of stdin. */
  readonly readLine: () => Promise<string>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Shows on a terminal that `work` is going on, once it takes longer than a moment. */
  readonly showWaiting: <T>(label: string, work: Promise<T>) => Promise<T>;

  /** Gives up, for good, every permission but these. */
  readonly keepPermissions: (needed: readonly Permission[]) => void;
  /** True where the program's permissions let it reach this `host:port`. */
  readonly mayReach: (host: string) => boolean;
  readonly callerArn: (access: StsAccess) => Promise<string>;
  readonly requestSession: (access: StsAccess, request: SessionRequest) => Promise<SessionCredentials>;
}

/** Kinds of Deno permissions (docs.deno.com, "Security and permissions"). */
export type Permission = "read" | "write" | "env" | "net" | "run" | "sys" | "ffi";

/**
 * Under one lock beside the first path: reads all of them (a missing one is undefined), lets `edit` say what shall
 * be saved, and saves that in the order given. `edit` runs again where a file was changed by another meanwhile.
 */
export type FilesUpdate = (paths: readonly string[], edit: FilesEdit) => Promise<void>;
export type FilesEdit = (texts: readonly (string | undefined)[]) => readonly FileChange[];

/** A file's new text, or undefined to remove the file. */
export interface FileChange {
  readonly path: string;
  readonly text: string | undefined;
}

/** How STS is reached. */
export interface StsAccess {
  readonly keys: LongTermKeys;
  readonly region: string;
  /** Another address than AWS's own, from AWS_ENDPOINT_URL(_STS). */
  readonly endpoint: string | undefined;
  /** A PEM file of certificate authorities, from AWS_CA_BUNDLE. */
  readonly caBundle: string | undefined;
  /** AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT. */
  readonly fips: boolean;
  readonly dualstack: boolean;
}

/** What sts:GetSessionToken is asked for. */
export interface SessionRequest {
  readonly serial: string;
  readonly code: string;
  readonly seconds: number;
}
