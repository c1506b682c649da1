import { profileFromEnvironment } from "../domain/locations.ts";
import { UsageError } from "../errors.ts";
import type { World } from "../world.ts";

/** The profile that is meant: --profile, else the environment's. Throws UsageError for an empty name. */
export function profileOf(world: World, option: string | undefined): string {
  if (option === "") throw new UsageError("--profile: the name is empty", "awsmfa -p NAME");
  return option ?? profileFromEnvironment(world.env).name;
}
