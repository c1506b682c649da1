import { profileFromEnvironment } from "../domain/locations.ts";
import { UsageError } from "../errors.ts";
import type { World } from "../world.ts";
import type { Options } from "./command.ts";

/** The option of nearly every command. */
export const PROFILE_OPTION = {
  profile: {
    short: "-p",
    value: "<name>",
    description: "the profile (AWS_PROFILE, AWS_DEFAULT_PROFILE, else 'default')",
    completes: "profiles",
  },
} satisfies Options;

/** The profile that is meant: --profile, else the environment's. Throws UsageError for an empty name. */
export function profileOf(world: World, option: string | undefined): string {
  if (option === "") throw new UsageError("--profile: the name is empty", "awsmfa -p NAME");
  return option ?? profileFromEnvironment(world.env).name;
}
