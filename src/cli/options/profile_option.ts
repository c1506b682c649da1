import { findWho } from "../../workflows/sessions/who_is_here.ts";
import type { World } from "../../world.ts";
import type { Options } from "./command.ts";

/** The option of nearly every command. */
export const PROFILE_OPTION = {
  profile: {
    usual: "Profile to log in to [default: AWS_PROFILE or default]",
    short: "-p",
    value: "<name>",
    description: "Profile to use [default: this shell's, AWS_PROFILE, then default]",
    completes: "profiles",
  },
} satisfies Options;

/** The profile that is meant: --profile, else that of this shell. Throws UsageError for an empty name. */
export function profileOf(world: World, option: string | undefined): string {
  return findWho(world, option).name;
}
