import { profileFromVariables } from "../domain/who_here.ts";
import { otherIdentities } from "../domain/readers/other_identity.ts";
import { isLoggedIn, type ProfileStatus } from "../domain/status.ts";
import { profileOption } from "../domain/shell_word.ts";
import { NoCredentialsError } from "../errors.ts";
import { type DetailedStatus, listProfiles, showProfile } from "../workflows/status.ts";
import type { World } from "../world.ts";
import type { CommandContext, CommandWith, Given, Options } from "./command.ts";
import { PROFILE_OPTION, profileOf } from "./profile_option.ts";
import { printJson, printWarning } from "./print.ts";
import { statusTable, timeLeft } from "./status_table.ts";

const OPTIONS = {
  profile: { ...PROFILE_OPTION.profile, description: "only this profile, and where its keys come from" },
  json: { description: "print it as JSON" },
} satisfies Options;

type StatusOptions = Given<typeof OPTIONS>;

/** `awsmfa status`: who is logged in, and for how long. */
export const status: CommandWith<typeof OPTIONS> = {
  description:
    "Shows the profiles that hold keys, a session or a role, and the time left. Asks nobody: no network. " +
    "With -p, ends with exit code 4 where that profile holds no valid session.",
  options: OPTIONS,
  run: runStatus,
};

function runStatus(options: StatusOptions, { world }: CommandContext): void {
  world.keepPermissions(["read", "env"]);
  const current = profileFromVariables(world.env).name;
  if (options.profile !== undefined) {
    return showOne(world, profileOf(world, options.profile), current, options);
  }
  const profiles = listProfiles(world, current);
  if (options.json) return printJson(world, { profiles: profiles.map(jsonOf) });
  if (profiles.length === 0) {
    world.err("No profile holds keys or a session yet.\nhint: awsmfa setup\n");
    return;
  }
  sayOthers(world, current);
  world.out(statusTable(profiles, { colour: world.colour, columns: world.columns }));
}

function showOne(world: World, name: string, current: string, options: StatusOptions): void {
  const status = showProfile(world, name, current);
  if (!isLoggedIn(status)) {
    const what = status.state === "expired" ? `its session ended ${timeLeft(status)}` : "it holds no session";
    throw new NoCredentialsError(
      `profile '${name}' is not logged in: ${what}`,
      (shell) => `awsmfa${profileOption(name, shell)}   (with ${status.keys})`,
    );
  }
  if (options.json) return printJson(world, { ...jsonOf(status), keys: status.keys });
  sayOthers(world, name);
  world.out(describe(world, status));
}

/** A profile may be logged in and some tools be somebody else here. */
function sayOthers(world: World, profile: string): void {
  for (const [says] of otherIdentities(world.env, profile)) {
    printWarning(world, says, "awsmfa doctor tells what to type");
  }
}

function describe(world: World, status: DetailedStatus): string {
  const { expiration } = status;
  const until = expiration === undefined
    ? "it does not say until when"
    : `until ${world.localTime(expiration)}`;
  const lines: [label: string, text: string | undefined][] = [
    ["profile", status.name + (status.current ? " (current)" : "")],
    ["state", `${status.state}, ${until} (${timeLeft(status)})`],
    ["keys", status.keys],
    ["role", status.roleArn],
    ["device", status.device ?? "derived from the user's name"],
    ["region", status.region],
  ];
  return lines.filter(([, text]) => text !== undefined).map(([label, text]) => `${label.padEnd(8)} ${text}\n`)
    .join("");
}

function jsonOf({ expiration, ...status }: ProfileStatus): object {
  return { ...status, expiration: expiration?.toISOString() };
}
