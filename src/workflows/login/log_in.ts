import type { Placement } from "../../domain/placement/placement.ts";
import { keysToRename } from "../../domain/changes/renamed_keys.ts";
import type { CodeProof } from "../../domain/sessions/session_account.ts";
import { valueIn } from "../../domain/aws_files/profiles.ts";
import type { World } from "../../world.ts";
import type { AwsFiles } from "../support/aws_files.ts";
import { decide, follow } from "../sessions/decide.ts";
import { checkBeforeCode, whyConfigStays } from "./check_before_code.ts";
import { findCached } from "../sessions/cached_sessions.ts";
import { noteReaders } from "./note_readers.ts";
import { keepWhatObtainNeeds, obtain } from "../sessions/obtain.ts";
import type { Obtained } from "../sessions/assume_with.ts";
import { isHere, obtainAndCache } from "../sessions/obtain_and_cache.ts";
import { type ObtainRequest, placeOrder, type SessionOrder } from "../sessions/session_order.ts";
import { isUsualPair } from "../support/usual_pair.ts";
import { mayUseCached, readyInTarget, type ReadySession } from "../sessions/ready_session.ts";
import { ANY_SESSION, saveLogin, writeSession } from "./save_login.ts";
import type { Login } from "./login_result.ts";

/** What the command line and the environment say, checked. */
export interface LoginRequest extends ObtainRequest {
  /** Write --source-profile into the target's config, for the next time. */
  readonly save: boolean;
  /** Write the token under its old name, too. */
  readonly legacyToken?: boolean;
}

/**
 * Logs a profile in: its section in the credentials file holds temporary credentials afterwards. The order is: all
 * that can be refused, the question, the calls, and only then a file. Throws a Failure, and then no file has changed.
 */
export async function logIn(world: World, request: LoginRequest): Promise<Login> {
  const decision = decide(world, placeOrder(world, request, { force: request.force }), true);
  const { order, ready } = decision;
  const { files, placement } = order;
  const common = describeTarget(world, files, placement, request);
  const valid = validInTarget(world, request, order);
  if (valid !== undefined) {
    const { expiration } = valid.credentials;
    return { ...common, how: "valid", expiration, serial: undefined, askedSeconds: undefined };
  }
  if (ready === undefined) {
    if (!isHere(order)) keepWhatObtainNeeds(world, order);
    const cached = findCached(world, files);
    writeSession(
      files,
      order,
      { remember: request.save, configStays: false, isUsualPair: isUsualPair(world) },
      { credentials: ANY_SESSION },
      cached,
    );
    checkBeforeCode(world, files, placement.target);
  }
  const configStays = whyConfigStays(world, order, request.save);
  const toCome = {
    remember: request.save,
    configStays: configStays !== undefined,
    legacyToken: request.legacyToken,
    isUsualPair: isUsualPair(world),
  };
  const note = noteReaders(world, order, toCome);
  const obtained = {
    askedSeconds: undefined,
    ...await follow(note.world, decision, () => obtainFor(note.world, order)),
  };
  const { credentials: { expiration }, serial, askedSeconds } = obtained;
  note.say();
  const isNew = "toCache" in obtained;
  const toCache = [...(isNew ? obtained.toCache : []), ...note.toCache];
  return {
    ...common,
    ...await saveLogin(world, order, toCome, { ...obtained, toCache }),
    configStays,
    how: isNew ? "new" : "kept",
    expiration,
    serial,
    askedSeconds,
    looseMode: world.looseMode(files.at.credentials),
  };
}

/** The session in the target's section, where that is all that is wanted: then no file is touched. */
export function validInTarget(
  world: World,
  request: LoginRequest,
  order: SessionOrder,
): ReadySession | undefined {
  const sections = order.placement.targetProfile?.inCredentials ?? [];
  const isMissing = request.legacyToken && valueIn(sections, "aws_security_token") === undefined;
  const isEnough = mayUseCached(request) && !request.save && !isMissing && !hasKeysBack(order);
  return isEnough ? readyInTarget(world, order) : undefined;
}

/** True where keys that a login sets aside have their names back: git, a generator or a person wrote the file since. */
function hasKeysBack({ files, placement: { target, targetProfile } }: SessionOrder): boolean {
  const isRole = targetProfile?.own("role_arn") !== undefined;
  return [files.config, files.credentials].some((ini) => keysToRename(ini, target, isRole).length > 0);
}

/** With a code that is given or a code command, of several logins at once one asks AWS, as for `credential-process`. */
async function obtainFor(
  world: World,
  order: SessionOrder,
): Promise<Pick<Obtained, "credentials" | "toCache"> & CodeProof & Pick<Login, "serial" | "askedSeconds">> {
  if (!isHere(order)) return await obtain(world, order);
  return { askedSeconds: undefined, ...await obtainAndCache(world, order), toCache: [] };
}

function describeTarget(
  world: World,
  files: AwsFiles,
  { target, targetProfile, sourceProfile, roles, behind }: Placement,
  request: LoginRequest,
): Omit<Login, "how" | "expiration" | "serial" | "askedSeconds"> {
  return {
    profile: target,
    link: behind === target ? request.placement.name : undefined,
    roleArn: roles.at(-1)?.arn,
    withoutMfa: request.noMfa ?? false,
    backedUpIn: undefined,
    replaced: undefined,
    backupPath: files.at.backup,
    configStays: undefined,
    renamedKeys: [],
    unprefixedIn: targetProfile?.unprefixed || sourceProfile?.unprefixed ? files.at.config : undefined,
    credentialsPath: files.at.credentials,
    looseMode: world.looseMode(files.at.credentials),
  };
}
