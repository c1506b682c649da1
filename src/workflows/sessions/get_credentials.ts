import { type ProgramSettings, programSettings } from "../../domain/aws_files/program_settings.ts";
import { sessionAccount } from "../../domain/sessions/session_account.ts";
import type { HandOut } from "../../domain/sessions/variables.ts";
import type { World } from "../../world.ts";
import { type ObtainRequest, placeOrder, type SessionOrder } from "./session_order.ts";
import { decide, follow } from "./decide.ts";
import type { ReadySession } from "./ready_session.ts";
import { sayOtherSession } from "../support/say_other_session.ts";
import { withoutPerson } from "../support/without_person.ts";
import { obtainAndCache } from "./obtain_and_cache.ts";

/** Credentials for other programs, and what goes with them; the credentials file is not touched. */
export interface GivenCredentials extends Omit<HandOut, "files" | "legacyToken"> {
  /** What of the profile's settings no variable can say. */
  readonly unsaid: ProgramSettings["unsaid"];
}

/** Who AWS's tools would be with the profile, and with what they would find. */
const AS_TOOLS = { asTools: true, orSession: true } as const;

/**
 * A session of a profile for other programs, as the rule of session_rule.ts has it. `asking`: somebody may be asked for a
 * code; `silent`: it throws NoCredentialsError where one would have to be typed. Throws a Failure.
 */
export async function getCredentials(
  world: World,
  request: ObtainRequest,
  how: "asking" | "silent",
): Promise<GivenCredentials> {
  const asks = how === "asking";
  const decision = decide(world, placeOrder(world, request, AS_TOOLS), asks);
  const { order } = decision;
  sayOtherSession(world, order.files, order.placement);
  // Nobody can be asked then, whatever becomes of the session that is at hand.
  const its = asks ? world : withoutPerson(world);
  return given(world, order, await follow(world, decision, () => obtainAndCache(its, order, !asks)));
}

function given(
  world: World,
  order: SessionOrder,
  { credentials, serial, callerArn }: ReadySession,
): GivenCredentials {
  const { placement, files, request: { regionNamed, placement: { sourceProfile, role } } } = order;
  const isRegion = (variable: string): boolean => /^AWS_(DEFAULT_)?REGION$/.test(variable);
  const setByUser = (variable: string): string | undefined =>
    (isRegion(variable) ? regionNamed : undefined) ?? (world.env(variable) || undefined);
  const { variables: settings, unsaid } = programSettings(files, placement.target, setByUser);
  const options = Object.entries({
    sourceProfile,
    roleArn: role?.arn,
    externalId: role?.externalId,
    roleSessionName: role?.sessionName,
  }).flatMap(([name, value]): [string, string][] => value === undefined ? [] : [[name, value]]);
  return {
    credentials,
    profile: placement.target,
    accountId: sessionAccount(placement.roles, { callerArn, serial }),
    settings,
    unsaid,
    options: new Map(options),
    keyId: placement.row === "environment" ? placement.source.keys.accessKeyId : undefined,
  };
}
