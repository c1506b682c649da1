import { NoCredentialsError } from "../errors.ts";
import { whoActs } from "../workflows/sessions/who_is_here.ts";
import { linkProfile, removeLink } from "../workflows/setup/link_profile.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";
import { PROFILE_OPTION } from "../cli/options/profile_option.ts";

const OPTIONS = {
  profile: {
    ...PROFILE_OPTION.profile,
    description: "Profile whose session it gets [default: this shell's]",
  },
  remove: { description: "Remove the profile again" },
} satisfies Options;

/** `awsmfa link NAME`: a new profile that gets its credentials from awsmfa. */
export const link: CommandWith<typeof OPTIONS> = {
  description:
    "Writes [profile NAME] with a credential_process line into the config file, so that AWS's tools ask " +
    "awsmfa for the session of profile -p, and other profiles can name it as their source_profile.",
  argument: { form: "<name>", description: "Name of the new profile" },
  options: OPTIONS,
  run: runLink,
};

async function runLink(
  options: Given<typeof OPTIONS>,
  { world, words: [name = ""] }: CommandContext,
): Promise<void> {
  world.keepPermissions(["read", "write", "env"]);
  if (options.remove) {
    const { path } = await removeLink(world, name);
    return world.out(`Profile '${name}' is removed from ${path}.\n`);
  }
  const { name: source, environmentFirst } = whoActs(world, { profile: options.profile });
  if (environmentFirst) {
    throw new NoCredentialsError(
      "the keys here are those of the environment, which a link can't use",
      "name the profile that is meant: -p NAME",
    );
  }
  const { path, line, notes } = await linkProfile(world, name, source);
  for (const note of notes) world.err(`note: ${note}\n`);
  world.out(`Profile '${name}' in ${path}: ${line}\n`);
}
