import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { linkProfile } from "../workflows/link_profile.ts";
import type { World } from "../world.ts";
import { type CommandContext, mergeOptions } from "./context.ts";
import { profileOf } from "./profile_option.ts";

interface LinkOptions {
  profile?: string;
}

/** `awsmfa link NAME`: a new profile that gets its credentials from awsmfa. */
export function linkCommand(context: CommandContext): CommandUnknownOpts {
  const command = new Command("link");
  return command
    .description(
      "Writes [profile NAME] with a credential_process line into the config file, so that AWS's tools ask awsmfa for\n" +
        "the session of profile -p, and other profiles can name it as their source_profile.",
    )
    .argument("<name>", "the new profile")
    .option("-p, --profile <name>", "the profile whose session it gets (AWS_PROFILE, else 'default')")
    .action(() => runLink(context.world, command.args[0] ?? "", mergeOptions<LinkOptions>(command, context)));
}

async function runLink(world: World, name: string, options: LinkOptions): Promise<void> {
  world.keepPermissions(["read", "write", "env"]);
  const { path, line } = await linkProfile(world, name, profileOf(world, options.profile));
  world.out(`Profile '${name}' in ${path}: ${line}\n`);
}
