import type { Check } from "../domain/checks/check.ts";
import { EXIT, hintIn, UsageError } from "../errors.ts";
import { checkVariables } from "../workflows/doctor/check_variables.ts";
import { examine } from "../workflows/doctor/doctor.ts";
import { whoLogsIn } from "../workflows/sessions/who_is_here.ts";
import type { World } from "../world.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";
import { confirmChanges } from "../cli/output/confirm_changes.ts";
import { DRY_RUN_OPTION } from "../cli/options/dry_run_option.ts";
import { printPlan } from "../cli/output/print_plan.ts";
import { findSyntax } from "../cli/output/find_shell.ts";
import { PROFILE_OPTION, profileOf } from "../cli/options/profile_option.ts";
import { printJson } from "../cli/output/print.ts";
import { SESSION_OPTIONS } from "../cli/options/session_options.ts";
import { readSessionRequest } from "../cli/options/session_request.ts";

const OPTIONS = {
  ...PROFILE_OPTION,
  region: SESSION_OPTIONS.region,
  offline: { description: "Skip network checks" },
  readers: { description: "Show how each program reads the profile" },
  fix: { description: "Rewrite the two files so that more programs can read them, with the same meaning" },
  yes: { short: "-y", description: "With --fix: apply without asking" },
  ...DRY_RUN_OPTION,
  json: { description: "Print JSON" },
} satisfies Options;

/** `awsmfa doctor`: one screen of checks, each with the fix to type. Ends with 1 where something is a problem. */
export const doctor: CommandWith<typeof OPTIONS> = {
  description:
    "Checks your files, environment, keys and connection to AWS. Changes nothing without --fix, and shows no secret, so " +
    "you can paste it into a ticket. Exits with 1 if it finds a problem.",
  options: OPTIONS,
  run: runDoctor,
};

async function runDoctor(options: Given<typeof OPTIONS>, { world }: CommandContext): Promise<number> {
  if (options.fix) return await fixFiles(world, options);
  if (options.dryRun || options.yes) {
    throw new UsageError(
      `${options.dryRun ? "--dry-run" : "--yes"} goes with --fix`,
      "awsmfa doctor --fix --dry-run",
    );
  }
  if (options.readers) return await showReaders(world, options);
  // A fix says what takes these away, in the shell that can't be asked for later.
  if (HIDING.some((variable) => world.env(variable))) await world.parentProgram();
  world.keepPermissions(["read", "env", "net"]);
  const { checks: ofVariables, rest } = checkVariables(world);
  const { placement, route, serial } = await readSessionRequest(rest, [], options, whoLogsIn);
  if (options.offline) world.keepPermissions(["read", "env"]);
  const examined = await examine(rest, { placement, route, serial, offline: options.offline ?? false });
  const shell = await findSyntax(world);
  const checks = [...ofVariables, ...examined].map(({ fix, ...check }) => ({
    ...check,
    ...(fix === undefined ? {} : { fix: hintIn(fix, shell) }),
  }));
  if (options.json) printJson(world, { checks });
  else for (const check of checks) world.out(describe(world, check));
  return checks.some(({ state }) => state === "problem") ? EXIT.unexpected : EXIT.done;
}

/** Shows what would be written, and asks. Throws Cancelled for a no, and UsageError where nobody can be asked. */
async function fixFiles(world: World, options: Given<typeof OPTIONS>): Promise<number> {
  world.keepPermissions(options.dryRun ? ["read", "env"] : ["read", "write", "env"]);
  const { planMend } = await import("../workflows/readers/mend_files.ts");
  const { applyChanges } = await import("../workflows/support/apply_changes.ts");
  const changes = planMend(world);
  const json = options.json ?? false;
  if (options.dryRun) {
    await printPlan(world, [], changes, { json, facts: {} });
    return EXIT.done;
  }
  if (changes.length > 0) await confirmChanges(world, changes, options.yes ?? false);
  await applyChanges(world, changes, "run the command again");
  if (json) printJson(world, { changed: changes.map(({ path }) => path) });
  else if (changes.length === 0) world.out("Nothing to fix.\n");
  else for (const { path } of changes) world.out(`${path} is changed.\n`);
  return EXIT.done;
}

/** Ends with 1 where a program that people are likely to use has something else than the profile is meant to have. */
async function showReaders(world: World, options: Given<typeof OPTIONS>): Promise<number> {
  world.keepPermissions(["read", "env"]);
  const profile = profileOf(world, options.profile);
  const { viewReaders } = await import("../workflows/readers/view_readers.ts");
  const views = viewReaders(world, profile);
  if (options.json) {
    const readers = views.map(({ reader, isMeant: _, ...view }) => ({ ...reader, ...view }));
    printJson(world, { profile, readers });
  } else {
    const [names, kinds] = [
      Math.max(...views.map(({ reader }) => reader.name.length)),
      Math.max(...views.map(({ view }) => view.length)),
    ];
    for (const { reader, view, why, path, line } of views) {
      const where = path === undefined ? "" : ` (${path}${line === undefined ? "" : `, line ${line}`})`;
      const reason = why === undefined ? "" : `${why}${where}`;
      world.out(`${reader.name.padEnd(names)}  ${view.padEnd(kinds)}  ${reason}`.trimEnd() + "\n");
    }
  }
  return views.some(({ reader, isMeant }) => reader.usual && !isMeant) ? EXIT.unexpected : EXIT.done;
}

/** Variables that keep AWS tools from using a profile, or awsmfa from reaching AWS. */
const HIDING = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"];

const COLOURS = { ok: 32, warning: 33, problem: 31 } as const;

function describe(world: World, { what, state, says, fix }: Check & { readonly fix?: string }): string {
  const label = state.padEnd(8);
  const painted = world.colour ? `\x1b[${COLOURS[state]}m${label}\x1b[0m` : label;
  const line = `${painted} ${what.padEnd(11)} ${says}\n`;
  return fix === undefined ? line : `${line}${" ".repeat(21)}fix: ${fix}\n`;
}
