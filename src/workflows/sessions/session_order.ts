import type { Enough } from "../../domain/sessions/enough.ts";
import { type CachedId, cachedId } from "../../domain/sessions/cached_session.ts";
import { place, type Placement } from "../../domain/placement/placement.ts";
import type { PlacementRequest } from "../../domain/placement/placement_row.ts";
import { roleSeconds } from "../../domain/placement/role_seconds.ts";
import type { WhoHere } from "../../domain/sessions/who_here.ts";
import type { StsAccess, World } from "../../world.ts";
import { type AwsFiles, readAwsFiles } from "../support/aws_files.ts";
import type { LoginSettings } from "../support/login_settings.ts";
import { accessWith, type StsRoute } from "../support/sts_access.ts";

/** What every command that needs credentials is told, checked. */
export interface ObtainRequest extends LoginSettings {
  readonly placement: PlacementRequest;
  readonly who: WhoHere;
  /** Of --region: it is for programs, too. */
  readonly regionNamed: string | undefined;
  readonly route: StsRoute;
  /** Where no code is given, a session that lasts this many seconds is good enough; else the rule says it. */
  readonly minRemaining: number | undefined;
  /** Ask AWS also where a session is good enough. */
  readonly force: boolean;
  /** A program is run with the credentials: then the permission to do so stays. */
  readonly runsProgram?: boolean;
}

/** What is to be obtained: all that can be told of it without asking anybody. */
export interface SessionOrder {
  readonly request: ObtainRequest;
  readonly files: AwsFiles;
  readonly placement: Placement;
  readonly access: StsAccess;
  /** How long a session at hand must last. */
  readonly enough: Enough;
  /** What the session that is wanted is bound to, and the user's own session that roles are assumed with. */
  readonly id: CachedId;
  readonly userId: CachedId;
  /** How long the last role shall last; undefined where the user's own session is wanted. */
  readonly roleSeconds: number | undefined;
}

/**
 * Reads the AWS files and looks up what they say of the profile. `how` is
 * PlacementRequest's. Throws a Failure.
 */
export function placeOrder(
  world: World,
  request: ObtainRequest,
  how: Pick<PlacementRequest, "force" | "asTools" | "orSession">,
): SessionOrder {
  const files = readAwsFiles(world);
  const placement = place(files, { ...request.placement, ...how });
  const access = accessWith(world, request.route, placement, files);
  const idOf = (roles: Placement["roles"]): CachedId => cachedId(access.keys.accessKeyId, roles, access);
  const id = idOf(placement.roles);
  return {
    request,
    files,
    placement,
    access,
    enough: request.minRemaining ?? "asking",
    id: request.noMfa ? { ...id, mfa: false } : id,
    userId: idOf([]),
    roleSeconds: roleSeconds(placement.roles, request.seconds, request.usualSeconds),
  };
}
