import { profileFromVariables } from "../../domain/sessions/who_here.ts";
import type { Choice } from "../../domain/text/picker.ts";
import { describeSeconds } from "../../domain/text/duration.ts";
import { checkSectionName } from "../../domain/aws_files/ini_edit.ts";
import { nearest } from "../../domain/text/nearest.ts";
import { place } from "../../domain/placement/placement.ts";
import { profileNames } from "../../domain/aws_files/profiles.ts";
import { stemOfKeys } from "../../domain/placement/source_keys.ts";
import { type ProfileStatus, statusOf } from "../../domain/sessions/status.ts";
import { Cancelled, Failure, NoCredentialsError, UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { askFor } from "../support/ask_for.ts";
import { type AwsFiles, readAwsFiles } from "../support/aws_files.ts";

/** Lets somebody choose a profile that can be logged in. Throws a Failure where there is none, or nobody to ask. */
export async function chooseProfile(world: World): Promise<string> {
  if (!world.interactive) {
    throw new UsageError("--choose needs a terminal", "awsmfa -p NAME");
  }
  const chosen = await chooseIfAny(world);
  if (chosen === undefined) throw new NoCredentialsError("there is no profile to log in", "awsmfa setup");
  return chosen;
}

/** The same where somebody is there to be asked; undefined where there is nothing to choose from. */
export async function chooseIfAny(world: World): Promise<string | undefined> {
  const choices = loginChoices(world, readAwsFiles(world));
  if (choices.length === 0) return undefined;
  if (!world.canPick) return await askName(world, choices);
  const chosen = choices[await world.pick("Profile", choices) ?? -1];
  if (chosen === undefined) throw new Cancelled("cancelled; nothing was changed");
  return chosen.name;
}

/** On a terminal that can't draw: the list is printed, and a name typed. */
async function askName(world: World, choices: readonly Choice[]): Promise<string> {
  const names = choices.map(({ name }) => name);
  for (const { name, detail } of choices) world.err(`  ${name}${detail === "" ? "" : `  (${detail})`}\n`);
  return await askFor(world, "Profile", undefined, (typed) => {
    if (names.includes(typed)) return typed;
    const near = typed === "" ? [] : nearest(typed, names);
    throw new UsageError(
      `there is no profile '${typed}' among them`,
      near.length === 0 ? undefined : `did you mean ${near.map((name) => `'${name}'`).join(" or ")}?`,
    );
  });
}

/** The profiles that a login knows keys for, in the order of the files, each with what it holds now. */
function loginChoices(world: World, files: AwsFiles): Choice[] {
  const current = profileFromVariables(world.env).name;
  const names = new Set(profileNames(files).map((name) => stemOfKeys(name) ?? name));
  // A name that a terminal would obey is for nobody to choose.
  return [...names].filter((name) => !/\p{Cc}/u.test(name) && canLogIn(files, name)).map((name) => ({
    name,
    detail: describe(statusOf(files, name, world.now(), current)),
  }));
}

function canLogIn(files: AwsFiles, name: string): boolean {
  try {
    checkSectionName(files.credentials, name);
    // A link is logged in as its source, which is in the list.
    return place(files, { name, named: true, force: true }).target === name;
  } catch (error) {
    // No login could write it, or it has no keys, or a setting or a section that is refused: a login says so.
    if (error instanceof Failure) return false;
    throw error;
  }
}

function describe({ state, secondsLeft, roleArn }: ProfileStatus): string {
  const role = roleArn === undefined ? [] : [`role ${roleArn.slice(roleArn.lastIndexOf("/") + 1)}`];
  if (state === "expired") return [...role, "expired"].join(", ");
  return secondsLeft === undefined
    ? role.join("")
    : [...role, `${describeSeconds(secondsLeft)} left`].join(", ");
}
