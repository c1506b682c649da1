import { type ProgramSettings, programSettings } from "../domain/program_settings.ts";
import { sessionAccount } from "../domain/session_account.ts";
import { profileOption } from "../domain/shell_word.ts";
import type { HandOut } from "../domain/variables.ts";
import type { Enough } from "../domain/enough.ts";
import { needsOwnCode } from "../domain/role_seconds.ts";
import { Failure, NoCredentialsError } from "../errors.ts";
import type { World } from "../world.ts";
import { codeCommandOf } from "./code_command.ts";
import { type ObtainRequest, type Order, placeOrder } from "./order.ts";
import { findReady, findUserSession, type ReadySession } from "./ready_session.ts";
import { withoutPerson } from "./without_person.ts";
import { refuseGone } from "./who_is_here.ts";
import { obtainAndKeep } from "./obtain_and_keep.ts";

/** Credentials for other programs, and what goes with them; the credentials file is not touched. */
export interface GivenCredentials extends Omit<HandOut, "files" | "legacyToken"> {
  /** What of the profile's settings no variable can say. */
  readonly unsaid: ProgramSettings["unsaid"];
}

/** Who AWS's tools would be with the profile, and with what they would find. */
const AS_TOOLS = { asTools: true, orSession: true } as const;

/** A session of a profile: a kept one, or one from AWS, for which somebody may be asked. Throws a Failure. */
export async function getCredentials(world: World, request: ObtainRequest): Promise<GivenCredentials> {
  const order = placeOrder(world, request, AS_TOOLS);
  return given(world, order, findReady(world, order) ?? await obtainAndKeep(world, order));
}

/**
 * The same without a conversation, for a program that can't have one. Throws NoCredentialsError where a code
 * would have to be typed.
 *
 * | at hand                                        | what the program gets                                  |
 * | ---------------------------------------------- | ------------------------------------------------------ |
 * | the session, for 15 minutes more               | that                                                   |
 * | the user's session, and a role is wanted       | the role, assumed anew                                 |
 * | a code command                                 | a new session                                          |
 * | the session, for a minute more                 | that; also where one of the two before it failed       |
 * | nothing of these                               | a failure, in one line with the command to type        |
 */
export async function getSilently(world: World, request: ObtainRequest): Promise<GivenCredentials> {
  const usual = request.minRemaining === "asking";
  const orderFor = (enough: Enough): Order =>
    placeOrder(world, usual ? { ...request, minRemaining: enough } : request, AS_TOOLS);
  const order = orderFor("renewing");
  const ready = findReady(world, order);
  if (ready !== undefined) return given(world, order, ready);
  const last = findReady(world, orderFor("last"));
  const canRenew = codeCommandOf(order.placement, request) !== undefined || canAssume(world, order);
  if (!canRenew) {
    if (last !== undefined) return given(world, order, last);
    refuseGone(order.placement.source.keys);
    const { name } = request.placement;
    throw new NoCredentialsError(
      `profile '${name}' has no valid session; type: awsmfa${profileOption(name, world.syntaxSoFar())}`,
    );
  }
  try {
    // Nobody can be asked, whatever becomes of the session that is at hand.
    return given(world, order, await obtainAndKeep(withoutPerson(world), order, true));
  } catch (error) {
    if (last === undefined || !(error instanceof Failure)) throw error;
    world.err(`warning: ${error.message}; the session at hand is used until it ends\n`);
    return given(world, order, last);
  }
}

/** A role that is assumed with the user's session needs no code. */
function canAssume(world: World, order: Order): boolean {
  const { roleSeconds, placement: { source } } = order;
  if (roleSeconds === undefined) return false;
  return source.session !== undefined ||
    (!needsOwnCode(roleSeconds) && findUserSession(world, order) !== undefined);
}

function given(
  world: World,
  order: Order,
  { credentials, serial, callerArn }: ReadySession,
): GivenCredentials {
  const { placement, files, request: { regionNamed, placement: { sourceProfile, role } } } = order;
  const isRegion = (variable: string): boolean => /^AWS_(DEFAULT_)?REGION$/.test(variable);
  const wish = (variable: string): string | undefined =>
    (isRegion(variable) ? regionNamed : undefined) ?? (world.env(variable) || undefined);
  const { variables: settings, unsaid } = programSettings(files, placement.target, wish);
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
