import { removing } from "../domain/shell/shell_commands.ts";
import type { StartUpFile, Uninstalled } from "../workflows/undo/uninstall.ts";
import { uninstall as undoAll } from "../workflows/undo/uninstall.ts";
import type { World } from "../world.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";
import { DRY_RUN_OPTION } from "../cli/options/dry_run_option.ts";
import { printPlan } from "../cli/output/print_plan.ts";
import { findSyntax } from "../cli/output/find_shell.ts";
import { printJson, printWarning } from "../cli/output/print.ts";
import { sayUndone, warnOfForeign } from "../cli/output/say_undone.ts";

const OPTIONS = {
  yes: { short: "-y", description: "Also remove awsmfa's lines from your shell's start-up files" },
  json: { description: "Print the result as JSON" },
  ...DRY_RUN_OPTION,
} satisfies Options;

/** `awsmfa uninstall`: the home as awsmfa found it. */
export const uninstall: CommandWith<typeof OPTIONS> = {
  description:
    "Restores every profile, and removes cached sessions, links, locks and what awsmfa remembers of devices. " +
    "Shows the lines of your shell's start-up files that name awsmfa, and how to remove the program itself.",
  options: OPTIONS,
  run: runUninstall,
};

async function runUninstall(options: Given<typeof OPTIONS>, { world }: CommandContext): Promise<void> {
  const howToRemove = await removalOf(world);
  world.keepPermissions(["read", "write", "env"]);
  const startUp = options.yes ?? false;
  if (options.dryRun) {
    const { dryRun } = await import("../workflows/support/dry_run.ts");
    const { world: dry, changes } = dryRun(world);
    const planned = await undoAll(dry, startUp);
    const sentences = [
      ...planned.profiles.map(({ profile }) => `Would restore '${profile}'.`),
      ...planned.links.map((name) => `Would remove the link '${name}'.`),
      ...planned.removed.map((path) => `Would remove ${path}.`),
    ];
    return await printPlan(world, sentences, changes, { json: options.json ?? false, facts: { ...planned } });
  }
  const done = await undoAll(world, startUp);
  for (const profile of done.profiles) warnOfForeign(world, profile, done.backupPath ?? "");
  warnOfLeft(world, done);
  if (options.json) return printJson(world, { ...done, program: howToRemove });
  for (const { profile, outcome } of done.profiles) {
    if (outcome !== "left alone") world.out(`${sayUndone(profile, outcome)}.\n`);
  }
  for (const name of done.links) world.out(`Removed the link '${name}'.\n`);
  world.out(
    done.removed.length > 0 ? "Removed awsmfa's own files.\n" : "awsmfa has no files of its own here.\n",
  );
  for (const file of done.startUp) printStartUp(world, file, startUp);
  world.out(`To remove the program: ${howToRemove}\n`);
}

function warnOfLeft(world: World, { left, backupPath }: Uninstalled): void {
  if (backupPath !== undefined) {
    printWarning(
      world,
      `${backupPath} has keys that were not put back, so it stays`,
      "copy what you need of it, then remove it",
    );
  }
  for (const path of left) {
    printWarning(
      world,
      `${path} is not a file that awsmfa can do without, so it stays`,
      "look at it, then remove it",
    );
  }
}

function printStartUp(world: World, { path, lines }: StartUpFile, removes: boolean): void {
  for (const { line, text, isWhole } of lines) {
    const what = removes && isWhole ? "Removed from" : "Remove from";
    world.out(`${what} ${path}:${line}: ${text}\n`);
  }
}

/** How the program goes, by the way it came. */
async function removalOf(world: World): Promise<string> {
  const [program = "", ...more] = await world.ownCommand();
  const path = program.replaceAll("\\", "/");
  if (more.length > 0) return "delete the checkout";
  if (/\/(Cellar|homebrew|linuxbrew)\//i.test(path)) return "brew uninstall awsmfa";
  if (/\/scoop\//i.test(path)) return "scoop uninstall awsmfa";
  if (path === "/usr/bin/awsmfa") return "sudo apt remove awsmfa";
  return removing(program)(await findSyntax(world));
}
