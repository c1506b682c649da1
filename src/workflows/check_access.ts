import { type Check, ok, problem, warning } from "../domain/check.ts";
import { describeClock } from "../domain/clock.ts";
import { nameOfDevice, showsCodes } from "../domain/mfa_device.ts";
import type { Placement } from "../domain/placement.ts";
import { CLOCK_TOLERANCE_SECONDS, explainRefusal, StsRefusal } from "../domain/sts_refusal.ts";
import { configure, profileFlag } from "../domain/placement_errors.ts";
import { Failure, type Hint } from "../errors.ts";
import type { StsAccess, World } from "../world.ts";
import { askedOf } from "./asked.ts";

const OLD_KEY_DAYS = 365;

/** What AWS says: reachable, the clock, whose keys these are, and what IAM tells of them. */
export async function checkAccess(world: World, placement: Placement, access: StsAccess): Promise<Check[]> {
  const checks: Check[] = [];
  try {
    const { arn, clockAheadSeconds } = await world.showWaiting(
      "asking AWS who this is",
      world.caller(access),
    );
    checks.push(ok("network", `AWS STS answers in ${access.region}${throughProxy(world)}`));
    checks.push(checkClock(clockAheadSeconds), ok("keys", `they are those of ${arn}`));
  } catch (error) {
    return [problemOf("network", error, placement, access)];
  }
  return [...checks, ...await checkDevices(world, access), ...await checkKeyAge(world, placement, access)];
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
    const fix: Hint = (shell) => `aws iam create-access-key${profileFlag(placement.source.profile, shell)}`;
    return [days < OLD_KEY_DAYS ? ok("keys", says) : warning("keys", says, fix)];
  } catch (error) {
    return [unlisted("keys", error)];
  }
}

/** A user need not be allowed to ask IAM: a login works all the same. */
function unlisted(what: string, error: unknown): Check {
  if (error instanceof StsRefusal) return ok(what, `IAM does not tell (${error.code})`);
  if (error instanceof Failure) return warning(what, error.message, error.hint ?? "awsmfa doctor");
  throw error;
}

function problemOf(what: string, error: unknown, placement: Placement, access: StsAccess): Check {
  if (error instanceof StsRefusal) {
    if (Math.abs(error.clockAheadSeconds) >= CLOCK_TOLERANCE_SECONDS) {
      return checkClock(error.clockAheadSeconds);
    }
    const { message, hint } = explainRefusal(error, askedOf(placement, access, undefined));
    if (!/^(InvalidClientTokenId|SignatureDoesNotMatch)$/.test(error.code)) {
      return problem(what, message, hint ?? "awsmfa doctor --offline");
    }
    const says = hint === undefined ? message : `${message} (${hint})`;
    return problem("keys", says, configure(placement.source.profile));
  }
  if (!(error instanceof Failure)) throw error;
  return problem(what, error.message, error.fix ?? "awsmfa doctor --offline");
}

/** A proxy's address may hold a password: only its host is named. */
function throughProxy(world: World): string {
  const address = world.env("HTTPS_PROXY") ?? world.env("https_proxy");
  const host = address === undefined ? undefined : URL.parse(address)?.host;
  return host ? `, through the proxy ${host}` : "";
}
