import { type Check, ok, problem, warning } from "../../domain/checks/check.ts";
import { describeClock } from "../../domain/aws/clock.ts";
import { nameOfDevice, showsCodes } from "../../domain/aws/mfa_device.ts";
import { shortLimits } from "../../domain/network/limits.ts";
import type { Placement } from "../../domain/placement/placement.ts";
import { CLOCK_TOLERANCE_SECONDS, StsRefusal } from "../../domain/aws/sts_refusal.ts";
import { explainRefusal } from "../../domain/aws/explain_refusal.ts";
import { configure } from "../../domain/placement/placement_errors.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import { Failure, type Hint, NetworkError } from "../../errors.ts";
import type { StsAccess, World } from "../../world.ts";
import { callContext } from "../support/call_context.ts";

const OLD_KEY_DAYS = 365;

/** What AWS says: reachable, the clock, whose keys these are, and what IAM tells of them; all asked at once. */
export async function checkAccess(world: World, placement: Placement, access: StsAccess): Promise<Check[]> {
  const isNarrow = await world.keepHosts(access);
  const quick = { ...access, limits: shortLimits(access.limits) };
  const [who, ...more] = await world.showWaiting(
    "asking AWS who this is",
    Promise.all([
      checkCaller(world, placement, quick, isNarrow),
      checkDevices(world, quick),
      checkKeyAge(world, placement, quick),
    ]),
  );
  // Where STS can't be asked, what IAM says is the same once more, or for another reason than it looks.
  return who.some(({ what, state }) => what === "network" && state === "ok") ? [who, more].flat(2) : who;
}

async function checkCaller(
  world: World,
  placement: Placement,
  access: StsAccess,
  isNarrow: boolean,
): Promise<Check[]> {
  try {
    const { arn, clockAheadSeconds, via } = await world.caller(access);
    const open = isNarrow
      ? ""
      : "; this version does not know its hosts by name, so any of AWS's could be reached";
    return [
      ok("network", `AWS STS answers in ${access.region}, ${via}${open}`),
      checkClock(clockAheadSeconds),
      ok("keys", `they are those of ${arn}`),
    ];
  } catch (error) {
    return [problemOf(error, placement, access)];
  }
}

function checkClock(ahead: number): Check {
  const off = describeClock(ahead);
  if (off === undefined) return ok("clock", "it agrees with AWS's");
  const tell = Math.abs(ahead) >= CLOCK_TOLERANCE_SECONDS ? problem : warning;
  return tell(
    "clock",
    `it is ${off}`,
    "sudo timedatectl set-ntp true   # macOS: sudo sntp -sS time.apple.com; Windows: w32tm /resync",
  );
}

async function checkDevices(world: World, access: StsAccess): Promise<Check[]> {
  try {
    const devices = await world.listMfaDevices(access);
    const names = devices.map(({ serial }) => `'${nameOfDevice(serial)}'`).join(", ");
    if (devices.some(({ serial }) => showsCodes(serial))) return [ok("devices", names)];
    const says = devices.length === 0
      ? "the user has no MFA device"
      : `no device of the user shows codes: ${names}`;
    return [problem("devices", says, "IAM console > Users > Security credentials > Assign MFA device")];
  } catch (error) {
    return [unlisted("devices", error)];
  }
}

async function checkKeyAge(world: World, placement: Placement, access: StsAccess): Promise<Check[]> {
  try {
    const created = await world.accessKeyCreated(access);
    if (created === undefined) return [];
    const days = Math.floor((world.now().getTime() - created.getTime()) / 86_400_000);
    const says = `the access key of '${placement.source.profile}' is ${days} days old`;
    const fix: Hint = (shell) => `awsmfa rotate${profileOption(placement.source.profile, shell)}`;
    return [days < OLD_KEY_DAYS ? ok("keys", says) : warning("keys", says, fix)];
  } catch (error) {
    return [unlisted("keys", error)];
  }
}

/** A user need not be allowed to ask IAM: a login works all the same. */
function unlisted(what: string, error: unknown): Check {
  if (error instanceof StsRefusal) return ok(what, `IAM does not tell (${error.code})`);
  if (error instanceof Failure) return warning(what, withWay(error), error.fix ?? "awsmfa doctor");
  throw error;
}

function problemOf(error: unknown, placement: Placement, access: StsAccess): Check {
  if (error instanceof StsRefusal) {
    if (Math.abs(error.clockAheadSeconds) >= CLOCK_TOLERANCE_SECONDS) {
      return checkClock(error.clockAheadSeconds);
    }
    const { message, hint } = explainRefusal(error, callContext(placement, access, undefined));
    if (!/^(InvalidClientTokenId|SignatureDoesNotMatch)$/.test(error.code)) {
      return problem("network", message, hint ?? "awsmfa doctor --offline");
    }
    const says = hint === undefined ? message : `${message} (${hint})`;
    return problem("keys", says, configure(placement.source.profile));
  }
  if (!(error instanceof Failure)) throw error;
  return problem("network", withWay(error), error.fix ?? "awsmfa doctor --offline");
}

/** How it was tried is half of what there is to know. */
function withWay(error: Failure): string {
  const via = error instanceof NetworkError ? error.via : undefined;
  if (via === undefined) return error.message;
  return `${error.message}; tried ${via === "direct" ? "directly" : via}`;
}
