import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { logOut } from "../workflows/log_out.ts";
import type { World } from "../world.ts";
import { type CommandContext, mergeOptions } from "./context.ts";
import { profileOf } from "./profile_option.ts";
import { printJson } from "./print.ts";
import { sayUndone, warnKept } from "./restore.ts";

interface LogoutOptions {
  profile?: string;
  json?: true;
}

/** `awsmfa logout`: the end of a profile's session. */
export function logoutCommand(context: CommandContext): CommandUnknownOpts {
  const { world } = context;
  const command = new Command("logout");
  return command
    .description(
      "Takes a profile's session out of the credentials file, puts back what its login put aside, and forgets the\n" +
        "session that is kept for its keys. AWS can't revoke a session: it stays valid until its end.",
    )
    .option("-p, --profile <name>", "the profile (AWS_PROFILE, AWS_DEFAULT_PROFILE, else 'default')")
    .option("--json", "print the result as JSON")
    .action(() => runLogout(world, mergeOptions<LogoutOptions>(command, context)));
}

async function runLogout(world: World, options: LogoutOptions): Promise<void> {
  world.keepPermissions(["read", "write", "env"]);
  const { profile, outcome, forgotKept, backupPath } = await logOut(world, profileOf(world, options.profile));
  if (outcome === "kept") warnKept(world, profile, backupPath);
  if (options.json) return printJson(world, { profile, outcome, forgotKept });
  if (outcome !== "kept") world.out(`${sayUndone(profile, outcome ?? "logged out")}.\n`);
  if (forgotKept) world.out("The session that was kept for its keys is forgotten.\n");
  world.err("AWS can't revoke a session: where it was copied to, it stays valid until its end.\n");
}
