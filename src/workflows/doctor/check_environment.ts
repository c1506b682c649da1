import { profileFromVariables } from "../../domain/sessions/who_here.ts";
import { unsetting } from "../../domain/shell/shell_commands.ts";
import { type Check, ok, warning } from "../../domain/checks/check.ts";
import { differingVariables } from "../../domain/network/proxy.ts";
import { otherIdentities } from "../../domain/readers/other_identity.ts";
import { unknownVariables } from "../../domain/readers/unknown_variables.ts";
import { runtimeVariables } from "../../domain/network/runtime_variables.ts";
import type { World } from "../../world.ts";
import { locate } from "../support/aws_files.ts";

/** Variables that keep AWS tools from using the profile. */
export function checkEnvironment(world: World, name: string): Check[] {
  const checks: Check[] = [];
  if (world.env("AWS_ACCESS_KEY_ID")) {
    checks.push(
      warning(
        "environment",
        "AWS_ACCESS_KEY_ID is set, and wins over every profile",
        unsetting("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
      ),
    );
  }
  const { name: named, variable } = profileFromVariables(world.env);
  checks.push(...runtimeVariables(world.env).map(([says, fix]) => warning("environment", says, fix)));
  for (const [counts, other] of differingVariables(world.env)) {
    checks.push(
      warning("environment", `${counts} and ${other} differ, and ${counts} counts`, unsetting(other)),
    );
  }
  const others = [
    ...otherIdentities(world, name),
    ...unknownVariables(world, name, locate(world).credentials),
  ];
  checks.push(...others.map(([says, fix]) => warning("environment", says, fix)));
  if (variable !== undefined && named !== name && !others.some(([says]) => says.startsWith(variable))) {
    checks.push(
      warning("environment", `${variable} is '${named}', and hides profile '${name}'`, unsetting(variable)),
    );
  }
  return checks.length > 0 ? checks : [ok("environment", "no conflicting variables")];
}
