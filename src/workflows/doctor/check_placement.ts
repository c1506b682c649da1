import { type Check, ok, problem, warning } from "../../domain/checks/check.ts";
import { looksLikeKeyId, SECRET_LENGTH } from "../../domain/keys/credentials.ts";
import { describeRow, type Placement, type Setting, setting } from "../../domain/placement/placement.ts";
import { configure } from "../../domain/placement/placement_errors.ts";
import { isLoggedIn, statusOf } from "../../domain/sessions/status.ts";
import { sayOtherRole, sayPassedOver } from "../../domain/sessions/session_at_odds.ts";
import { isClockBack, sayClockBack } from "../../domain/aws/clock.ts";
import { describeSeconds, parseDuration, SESSION_SECONDS } from "../../domain/text/duration.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import { checkSerial } from "../../domain/aws/mfa_device.ts";
import { type Hint, UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";
import type { AwsFiles } from "../support/aws_files.ts";
import { describeBackup } from "./check_backup.ts";
import type { DeviceMemory } from "../../domain/aws/device_memory.ts";
import { knownDevice } from "../devices/known_device.ts";

/** Which keys the profile logs in with, whether they look right, which device, and what it holds now. */
export function checkPlacement(
  world: World,
  files: AwsFiles,
  placement: Placement,
  serial: Setting | undefined,
  memory: DeviceMemory,
): Check[] {
  const { source, target } = placement;
  const checks = [
    ok("profile", `'${target}' logs in with ${describeRow(placement)}`),
    ...describeBackup(files),
  ];
  if (!looksLikeKeyId(source.keys.accessKeyId)) {
    checks.push(
      warning(
        "keys",
        `the access key id of '${source.profile}' does not look like one: 20 capital letters and digits, from AKIA on`,
        configure(source.profile),
      ),
    );
  }
  if (source.keys.secretAccessKey.length !== SECRET_LENGTH) {
    checks.push(
      warning(
        "keys",
        `the secret of '${source.profile}' has ${source.keys.secretAccessKey.length} characters instead of ${SECRET_LENGTH}`,
        configure(source.profile),
      ),
    );
  }
  const device = knownDevice({ placement, serial, memory });
  checks.push(
    device === undefined
      ? ok("device", "not named: found automatically at login")
      : checkSetting("device", device, checkSerial) ?? ok("device", `'${device.value}' (${device.source})`),
  );
  // That of a role was checked with the role.
  const duration = placement.roles.length === 0 ? setting(placement, "duration_seconds") : undefined;
  const wrong = duration &&
    checkSetting("duration", duration, (value, where) => parseDuration(value, where, SESSION_SECONDS));
  if (wrong) checks.push(wrong);
  const status = statusOf(files, target, world.now(), target);
  const left = status.secondsLeft;
  if (status.state === "other session") {
    checks.push(warning(
      "session",
      `'${target}' has a session that awsmfa didn't write: AWS's tools are whoever that is`,
      (shell) =>
        `awsmfa${profileOption(target, shell)} (puts its own there again, and the other one into the backup)`,
    ));
    return checks;
  }
  if (left !== undefined && isClockBack(left)) {
    checks.push(problem("clock", ...sayClockBack(target, left)));
    return checks;
  }
  const login: Hint = (shell) => `awsmfa${profileOption(target, shell)}`;
  if (status.passedOver) {
    checks.push(problem("session", sayPassedOver(target), login));
    return checks;
  }
  if (status.state === "expired") {
    checks.push(
      problem(
        "session",
        `'${target}' holds one that ended ${
          describeSeconds(-(left ?? 0))
        } ago: AWS's tools still send it, and AWS refuses it`,
        (shell) => {
          const option = profileOption(target, shell);
          return `awsmfa${option} gets a new one; awsmfa logout${option} puts back what was there before`;
        },
      ),
    );
    return checks;
  }
  const { sessionArn, roleArn } = status;
  if (sessionArn !== undefined && roleArn !== undefined) {
    checks.push(warning("session", sayOtherRole(target, sessionArn, roleArn), login));
  }
  checks.push(
    ok(
      "session",
      !isLoggedIn(status)
        ? `'${target}' holds none that is valid`
        : left === undefined
        ? `'${target}' holds one that does not say when it ends`
        : `'${target}' holds one for ${describeSeconds(left)} more`,
    ),
  );
  return checks;
}

/** A value that a login would refuse. */
function checkSetting(
  what: string,
  { value, source }: Setting,
  check: (value: string, source: string) => unknown,
): Check | undefined {
  try {
    check(value, source);
    return undefined;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return problem(what, error.message, "awsmfa edit config");
  }
}
