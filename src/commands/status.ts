import { isClockBack, sayClockBack } from "../domain/aws/clock.ts";
import { sayElsewhere } from "../domain/changes/session_elsewhere.ts";
import { sayOtherRole, sayPassedOver } from "../domain/sessions/session_at_odds.ts";
import { describeSeconds } from "../domain/text/duration.ts";
import { type WhoHere, whoHere } from "../domain/sessions/who_here.ts";
import { isLoggedIn } from "../domain/sessions/status.ts";
import { otherIdentities } from "../domain/readers/other_identity.ts";
import { profileOption } from "../domain/shell/shell_word.ts";
import { EXIT, NoCredentialsError } from "../errors.ts";
import {
  type DetailedStatus,
  type ListedStatus,
  listProfiles,
  showProfile,
} from "../workflows/sessions/status.ts";
import type { World } from "../world.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";
import { PROFILE_OPTION, profileOf } from "../cli/options/profile_option.ts";
import { printJson, printWarning } from "../cli/output/print.ts";
import { statusTable, timeLeft } from "../cli/output/status_table.ts";
import { describeHere, endInEnvironment, sayUnknown } from "../cli/output/describe_here.ts";

const OPTIONS = {
  profile: { ...PROFILE_OPTION.profile, description: "Only this profile, and where its keys come from" },
  check: {
    description: "Exit with 4 if there is no valid session here: awsmfa status --check || awsmfa",
  },
  json: { description: "Print JSON" },
} satisfies Options;

type StatusOptions = Given<typeof OPTIONS>;

/** `awsmfa status`: who is logged in, and for how long. */
export const status: CommandWith<typeof OPTIONS> = {
  description:
    "Shows which profiles are logged in, and for how long. Works offline. With -p, exits with 4 if the profile isn't " +
    "logged in.",
  options: OPTIONS,
  run: runStatus,
};

function runStatus(options: StatusOptions, { world, env }: CommandContext): number {
  world.keepPermissions(["read", "env"]);
  const who = whoHere(world.env, undefined);
  const current = who.by === "AWS_ACCESS_KEY_ID" ? undefined : who.name;
  if (options.profile !== undefined) {
    showOne(world, profileOf(world, options.profile), current ?? "", options);
    return EXIT.done;
  }
  const { profiles, isKnown } = listProfiles(world, who.name, current !== undefined);
  const here = describeHere(world, env, who) + (isKnown ? "" : sayUnknown(world, who));
  const code = options.check && !hasSession(world, env, who, profiles) ? EXIT.noCredentials : EXIT.done;
  if (profiles.length > 0) sayOthers(world, current ?? "");
  if (options.json) {
    printJson(world, { here, profiles: profiles.map(jsonOf) });
    return code;
  }
  if (profiles.length > 0 || current === undefined) world.out(`Here: ${here}\n`);
  for (const status of profiles) sayAtOdds(world, status);
  sayClock(world, profiles);
  if (profiles.length === 0) {
    world.err("No profiles with keys or a session yet.\nhint: awsmfa setup\n");
  } else {
    world.out(statusTable(profiles, { colour: world.colour, columns: world.columns }));
  }
  return code;
}

/** True where a program that is started here has a session that is valid. */
function hasSession(
  world: World,
  env: World["env"],
  { name, environment }: WhoHere,
  profiles: readonly ListedStatus[],
): boolean {
  if (environment.kind === "session") {
    const end = endInEnvironment(env);
    return end === undefined || end > world.now();
  }
  if (environment.kind !== "none") return false;
  const status = profiles.find((each) => each.name === name);
  return status !== undefined &&
    (isLoggedIn(status) || (status.linkTo !== undefined && status.cachedSecondsLeft !== undefined));
}

function showOne(world: World, name: string, current: string, options: StatusOptions): void {
  const status = showProfile(world, name, current);
  const { linkTo, cachedUntil } = status;
  const isServed = linkTo !== undefined && cachedUntil !== undefined;
  if (!isLoggedIn(status) && !isServed) {
    const what = status.elsewhere !== undefined
      ? `: its role is renamed for a session in ${status.elsewhere}`
      : status.passedOver
      ? ": AWS tools ignore its session, since role_arn is in its section again"
      : status.state === "expired"
      ? `: its session expired ${timeLeft(status)}`
      : "";
    throw new NoCredentialsError(
      `profile '${name}' isn't logged in${what}`,
      (shell) => `awsmfa${profileOption(name, shell)}   (with ${status.keys})`,
    );
  }
  if (options.json) return printJson(world, { ...jsonOf(status), keys: status.keys });
  sayOthers(world, name);
  sayAtOdds(world, status);
  sayClock(world, [status]);
  world.out(describe(world, status));
}

/** The files say something else of a profile than its session. */
function sayAtOdds(world: World, { name, elsewhere, passedOver, sessionArn, roleArn }: ListedStatus): void {
  const says = [
    ...elsewhere === undefined ? [] : [sayElsewhere(name, elsewhere)],
    ...passedOver ? [sayPassedOver(name)] : [],
    ...sessionArn === undefined || roleArn === undefined ? [] : [sayOtherRole(name, sessionArn, roleArn)],
  ];
  for (const each of says) printWarning(world, each, `awsmfa${profileOption(name, world.syntaxSoFar())}`);
}

/** A profile may be logged in and some tools be somebody else here. */
function sayOthers(world: World, profile: string): void {
  for (const [says] of otherIdentities(world, profile)) {
    printWarning(world, says, "awsmfa doctor tells what to type");
  }
}

function describe(world: World, status: DetailedStatus): string {
  const { expiration, linkTo, cachedUntil, cachedSecondsLeft = 0 } = status;
  const until = expiration === undefined
    ? "it does not say until when"
    : `until ${world.localTime(expiration)}`;
  const served = linkTo === undefined || cachedUntil === undefined || isLoggedIn(status)
    ? undefined
    : `link to ${linkTo}, whose session is cached until ${world.localTime(cachedUntil)} (${
      describeSeconds(cachedSecondsLeft)
    })`;
  const lines: [label: string, text: string | undefined][] = [
    ["profile", status.name + (status.current ? " (current)" : "")],
    ["state", served ?? `${inWords(status.state)}, ${until} (${timeLeft(status)})`],
    ["keys", status.keys],
    ["role", status.sessionArn ?? status.roleArn],
    ["device", status.device ?? "found automatically"],
    ["region", status.region],
  ];
  return lines.filter(([, text]) => text !== undefined).map(([label, text]) => `${label.padEnd(8)} ${text}\n`)
    .join("");
}

function sayClock(world: World, profiles: readonly ListedStatus[]): void {
  for (const { name, secondsLeft } of profiles) {
    if (secondsLeft === undefined || !isClockBack(secondsLeft)) continue;
    return printWarning(world, ...sayClockBack(name, secondsLeft));
  }
}

function inWords(state: DetailedStatus["state"]): string {
  return state === "other session" ? "a session that awsmfa did not write" : state;
}

function jsonOf({ expiration, cachedUntil, keyCreated, ...status }: ListedStatus): object {
  return {
    ...status,
    expiration: expiration?.toISOString(),
    cachedUntil: cachedUntil?.toISOString(),
    keyCreated: keyCreated?.toISOString(),
  };
}
