import { type Check, problem } from "../../domain/checks/check.ts";
import { parseDuration, SESSION_SECONDS } from "../../domain/text/duration.ts";
import { checkSerial } from "../../domain/aws/mfa_device.ts";
import { checkEndpoint } from "../../domain/network/endpoint.ts";
import { checkRegion } from "../../domain/aws/region.ts";
import { unsetting } from "../../domain/shell/shell_commands.ts";
import { Failure } from "../../errors.ts";
import type { World } from "../../world.ts";

/** The variables whose values are checked before a file is read, and what takes them. */
const VARIABLES: readonly [name: string, check: (value: string, name: string) => unknown][] = [
  ["AWSMFA_DURATION", (value, name) => parseDuration(value, name, SESSION_SECONDS)],
  ["AWSMFA_SERIAL", checkSerial],
  ["AWS_REGION", checkRegion],
  ["AWS_DEFAULT_REGION", checkRegion],
  ["AWS_ENDPOINT_URL_STS", checkEndpoint],
  ["AWS_ENDPOINT_URL_IAM", checkEndpoint],
  ["AWS_ENDPOINT_URL", checkEndpoint],
];

/**
 * What is wrong with the variables: every other command would end at the first one. `rest` is the world as it would be
 * without these, so that the rest can be looked at.
 */
export function checkVariables(world: World): { checks: Check[]; rest: World } {
  const wrong = new Set<string>();
  const checks = VARIABLES.flatMap(([name, check]) => {
    const value = world.env(name);
    if (!value) return [];
    try {
      check(value, name);
      return [];
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      wrong.add(name);
      return [problem("environment", error.message, unsetting(name))];
    }
  });
  return { checks, rest: { ...world, env: (name) => wrong.has(name) ? undefined : world.env(name) } };
}
