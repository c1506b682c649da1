import { OWN_SOURCE, renamedName } from "../aws_files/renamed_name.ts";
import { lastValue } from "../aws_files/ini.ts";
import type { Profile } from "../aws_files/profiles.ts";
import { roleValue } from "./role.ts";

/**
 * The key under which a profile's source is written into its config section. `source_profile` for a role, which AWS's
 * tools assume with it, and where it is there already; else awsmfa's own: Go, Terraform, .NET and Ruby refuse a profile
 * with a source and no role (../shared/readers.md, first table).
 */
export function sourceKey(profile: Profile | undefined): string {
  const isThere = profile?.inConfig.some((section) =>
    ["source_profile", renamedName("source_profile")].some((key) => lastValue(section, key) !== undefined)
  );
  return isThere || roleValue(profile, "role_arn") !== undefined ? "source_profile" : OWN_SOURCE;
}
