import type { Hint } from "../../errors.ts";
import { expandVariables } from "../paths/expand_variables.ts";
import { homeFolder } from "../paths/locations.ts";
import { setting, unsetting } from "../shell/shell_commands.ts";
import { listOf } from "../text/list_of.ts";
import { READERS } from "./reader_table.ts";
import { SURROUNDINGS, type Surroundings } from "./surroundings.ts";

type Env = (name: string) => string | undefined;

/** The variables, and how they name what lies in folders. */
export interface Machine {
  readonly env: Env;
  readonly windows: boolean;
}

/** What is wrong, and what to type. */
export type OtherIdentity = [says: string, fix: Hint];

/**
 * The variables by which some usual readers are another identity than the profile, where others are not: a web identity,
 * keys beside a profile's name, profile variables that differ or are empty, and paths that are empty or that not all of
 * them follow. One variable that all of them follow is not told here.
 */
export function otherIdentities(machine: Machine, profile: string): OtherIdentity[] {
  const { env } = machine;
  return [
    ...webIdentity(env),
    ...keysBesideName(env),
    ...emptyNames(env),
    ...differing(env, profile),
    ...emptyPaths(env),
    ...otherFiles(machine),
  ];
}

function webIdentity(env: Env): OtherIdentity[] {
  if (!env("AWS_WEB_IDENTITY_TOKEN_FILE")) return [];
  const names = usual(({ webIdentityFirst }) => webIdentityFirst === true);
  return [[
    `AWS_WEB_IDENTITY_TOKEN_FILE is set: unless a profile is named to them (--profile), ${
      listOf(names)
    } use that web identity and no session`,
    unsetting("AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"),
  ]];
}

function keysBesideName(env: Env): OtherIdentity[] {
  const [name, id] = [env("AWS_PROFILE"), env("AWS_ACCESS_KEY_ID")];
  if (!name || !id || !env("AWS_SECRET_ACCESS_KEY")) return [];
  const names = usual(({ profileFirst }) => profileFirst === true);
  return [[
    `AWS_PROFILE is set beside AWS_ACCESS_KEY_ID: ${listOf(names)} ${
      names.length === 1 ? "uses" : "use"
    } profile '${name}', and all other tools the key`,
    unsetting("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
  ]];
}

function emptyPaths(env: Env): OtherIdentity[] {
  return ["AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"].flatMap((variable): OtherIdentity[] => {
    if (env(variable) !== "") return [];
    const names = usual(({ paths, emptyPath }) => paths.includes(variable) && emptyPath !== undefined);
    return [[
      `${variable} is set and empty: ${listOf(names)} read no such file, where others take the usual one`,
      unsetting(variable),
    ]];
  });
}

function emptyNames(env: Env): OtherIdentity[] {
  return ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].flatMap((variable): OtherIdentity[] => {
    const names = usual((reader) => chosenBy(reader, env) === variable && env(variable) === "");
    if (names.length === 0) return [];
    const look = names.length === 1 ? "looks" : "look";
    return [[
      `${variable} is set and empty: ${listOf(names)} ${look} for a profile without a name, which is nowhere`,
      unsetting(variable),
    ]];
  });
}

function differing(env: Env, profile: string): OtherIdentity[] {
  const variables = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"];
  const [one, other] = variables.map(env);
  if (!one || !other || one === other) return [];
  return variables.flatMap((variable): OtherIdentity[] => {
    const names = usual((reader) => chosenBy(reader, env) === variable);
    if (env(variable) === profile || names.length === 0) return [];
    return [[
      `${variable} is '${env(variable)}': ${listOf(names)} ${
        names.length === 1 ? "uses" : "use"
      } that profile and not '${profile}'`,
      profile === "default" ? unsetting(variable) : setting(variable, profile),
    ]];
  });
}

function otherFiles({ env, windows }: Machine): OtherIdentity[] {
  return ["AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"].flatMap((variable): OtherIdentity[] => {
    const path = env(variable) ?? "";
    const expanded = expandVariables(path, env, windows);
    const [hasTilde, hasDollar] = [/^~[/\\]/.test(expanded), expanded !== path];
    const names = usual(({ paths, tilde, dollar }) =>
      paths.includes(variable) && (hasTilde && tilde === undefined || hasDollar && dollar === undefined)
    );
    if (names.length === 0) return [];
    const whole = expanded.replace(/^~/, homeFolder(env, windows));
    return [[
      `${variable} is '${path}', which ${listOf(names)} ${
        names.length === 1 ? "takes" : "take"
      } as it is written`,
      setting(variable, whole),
    ]];
  });
}

/** The variable that names the profile to a reader; undefined where none does. */
function chosenBy({ profile, emptyProfile }: Surroundings, env: Env): string | undefined {
  return profile.find((name) => emptyProfile === undefined ? env(name) : env(name) !== undefined);
}

/** The names of the usual readers whose surroundings are so. */
export function usual(is: (surroundings: Surroundings) => boolean): string[] {
  return READERS.filter(({ id, usual }) => usual && SURROUNDINGS[id] !== undefined && is(SURROUNDINGS[id]))
    .map(({ name }) => name);
}
