import type { CachedId, CachedSession } from "../../domain/sessions/cached_session.ts";
import { FROM_AWS } from "../../domain/keys/mask.ts";
import { checkSerial, deviceOfUserArn } from "../../domain/aws/mfa_device.ts";
import type { Setting } from "../../domain/placement/placement.ts";
import { needsOwnCode } from "../../domain/placement/role_seconds.ts";
import type { World } from "../../world.ts";
import { type FolderEdit, memoryPath, readDeviceMemory } from "../support/device_memory.ts";
import { decide } from "../sessions/decide.ts";
import { whyConfigStays } from "./check_before_code.ts";
import { checkWay } from "../support/check_way.ts";
import { dryRun, type PlannedChange } from "../support/dry_run.ts";
import { knownDevice } from "../devices/known_device.ts";
import { cachedPath } from "../sessions/cached_sessions.ts";
import { type LoginRequest, validInTarget } from "./log_in.ts";
import { saveLogin } from "./save_login.ts";
import { sessionSeconds } from "../sessions/obtain_session.ts";
import { isUsualPair } from "../support/usual_pair.ts";
import { placeOrder, type SessionOrder } from "../sessions/session_order.ts";
import { goesWithoutCode } from "../sessions/goes_without_code.ts";
import { findUserSession } from "../sessions/ready_session.ts";

/** What a login would do. */
export interface LoginPlan {
  readonly profile: string;
  /** As of a login; only for a `new` session AWS would be asked. */
  readonly how: "new" | "kept" | "valid";
  /** Undefined where nobody would be asked. */
  readonly asks: LoginQuestion | undefined;
  readonly changes: readonly PlannedChange[];
}

/** What AWS would be asked for, and with which device. */
export interface LoginQuestion {
  readonly region: string;
  readonly seconds: number;
  readonly roleArns: readonly string[];
  /** False where roles would be assumed with a session of the user that is kept. */
  readonly needsCode: boolean;
  /** AWS would be asked without a code: `first`, or with --no-mfa `only`. */
  readonly withoutCode: "first" | "only" | undefined;
  /** That shows the code; undefined also where AWS would be asked for it first. */
  readonly device: Setting | undefined;
}

/** Goes as far as a login does before it asks AWS or anybody, and writes nothing. Throws a Failure as a login does. */
export async function planLogin(world: World, request: LoginRequest): Promise<LoginPlan> {
  const { order, ready } = decide(world, placeOrder(world, request, { force: request.force }), true);
  const profile = order.placement.target;
  const valid = validInTarget(world, request, order) !== undefined;
  if (!valid && ready === undefined) await checkWay(world, order.access);
  // Asking whether a host may be reached was the last that the network is good for.
  world.keepPermissions(["read", "env"]);
  if (valid) return { profile, how: "valid", asks: undefined, changes: [] };
  const user = ready === undefined && takesUserSession(order) ? findUserSession(world, order) : undefined;
  const asks = ready === undefined ? questionOf(world, order, user) : undefined;
  const credentials = ready?.credentials ?? {
    accessKeyId: FROM_AWS,
    secretAccessKey: FROM_AWS,
    sessionToken: FROM_AWS,
    expiration: new Date(world.now().getTime() + (asks?.seconds ?? 0) * 1000),
    principalArn: order.placement.roles.length > 0 ? FROM_AWS : undefined,
  };
  const { world: dry, changes } = dryRun(world);
  const toCache = ready === undefined ? editsToCome(world, order, user) : [];
  const configStays = whyConfigStays(dry, order, request.save) !== undefined;
  const { save: remember, legacyToken } = request;
  const toCome = { remember, configStays, legacyToken, isUsualPair: isUsualPair(world) };
  await saveLogin(dry, order, toCome, { credentials, toCache });
  return { profile, how: ready === undefined ? "new" : "kept", asks, changes };
}

/** `user` is the cached session that the roles would be assumed with. */
function questionOf(
  world: World,
  order: SessionOrder,
  user: CachedSession | undefined,
): LoginQuestion {
  const { files, placement, access, request, roleSeconds } = order;
  const withoutCode = request.noMfa ? "only" : goesWithoutCode(world, order) ? "first" : undefined;
  const needsCode = user === undefined && withoutCode !== "only";
  const device = knownDevice({
    placement,
    serial: request.serial,
    memory: readDeviceMemory(world, files.at),
  });
  return {
    region: access.region,
    seconds: roleSeconds ?? sessionSeconds(placement, request),
    roleArns: placement.roles.map(({ arn }) => arn),
    needsCode,
    withoutCode,
    device: needsCode && device !== undefined ? asTried(device) : undefined,
  };
}

/** Throws UsageError. */
function asTried({ value, source }: Setting): Setting {
  return { value: deviceOfUserArn(checkSerial(value, source)) ?? value, source };
}

/** True where roles are assumed with a session of the user. */
function takesUserSession({ roleSeconds }: SessionOrder): boolean {
  return roleSeconds !== undefined && !needsOwnCode(roleSeconds);
}

/** What awsmfa's own folder would keep, as obtain() has it: of these files only the names are shown. */
function editsToCome(world: World, order: SessionOrder, user: CachedSession | undefined): FolderEdit[] {
  const { files: { at }, placement: { roles }, id, userId } = order;
  const pathOf = (its: CachedId): string => cachedPath(world, at, its);
  const asksName = user?.callerArn === undefined &&
    roles.some(({ sessionName }) => sessionName === undefined);
  const isNew = user === undefined && takesUserSession(order);
  const paths = [
    ...(isNew ? [pathOf(userId), memoryPath(world, at)] : []),
    pathOf(id),
    ...(!isNew && takesUserSession(order) && asksName ? [pathOf(userId)] : []),
    ...(user === undefined && !isNew ? [memoryPath(world, at)] : []),
  ];
  return paths.map((path) => ({ path, edit: () => FROM_AWS }));
}
