import type { ShellSyntax } from "./domain/shell/shell_word.ts";
import type { AccessKey, LastUse } from "./domain/keys/access_key.ts";
import type { Choice } from "./domain/text/picker.ts";
import type { LongTermKeys, SessionCredentials } from "./domain/keys/credentials.ts";
import type { YamlData } from "./domain/imports/yaml_data.ts";
import type { MfaDevice } from "./domain/aws/mfa_device.ts";
import type { CallTargets } from "./domain/network/needed_hosts.ts";
import type { Limits } from "./domain/network/limits.ts";
import type { Setting } from "./domain/placement/placement.ts";
import type { SessionTag } from "./domain/placement/role.ts";
import type { Variables } from "./domain/sessions/variables.ts";

/** All that the program needs of the world outside; tests give it an object literal. */
export interface World {
  /** Of the program: "0.1.0". */
  readonly version: () => Promise<string>;
  readonly windows: boolean;
  readonly env: (name: string) => string | undefined;
  readonly now: () => Date;
  /** Date and time as the person's clock shows them: "2026-11-20 21:17". */
  readonly localTime: (at: Date) => string;

  /** What a path leads to behind symbolic links, also where nothing is there yet. Throws FileError. */
  readonly realPath: (path: string) => string;
  /** A file's text, undefined where there is no such file. Throws FileError. */
  readonly readText: (path: string) => string | undefined;
  /** Throws FileError; at every moment a file is the old one or the new one. */
  readonly updateTexts: FilesUpdate;
  /** Throws FileError where a save of these files would be refused. Changes none of them. */
  readonly checkReplaceable: (paths: readonly string[]) => void;
  readonly refuseReadOnly: (paths: readonly string[]) => void;
  /** The permission bits of a file that other users of the machine can read, else undefined. */
  readonly looseMode: (path: string) => number | undefined;
  /** False for a file on a file system that takes no locks; a folder takes their place there. */
  readonly takesLocks: (path: string) => Promise<boolean>;
  /** The access list of a file on Windows, in SDDL; undefined where it can't be told. */
  readonly windowsAccessList: (path: string) => Promise<string | undefined>;

  /** Reads YAML. Throws FileError that repeats nothing of it. */
  readonly parseYaml: (text: string, path: string) => Promise<YamlData>;

  /** What there is to know of a file besides its bytes; undefined where there is none. */
  readonly fileInfo: (path: string) => FileInfo | undefined;
  /** The names in a folder, in order; none where there is no folder. */
  readonly listFolder: (path: string) => string[];
  /** Throws FileError where the folder is there and another user's, or others could write into it. */
  readonly checkPrivateFolder: (path: string) => void;
  /** The text of a file in such a folder. Throws FileError where another user may have made the file. */
  readonly readPrivateText: (path: string) => string | undefined;
  /**
   * Removes awsmfa's own folders as far as awsmfa can do without what is in them, and the locks of files; `dry` only
   * tells what would be removed. Throws FileError.
   */
  readonly removeOwn: (
    folders: readonly string[],
    files: readonly string[],
    dry?: boolean,
  ) => Promise<OwnFiles>;
  /** Runs `work` while no other process runs its own under the same lock file. */
  readonly withLock: <T>(path: string, work: () => Promise<T>) => Promise<T>;
  /** Adds to the end of a file. */
  readonly appendText: (path: string, text: string) => void;

  /** What a program prints on stdout within some seconds. Throws NoCredentialsError where it fails or takes longer. */
  readonly runForText: (
    command: string,
    seconds: number,
    variables?: Readonly<Record<string, string>>,
  ) => Promise<string>;
  /**
   * Lets a person edit a text with an editor, in a copy beside `path`; undefined where the editor fails. `whenAtOnce` is
   * waited for where it was back at once without a change. Throws ProgramError where it can't be started.
   */
  readonly editCopy: (
    path: string,
    text: string,
    editor: string,
    whenAtOnce: (() => Promise<void>) | undefined,
  ) => Promise<string | undefined>;
  /** What edits of a file that were cut off have left, the newest first. Throws FileError. */
  readonly leftCopies: (path: string) => Promise<LeftCopy[]>;
  readonly removeCopy: (folder: string) => Promise<void>;
  /**
   * Runs a program in this terminal with these variables set, or unset. Resolves to its exit code. Meanwhile it keeps
   * permission to run, and what is needed `afterwards`.
   */
  readonly runProgram: (
    program: readonly string[],
    variables: Variables,
    afterwards?: readonly Permission[],
  ) => Promise<number>;
  /**
   * The name of the program that started this one, such as "zsh"; undefined where it can't be told, and where `run` is
   * given up. Known for good once it was asked for before.
   */
  readonly parentProgram: () => Promise<string | undefined>;

  /** How the shell that awsmfa was started from reads words, as far as that was asked for: nobody waits for it. */
  readonly syntaxSoFar: () => ShellSyntax;

  /** What starts this very program again: one word or more. */
  readonly ownCommand: () => Promise<readonly string[]>;
  /**
   * Writes a file into a new folder, below this one where that can be, and runs `work` with its path; both are for
   * nobody else, and are gone at the end.
   */
  readonly withPrivateFile: <T>(
    folder: string,
    name: string,
    text: string,
    work: (path: string) => Promise<T>,
  ) => Promise<T>;

  readonly sleep: (milliseconds: number) => Promise<void>;
  /** SHA-256 in hexadecimal digits. */
  readonly hash: (text: string) => Promise<string>;
  /** Random signs, unlike any before. */
  readonly salt: () => string;

  /** True where somebody can be asked: stderr is a terminal, and stdin, or there is one behind it. */
  readonly interactive: boolean;
  /** True where stdin is no terminal: what is on it was put there for the program. */
  readonly piped: boolean;
  /** Asks on the terminal; undefined where the answer is end of input. */
  readonly ask: (question: string) => Promise<string | undefined>;
  /** The same for an access key ID; nothing is shown of what is pasted behind it, which the next hidden question gets. */
  readonly askKeyId: (question: string) => Promise<string | undefined>;
  /** The same, and what is typed is not shown; line ends inside of what is pasted are dropped. */
  readonly askHidden: (question: string) => Promise<string | undefined>;
  /** True where {@linkcode pick} can draw: the terminal is interactive, and not a dumb one. */
  readonly canPick: boolean;
  /** Lets somebody choose out of a list; undefined where they don't. */
  readonly pick: (question: string, choices: readonly Choice[]) => Promise<number | undefined>;
  /** The first line of stdin. */
  readonly readLine: () => Promise<string>;
  readonly out: (text: string) => void;
  /** How to write on stdout: with colours, and how many signs a line has. */
  readonly colour: boolean;
  readonly columns: number;
  readonly err: (text: string) => void;
  /** Shows on a terminal that `work` is going on, once it takes longer than a moment. */
  readonly showWaiting: <T>(label: string, work: Promise<T>) => Promise<T>;

  /** Gives up, for good, every permission but these. */
  readonly keepPermissions: (needed: readonly Permission[]) => void;
  /**
   * Gives up, for good, every host but those that calls with these targets need. False where all of AWS's stay, since
   * those of the region are not known by name.
   */
  readonly keepHosts: (targets: CallTargets) => Promise<boolean>;
  /** True where the program's permissions let it reach this `host:port`. */
  readonly mayReach: (host: string) => boolean;
  /** Gets ready to call STS. Throws UsageError or FileError where a setting of the way there can't be followed. */
  readonly prepareCalls: (access: StsAccess) => Promise<void>;
  /** This machine's clock less AWS's, by the last answer of STS; 0 before. */
  readonly clockAheadSeconds: () => Promise<number>;
  /** Who the keys belong to, and this machine's clock less AWS's. */
  readonly caller: (access: StsAccess) => Promise<Caller>;
  /** It ends by this machine's clock, as what {@linkcode assumeRole} gives. */
  readonly requestSession: (access: StsAccess, request: SessionRequest) => Promise<SessionCredentials>;
  readonly sessionWithoutMfa: (access: StsAccess, seconds: number) => Promise<SessionCredentials>;
  /** Throws StsRefusal where IAM does not let the user list them. */
  readonly listMfaDevices: (access: StsAccess) => Promise<MfaDevice[]>;
  readonly accessKeyCreated: (access: StsAccess) => Promise<Date | undefined>;
  /** The access keys of a user, asked for with a session of that user, as all of these. Throw StsRefusal. */
  readonly listAccessKeys: (access: StsAccess, userName: string) => Promise<AccessKey[]>;
  readonly accessKeyLastUse: (access: StsAccess, accessKeyId: string) => Promise<LastUse | undefined>;
  /** Where it throws, a key may have been made all the same. */
  readonly createAccessKey: (access: StsAccess, userName: string) => Promise<LongTermKeys>;
  readonly setAccessKeyActive: (
    access: StsAccess,
    userName: string,
    accessKeyId: string,
    active: boolean,
  ) => Promise<void>;
  readonly deleteAccessKey: (access: StsAccess, userName: string, accessKeyId: string) => Promise<void>;
  readonly assumeRole: (access: StsAccess, request: RoleRequest) => Promise<RoleCredentials>;
}

/** Kinds of Deno permissions (docs.deno.com, "Security and permissions"). */
export type Permission = "read" | "write" | "env" | "net" | "run" | "sys" | "ffi";

/**
 * Under one lock beside the first path: reads all of them (a missing one is undefined), lets `edit` say what shall
 * be saved, and saves that in the order given. `edit` runs again where a file was changed by another meanwhile.
 */
export type FilesUpdate = (paths: readonly string[], edit: FilesEdit) => Promise<void>;
export type FilesEdit = (texts: readonly (string | undefined)[]) => readonly FileChange[];

export interface LeftCopy {
  readonly folder: string;
  readonly text: string;
}

export interface FileInfo {
  /** Where the path is a symbolic link. */
  readonly linkTo: string | undefined;
  readonly modified: Date;
}

/** The paths of what was removed, and of what may be nowhere else. */
export interface OwnFiles {
  readonly removed: readonly string[];
  readonly left: readonly string[];
}

/** A file's new text, or undefined to remove the file. */
export interface FileChange {
  readonly path: string;
  readonly text: string | undefined;
  /** Where it can't be saved the others are, and a warning says so. */
  readonly optional?: true;
}

/** How STS is reached. */
export interface StsAccess {
  /** Long-term keys, or a session's with its token. */
  readonly keys: LongTermKeys & { readonly sessionToken?: string };
  readonly region: string;
  /** Another address than AWS's own, from AWS_ENDPOINT_URL(_STS). */
  readonly endpoint: string | undefined;
  /** The same for IAM, from AWS_ENDPOINT_URL(_IAM). */
  readonly iamEndpoint: string | undefined;
  /** A PEM file or a folder of certificate authorities, from AWS_CA_BUNDLE, the profile or REQUESTS_CA_BUNDLE. */
  readonly caBundle: Setting | undefined;
  readonly limits: Limits;
  /** AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT. */
  readonly fips: boolean;
  readonly dualstack: boolean;
}

/** What sts:GetCallerIdentity answers. */
export interface Caller {
  readonly arn: string;
  readonly clockAheadSeconds: number;
  /** How AWS was reached: "direct", or the proxy. */
  readonly via: string;
}

/** What sts:GetSessionToken is asked for. */
export interface SessionRequest {
  readonly serial: string;
  readonly code: string;
  readonly seconds: number;
}

/** What sts:AssumeRole is asked for. */
export interface RoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId: string | undefined;
  readonly seconds: number;
  readonly tags?: readonly SessionTag[];
  readonly sourceIdentity?: string;
  /** With long-term keys: the device and its code. */
  readonly mfa: { readonly serial: string; readonly code: string } | undefined;
}

export interface RoleCredentials extends SessionCredentials {
  /** The assumed role's ARN. */
  readonly principalArn: string;
}
