import { describeSeconds } from "../../domain/text/duration.ts";
import { profileFromVariables, type WhoHere } from "../../domain/sessions/who_here.ts";
import type { World } from "../../world.ts";

/** Who this shell is for AWS's tools and for awsmfa, and why. */
export function describeHere(
  world: World,
  env: World["env"],
  { name, by, environment, handed }: WhoHere,
): string {
  const end = endInEnvironment(env);
  const left = end && (end.getTime() - world.now().getTime()) / 1000;
  const until = end === undefined || left === undefined
    ? ""
    : left <= 0
    ? `; ended ${describeSeconds(-left)} ago`
    : `; until ${world.localTime(end)} (${describeSeconds(left)})`;
  switch (by) {
    case "AWSMFA_PROFILE": {
      const role = handed?.options.get("roleArn");
      const whose = handed?.keyId === undefined
        ? `profile '${name}'`
        : `the keys '${handed.keyId}' that were in the environment`;
      return `${whose}${role === undefined ? "" : `, role ${role}`}, from awsmfa env or exec${until}`;
    }
    case "AWS_ACCESS_KEY_ID":
      return {
        "none": "",
        "long-term": "the long-term keys in the environment (AWS_ACCESS_KEY_ID), and no profile",
        "session": `a session in the environment (AWS_ACCESS_KEY_ID), and no profile${until}`,
        "half": "nobody: AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY",
      }[environment.kind];
    case "AWS_PROFILE":
    case "AWS_DEFAULT_PROFILE":
      return `profile '${name}', from ${by}`;
    default:
      return `profile '${name}'`;
  }
}

/** AWS's tools stop at a variable that names a profile which is nowhere, whatever keys there are (botocore, session.py). */
export function sayUnknown(world: World, { name, by, handed }: WhoHere): string {
  const { variable } = profileFromVariables(world.env);
  if (variable === undefined || handed !== undefined) return "";
  return by === "AWS_ACCESS_KEY_ID"
    ? `; but ${variable} is '${name}', a profile that is in neither file: the AWS CLI stops at that`
    : ", which is in neither file";
}

/** When the session in the variables ends, where they say it. */
export function endInEnvironment(env: World["env"]): Date | undefined {
  const end = new Date(env("AWS_CREDENTIAL_EXPIRATION") ?? "");
  return Number.isNaN(end.getTime()) ? undefined : end;
}
