import { unsetting } from "../domain/shell/shell_commands.ts";
import { logOut } from "../workflows/undo/log_out.ts";
import { findWho } from "../workflows/sessions/who_is_here.ts";
import type { World } from "../world.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";
import { DRY_RUN_OPTION } from "../cli/options/dry_run_option.ts";
import { hintFor } from "../cli/output/find_shell.ts";
import { PROFILE_OPTION, profileOf } from "../cli/options/profile_option.ts";
import { printJson, printWarning } from "../cli/output/print.ts";
import { planUndoing, sayUndone, warnOfForeign } from "../cli/output/say_undone.ts";

const OPTIONS = {
  ...PROFILE_OPTION,
  json: { description: "Print the result as JSON" },
  ...DRY_RUN_OPTION,
} satisfies Options;

/** `awsmfa logout`: the end of a profile's session. */
export const logout: CommandWith<typeof OPTIONS> = {
  description:
    "Takes a profile's session out of the credentials file, puts back what its login replaced, and deletes the cached " +
    "session of its keys. AWS can't revoke a session: copies stay valid until they expire.",
  options: OPTIONS,
  run: runLogout,
};

/** A shell with keys or a session of its own stays who it is, whatever becomes of the profile. */
async function sayWhoStays(world: World, profile: string): Promise<void> {
  const { environment, handed } = findWho(world, undefined);
  if (environment.kind === "none") return;
  printWarning(
    world,
    `AWS_ACCESS_KEY_ID is set in the environment: this shell stays who it is, and profile '${profile}' is logged out`,
    handed === undefined
      ? await hintFor(world, unsetting("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"))
      : "take it away as you took it: awsmfa env --unset",
  );
}

async function runLogout(options: Given<typeof OPTIONS>, { world }: CommandContext): Promise<void> {
  world.keepPermissions(["read", "write", "env"]);
  const name = profileOf(world, options.profile);
  if (options.profile === undefined) await sayWhoStays(world, name);
  if (options.dryRun) {
    return await planUndoing(world, options.json ?? false, async (dry) => {
      const { profile, undone } = await logOut(dry, name);
      return [undone ?? { profile, outcome: "logged out" }];
    });
  }
  const { profile, undone, forgotKept, backupPath } = await logOut(world, name);
  if (undone !== undefined) warnOfForeign(world, undone, backupPath);
  const outcome = undone?.outcome;
  if (options.json) return printJson(world, { profile, outcome, forgotKept });
  if (outcome !== "left alone") world.out(`${sayUndone(profile, outcome ?? "logged out")}.\n`);
  if (forgotKept) world.out("The cached session was deleted.\n");
  world.err("AWS can't revoke sessions: copies stay valid until they expire.\n");
}
