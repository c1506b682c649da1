import { homeFolder } from "../paths/locations.ts";
import { setting } from "../shell/shell_commands.ts";
import { listOf } from "../text/list_of.ts";
import { type Machine, type OtherIdentity, usual } from "./other_identity.ts";

/** The path variable that is Java 1's alone. */
const OF_JAVA_1 = "AWS_CREDENTIAL_PROFILES_FILE";

/**
 * The variables that lead to the profile and that not all usual readers know, so that those use other keys. `file` is
 * the credentials file that awsmfa reads.
 */
export function unknownVariables(machine: Machine, profile: string, file: string): OtherIdentity[] {
  return [...unknownName(machine, profile), ...unknownPath(machine, file)];
}

function unknownName({ env }: Machine, profile: string): OtherIdentity[] {
  if (env("AWS_PROFILE") || env("AWS_DEFAULT_PROFILE") !== profile || profile === "default") return [];
  const names = usual((reader) => !reader.profile.includes("AWS_DEFAULT_PROFILE"));
  return [[
    `${listOf(names)} don't know AWS_DEFAULT_PROFILE, and use profile 'default' and not '${profile}'`,
    setting("AWS_PROFILE", profile),
  ]];
}

function unknownPath({ env, windows }: Machine, file: string): OtherIdentity[] {
  const own = env(OF_JAVA_1);
  if (own === undefined && !env("HOME") && !windows) return [];
  const usualFile = [own === undefined ? homeFolder(env, windows) : "", ".aws", "credentials"]
    .join(windows ? "\\" : "/");
  const names = usual(({ paths }) => paths.includes(OF_JAVA_1));
  if ((own ?? usualFile) === file) return [];
  return [[
    `${listOf(names)} reads ${own ?? usualFile} and not ${file}, since it knows ${OF_JAVA_1} alone`,
    setting(OF_JAVA_1, file),
  ]];
}
