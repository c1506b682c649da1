/**
 * What `env` and `exec` leave beside a session in the environment: the profile, by which awsmfa and the prompts of
 * shells know it, and the mark below.
 */
export const OWN_PROFILE = "AWSMFA_PROFILE";
/** The mark: all that awsmfa set there, so that it can be told from what a person set, replaced and taken away. */
export const HANDED_OUT = "AWSMFA_SET";

/** What the mark says. No value of it is secret. */
export interface HandedOut {
  /** What was set, but for secrets and for the mark itself. */
  readonly set: ReadonlyMap<string, string>;
  /** What was unset: it comes back with `--unset`. */
  readonly was: ReadonlyMap<string, string>;
  /** The options that chose the user or the role, by their names: they count for the next command, too. */
  readonly options: ReadonlyMap<string, string>;
  /**
   * What AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE were for awsmfa, empty where they were not set; undefined
   * where they need not be said, since the program has the same.
   */
  readonly files: ReadonlyMap<string, string>;
  /** The id of the long-term keys, where they were in the environment, and a session took their place. */
  readonly keyId: string | undefined;
}

const FILE_VARIABLES = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"];
const PARTS = ["set", "was", "options", "files"] as const;
/** One letter for each. */
const LETTERS = { set: "s", was: "w", options: "o", files: "f" } as const;

/** The mark as the value of a variable: letters, digits and `-_.~:,` alone, which no shell and no file format minds. */
export function formatHandedOut(handed: HandedOut): string {
  const entries = PARTS.flatMap((part) =>
    [...handed[part]].map(([name, value]) => `${LETTERS[part]}${encode(name)}:${encode(value)}`)
  );
  return [...entries, ...(handed.keyId === undefined ? [] : [`k${encode(handed.keyId)}`])].join(",");
}

/** The mark in an environment, whatever became of the rest there; undefined where there is none. */
export function readHandedOut(env: (name: string) => string | undefined): HandedOut | undefined {
  const text = env(HANDED_OUT);
  if (!text) return undefined;
  const parts = { set: new Map(), was: new Map(), options: new Map(), files: new Map() };
  let keyId: string | undefined;
  for (const entry of text.split(",")) {
    const [name = "", value = ""] = entry.slice(1).split(":").map(decode);
    const part = PARTS.find((each) => LETTERS[each] === entry[0]);
    if (part !== undefined) parts[part].set(name, value);
    if (entry[0] === "k") keyId = name;
  }
  return { ...parts, keyId };
}

/**
 * The same where it still counts: what names the credentials there is what awsmfa set. Who exports other keys since,
 * or takes the session away, is somebody else.
 */
export function handedOutIn(env: (name: string) => string | undefined): HandedOut | undefined {
  const handed = readHandedOut(env);
  const name = env(OWN_PROFILE);
  if (handed === undefined || !name || handed.set.get(OWN_PROFILE) !== name) return undefined;
  const key = handed.set.get("AWS_ACCESS_KEY_ID");
  const isThere = key === undefined
    ? !env("AWS_ACCESS_KEY_ID") && handed.set.get("AWS_PROFILE") === env("AWS_PROFILE")
    : key === env("AWS_ACCESS_KEY_ID");
  // Who names other files since means profiles of those.
  const isElsewhere = FILE_VARIABLES.some((variable) => {
    const now = env(variable);
    const [own, of] = [handed.set.get(variable), handed.files.get(variable)];
    return Boolean(now) && of !== undefined && now !== own && now !== of;
  });
  return isThere && !isElsewhere ? handed : undefined;
}

/** A variable's value where a person or another tool set it; undefined where awsmfa did. */
export function ownSetting(env: (name: string) => string | undefined, name: string): string | undefined {
  const value = env(name) || undefined;
  return value === undefined || readHandedOut(env)?.set.get(name) === value ? undefined : value;
}

/**
 * The environment as awsmfa is to see it: without the settings that it handed out itself, and with the files that the
 * profile of this shell is of. `named`: another profile was named, and is one of the usual files.
 */
export function withoutHandedOut(
  env: (name: string) => string | undefined,
  named: boolean,
): (name: string) => string | undefined {
  const handed = readHandedOut(env);
  if (handed === undefined) return env;
  const counts = handedOutIn(env) !== undefined && !named;
  return (name) => {
    const value = env(name);
    if (FILE_VARIABLES.includes(name)) {
      const isOwn = value !== undefined && value === handed.set.get(name);
      return isOwn || (counts && !value) ? handed.files.get(name) || undefined : value;
    }
    if (KEPT_NAMES.includes(name) || value === undefined) return value;
    return handed.set.get(name) === value ? undefined : value;
  };
}

/** What tells who this is. */
const KEPT_NAMES = [
  OWN_PROFILE,
  "AWS_PROFILE",
  "AWS_ACCESS_KEY_ID",
  "AWS_CREDENTIAL_EXPIRATION",
];

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*~%]/g,
    (character) => character === "%" ? "~" : `~${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** What can't be read back is nobody's. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("~", "%"));
  } catch (error) {
    if (error instanceof URIError) return "";
    throw error;
  }
}
