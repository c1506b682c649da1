import { linkProfile } from "../workflows/link_profile.ts";
import type { CommandContext, CommandWith, Given, Options } from "./command.ts";
import { PROFILE_OPTION, profileOf } from "./profile_option.ts";

const OPTIONS = {
  profile: {
    ...PROFILE_OPTION.profile,
    description: "the profile whose session it gets (AWS_PROFILE, else 'default')",
  },
} satisfies Options;

/** `awsmfa link NAME`: a new profile that gets its credentials from awsmfa. */
export const link: CommandWith<typeof OPTIONS> = {
  description:
    "Writes [profile NAME] with a credential_process line into the config file, so that AWS's tools ask " +
    "awsmfa for the session of profile -p, and other profiles can name it as their source_profile.",
  argument: { form: "<name>", description: "the new profile" },
  options: OPTIONS,
  run: runLink,
};

async function runLink(
  options: Given<typeof OPTIONS>,
  { world, words: [name = ""] }: CommandContext,
): Promise<void> {
  world.keepPermissions(["read", "write", "env"]);
  const { path, line } = await linkProfile(world, name, profileOf(world, options.profile));
  world.out(`Profile '${name}' in ${path}: ${line}\n`);
}
