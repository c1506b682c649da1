import type { HandedOut } from "../../domain/sessions/handed_out.ts";
import type { World } from "../../world.ts";

/**
 * The variables that name the AWS files which this session is of, for the mark: a shell that has them not, or not the
 * same, is told by it. `env` is the environment as it is.
 */
export function filesFor(world: World, env: World["env"]): HandedOut["files"] {
  const names = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"];
  const isUsual = names.every((name) => !world.env(name) && !env(name));
  return new Map(isUsual ? [] : names.map((name) => [name, world.env(name) ?? ""]));
}
