import { FileError } from "../../errors.ts";
import { expandVariables } from "./expand_variables.ts";
import { plainPath } from "./plain_path.ts";

/** Where everything is (design.md, "Where things are"). */
export interface Locations extends Companions {
  readonly config: string;
  readonly credentials: string;
  /**
   * Where an earlier awsmfa may have left a backup: beside the symbolic link that the credentials file is, and not
   * beside the file itself. It is read, too, and the next save moves it.
   */
  readonly formerBackups: readonly string[];
  /** Folders that an earlier awsmfa may have made for its sessions, and that may as well be something else. */
  readonly formerSessions: readonly string[];
}

/** What AWS tools take as "there is no such file", where a variable names it. */
export const NO_FILE = "/dev/null";

/** What lies beside a credentials file. */
export interface Companions {
  /** Keys that an in-place login put aside. */
  readonly backup: string;
  /** The folder of the cached sessions for other profiles, roles and commands. */
  readonly sessions: string;
}

/**
 * The files that AWS tools read, by the rules of shared/vectors, file-location-tests.json. A leading `~/` in a
 * variable is the home, and `$NAME` is another one, as for the AWS CLI. What awsmfa adds lies beside the real file, so
 * that it is found by every path that leads there: `realPath` is what is behind symbolic links. Throws
 * {@linkcode FileError} where a home is needed and none is named.
 */
export function findLocations(
  env: (name: string) => string | undefined,
  windows: boolean,
  realPath: (path: string) => string,
): Locations {
  const separator = windows ? "\\" : "/";
  const inHome = (...parts: string[]): string => [homeFolder(env, windows), ...parts].join(separator);
  const named = (variable: string): string | undefined => {
    const path = expandVariables(env(variable) ?? "", env, windows);
    if (path === "") return undefined;
    if (/^~[/\\]/.test(path)) return inHome(path.slice(2));
    return windows ? plainPath(path) : path;
  };
  const config = named("AWS_CONFIG_FILE") ?? inHome(".aws", "config");
  const credentials = named("AWS_SHARED_CREDENTIALS_FILE") ?? inHome(".aws", "credentials");
  // It says that there is no such file; what lies beside one is where it is by default.
  const isNone = credentials === NO_FILE;
  const real = isNone ? inHome(".aws", "credentials") : realPath(credentials);
  const link = isNone ? real : credentials;
  const companions = companionsOf(real, windows);
  return {
    config,
    credentials,
    ...companions,
    formerBackups: real === link ? [] : [companionsOf(link, windows).backup],
    formerSessions: [...new Set([real, link])].map((file) => `${splitPath(file, windows)[0]}awsmfa`)
      .filter((folder) => folder !== companions.sessions),
  };
}

/**
 * In ~/.aws nothing else is called awsmfa. Anywhere else a folder of that name may be a checkout, or a file the program:
 * there the folder has a name of its own.
 */
function companionsOf(credentials: string, windows: boolean): Companions {
  const [folder, name] = splitPath(credentials, windows);
  const isUsual = /(^|[/\\])\.aws[/\\]$/.test(folder);
  return {
    backup: `${credentials}_backup_by_awsmfa`,
    sessions: isUsual ? `${folder}awsmfa` : `${folder}.awsmfa-${name}`,
  };
}

function splitPath(path: string, windows: boolean): [folder: string, name: string] {
  const start = path.search(windows ? /[^/\\]*$/ : /[^/]*$/);
  return [path.slice(0, start), path.slice(start)];
}

/** The home, without a slash behind it. Throws {@linkcode FileError} where none is named. */
export function homeFolder(env: (name: string) => string | undefined, windows: boolean): string {
  const home = windows ? homeOnWindows(env) : env("HOME");
  if (!home) {
    const variable = windows ? "USERPROFILE" : "HOME";
    throw new FileError(
      `no home directory: the variable ${variable} is not set`,
      `set ${variable}, or AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE`,
    );
  }
  // The home of some services is the root folder: there is no folder before its "/".
  return windows ? plainPath(home).replace(/[/\\]+$/, "") : home.replace(/\/+$/, "");
}

/** As the AWS CLI finds it (Python's ntpath.expanduser), which knows no HOME there; the SDKs take that one first. */
function homeOnWindows(env: (name: string) => string | undefined): string | undefined {
  return env("USERPROFILE") || joinDrive(env) || env("HOME");
}

function joinDrive(env: (name: string) => string | undefined): string | undefined {
  const [drive, path] = [env("HOMEDRIVE"), env("HOMEPATH")];
  return drive && path ? drive + path : undefined;
}
