import { formatProcessLine } from "../../domain/shell/credential_process.ts";
import { describeSeconds } from "../../domain/text/duration.ts";
import type { HandedOut } from "../../domain/sessions/handed_out.ts";
import { configAsking } from "../../domain/sessions/private_config.ts";
import { needsOwnCode } from "../../domain/placement/role_seconds.ts";
import { askingVariables, type Variables } from "../../domain/sessions/variables.ts";
import { UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { readAwsFiles } from "../support/aws_files.ts";
import { codeCommandOf } from "../devices/code_command.ts";
import { getCredentials, type GivenCredentials } from "./get_credentials.ts";
import { secondsLeft } from "./cached_sessions.ts";
import { type ObtainRequest, placeOrder, type SessionOrder } from "./session_order.ts";
import { goesWithoutCode } from "./goes_without_code.ts";
import { findUserSession } from "./ready_session.ts";

/** What a program is run with that asks awsmfa for credentials, again and again. */
export interface Renewing {
  /** How long that goes on without a person; undefined for without end. */
  readonly until: Date | undefined;
  /** Of the private config file. */
  readonly text: string;
  readonly variables: (configFile: string) => Variables;
}

/** The options of the asking command, besides the profile. */
export type RenewingOptions = readonly (readonly string[])[];

/**
 * Sees to a session that lasts for `forSeconds`, for which somebody may be asked, and says how the program gets its
 * credentials. Throws a Failure.
 */
export async function prepareRenewing(
  world: World,
  env: World["env"],
  request: ObtainRequest,
  forSeconds: number | undefined,
  options: RenewingOptions,
  files: HandedOut["files"],
): Promise<Renewing> {
  const order = placeOrder(world, request, { asTools: true, orSession: true });
  refuseLongRole(order);
  const isFree = codeCommandOf(order.placement, request) !== undefined || goesWithoutCode(world, order);
  const end = endOf(world, order);
  const isShort = forSeconds !== undefined && !isFree &&
    (end === undefined || secondsLeft(world, end) < forSeconds);
  const given = await getCredentials(world, {
    ...request,
    ...(isShort ? { atLeast: forSeconds, force: true } : {}),
  }, "asking");
  const until = isFree ? undefined : endOf(world, order) ?? given.credentials.expiration;
  if (forSeconds !== undefined && until !== undefined && secondsLeft(world, until) < forSeconds - 60) {
    world.err(
      `warning: the session ends in ${describeSeconds(secondsLeft(world, until))}, before the ${
        describeSeconds(forSeconds)
      } of --for are over\n`,
    );
  }
  return { until, ...await configOf(world, env, given, options, files) };
}

/** When the user's session ends, which roles are assumed with; of a session that is wanted itself, when that does. */
function endOf(world: World, order: SessionOrder): Date | undefined {
  const { source: { session }, roles } = order.placement;
  if (session !== undefined && roles.length > 0) return session.expiration;
  return findUserSession(world, { ...order, request: { ...order.request, force: false, code: undefined } })
    ?.credentials.expiration;
}

/** A role for more than an hour takes a code each time: it can't be renewed. */
function refuseLongRole({ roleSeconds }: SessionOrder): void {
  if (roleSeconds === undefined || !needsOwnCode(roleSeconds)) return;
  throw new UsageError(
    `--refresh renews a role by itself, and AWS gives one for ${
      describeSeconds(roleSeconds)
    } for a code only`,
    "leave the duration of the role: --duration 1h",
  );
}

async function configOf(
  world: World,
  env: World["env"],
  { profile, keyId, options: chosen }: GivenCredentials,
  options: RenewingOptions,
  files: HandedOut["files"],
): Promise<Omit<Renewing, "until">> {
  const words = [
    ...await world.ownCommand(),
    "credential-process",
    ...(keyId === undefined ? ["-p", profile] : []),
    ...options.flat(),
  ];
  const { text, asking } = configAsking(
    readAwsFiles(world),
    profile,
    formatProcessLine(words, world.windows),
  );
  return {
    text,
    variables: (configFile) =>
      askingVariables({ profile, asking, configFile, files, options: chosen, keyId }, env),
  };
}
