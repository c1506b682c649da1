import { findCredentials } from "../domain/credentials.ts";
import { keptId } from "../domain/kept_session.ts";
import type { Placement } from "../domain/placement.ts";
import { valueIn } from "../domain/profiles.ts";
import { isSessionOfRole } from "../domain/role.ts";
import { expirationIn, type NewCredentials } from "../domain/session_in_file.ts";
import type { StsAccess, World } from "../world.ts";
import type { AwsFiles } from "./aws_files.ts";
import { codeCommandOf } from "./code_command.ts";
import type { FolderEdit } from "./device_memory.ts";
import { keeping, readKept, secondsLeft } from "./kept_sessions.ts";
import { assumeWithCode, assumeWithSession, needsOwnCode, roleSeconds } from "./obtain_role.ts";
import type { LoginWishes } from "./login_wishes.ts";
import { obtainSession } from "./obtain_session.ts";
import { accessWith, type StsRoute } from "./sts_access.ts";

/** What every command that needs credentials is told, checked. */
export interface ObtainRequest extends LoginWishes {
  readonly route: StsRoute;
  /** Where no code is given, a session that is valid for this many seconds is good enough. */
  readonly minRemaining: number;
  /** Ask AWS also where a session is good enough. */
  readonly force: boolean;
  /** A program is run with the credentials: then the permission to do so stays. */
  readonly runsProgram?: boolean;
}

export interface Obtained {
  readonly credentials: NewCredentials;
  /** `kept`: nothing was asked and nothing called. */
  readonly how: "new" | "kept";
  readonly serial: string | undefined;
  /** The seconds that AWS was asked for; it may have given fewer. */
  readonly askedSeconds: number | undefined;
  /** What awsmfa's own folder is to keep of it. */
  readonly toKeep: readonly FolderEdit[];
}

/**
 * What a placement ends in, from a kept session where one is good enough, else from AWS. Writes nothing. `prepare`
 * is called before anybody is asked: the last place to refuse. Throws a Failure.
 */
export async function obtain(
  world: World,
  files: AwsFiles,
  placement: Placement,
  request: ObtainRequest,
  prepare: () => void = () => {},
): Promise<Obtained> {
  world.checkPrivateFolder(files.at.sessions);
  const { accessKeyId } = placement.source.keys;
  const access = accessWith(world, request.route, placement);
  const seconds = placement.roles.length > 0 ? roleSeconds(placement, request) : undefined;
  const ready = findReady(world, files, placement, request);
  if (ready !== undefined) {
    return { ...ready, how: "kept", askedSeconds: undefined, toKeep: [] };
  }
  prepare();
  // Where no program is to be run, not even for the code, the permission goes before anything is asked.
  if (codeCommandOf(placement, request) === undefined && !request.runsProgram) {
    world.keepPermissions(["read", "write", "env", "net"]);
  }
  if (seconds === undefined) {
    const { session, memory, askedSeconds } = await obtainSession(
      world,
      files.at,
      placement,
      access,
      request,
    );
    const { credentials, serial } = session;
    return {
      credentials,
      how: "new",
      serial,
      askedSeconds,
      toKeep: [keeping(world, files.at, session), memory],
    };
  }
  const id = keptId(accessKeyId, placement.roles);
  if (needsOwnCode(placement, seconds)) {
    const proven = await assumeWithCode(world, files.at, placement, access, request, seconds);
    const { serial, callerArn, result: credentials, memory } = proven;
    const kept = keeping(world, files.at, { id, serial, callerArn, credentials });
    return { credentials, how: "new", serial, askedSeconds: seconds, toKeep: [kept, memory] };
  }
  return await obtainRole(world, files, placement, access, request, seconds);
}

/** The roles are assumed with the user's session: the kept one, or a new one. */
async function obtainRole(
  world: World,
  files: AwsFiles,
  placement: Placement,
  access: StsAccess,
  request: ObtainRequest,
  seconds: number,
): Promise<Obtained> {
  const kept = mayUseKept(request)
    ? readKept(world, files.at, keptId(access.keys.accessKeyId, []), request.minRemaining)
    : undefined;
  const { session: user, memory } = kept === undefined
    ? await obtainSession(world, files.at, placement, access, request)
    : { session: kept, memory: undefined };
  const { credentials, callerArn } = await assumeWithSession(world, placement, access, user, seconds);
  const id = keptId(access.keys.accessKeyId, placement.roles);
  const toKeep = [keeping(world, files.at, { id, serial: user.serial, callerArn, credentials })];
  // A name that was asked for once is kept with the user's session.
  if (memory !== undefined || user.callerArn !== callerArn) {
    toKeep.push(keeping(world, files.at, { ...user, callerArn }));
  }
  if (memory !== undefined) toKeep.push(memory);
  return { credentials, how: "new", serial: user.serial, askedSeconds: seconds, toKeep };
}

/** A session of this placement that is good enough: kept in awsmfa's folder, or standing in the target's section. */
export function findReady(
  world: World,
  files: AwsFiles,
  placement: Placement,
  request: ObtainRequest,
): { credentials: NewCredentials; serial: string | undefined } | undefined {
  if (!mayUseKept(request)) return undefined;
  const id = keptId(placement.source.keys.accessKeyId, placement.roles);
  return readKept(world, files.at, id, request.minRemaining) ??
    inTarget(world, files, placement, request.minRemaining);
}

function mayUseKept({ code, force }: ObtainRequest): boolean {
  return code === undefined && !force;
}

/** The session in the target's section, if it is one of this placement and lasts long enough. */
export function inTarget(
  world: World,
  files: AwsFiles,
  { source, targetProfile, roles, chosen }: Placement,
  minRemaining: number,
): { credentials: NewCredentials; serial: undefined } | undefined {
  const sections = targetProfile?.inCredentials ?? [];
  const found = findCredentials(sections);
  const expiration = expirationIn(sections);
  const sessionToken = valueIn(sections, "aws_session_token");
  const principalArn = valueIn(sections, "x_principal_arn");
  if (found.kind !== "session" || expiration === undefined || !sessionToken) return undefined;
  const role = roles.at(-1);
  const isIt = role === undefined ? !principalArn : isSessionOfRole(principalArn ?? "", role.arn);
  if (!isIt || secondsLeft(world, expiration) < minRemaining) return undefined;
  if (chosen) {
    const kept = readKept(world, files.at, keptId(source.keys.accessKeyId, roles), minRemaining);
    if (kept?.credentials.accessKeyId !== found.keys.accessKeyId) return undefined;
  }
  return { credentials: { ...found.keys, sessionToken, expiration, principalArn }, serial: undefined };
}
