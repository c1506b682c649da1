import { type Check, ok, warning } from "../domain/check.ts";
import { looksLikeKeyId, SECRET_LENGTH } from "../domain/credentials.ts";
import { describeRow, type Placement, type Setting } from "../domain/placement.ts";
import { configure } from "../domain/placement_errors.ts";
import { isLoggedIn, statusOf } from "../domain/status.ts";
import { describeSeconds } from "../domain/duration.ts";
import type { World } from "../world.ts";
import type { AwsFiles } from "./aws_files.ts";
import { describeAside } from "./check_files.ts";
import type { DeviceMemory } from "../domain/device_memory.ts";
import { knownDevice } from "./find_device.ts";

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
    ...describeAside(files),
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
        `the secret of '${source.profile}' has ${source.keys.secretAccessKey.length} signs, and AWS's have ${SECRET_LENGTH}`,
        configure(source.profile),
      ),
    );
  }
  const device = knownDevice(placement, serial, memory);
  checks.push(
    ok(
      "device",
      device === undefined
        ? "not named: derived from the user's name at a login"
        : `'${device.value}' (${device.source})`,
    ),
  );
  const status = statusOf(files, target, world.now(), target);
  const left = status.secondsLeft;
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
