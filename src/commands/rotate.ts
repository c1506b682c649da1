import { checkAccessKeyId } from "../domain/changes/new_keys.ts";
import { profileOption } from "../domain/shell/shell_word.ts";
import { UsageError } from "../errors.ts";
import { placesOf } from "../workflows/rotation/replace_key.ts";
import { placeOrder } from "../workflows/sessions/session_order.ts";
import { rotate as rotateKey } from "../workflows/rotation/rotate.ts";
import type { Rotated, RotationRequest } from "../workflows/rotation/rotation_context.ts";
import { whoLogsIn } from "../workflows/sessions/who_is_here.ts";
import type { World } from "../world.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";
import { DRY_RUN_OPTION } from "../cli/options/dry_run_option.ts";
import { findSyntax } from "../cli/output/find_shell.ts";
import { printJson } from "../cli/output/print.ts";
import { SESSION_OPTIONS } from "../cli/options/session_options.ts";
import { readSessionRequest } from "../cli/options/session_request.ts";

const OPTIONS = {
  profile: SESSION_OPTIONS.profile,
  code: { short: "-c", value: "<code>", description: "MFA code" },
  codeCommand: SESSION_OPTIONS.codeCommand,
  serial: SESSION_OPTIONS.serial,
  region: SESSION_OPTIONS.region,
  delete: { description: "Also delete the old key at the end; without it, the key stays, inactive" },
  finish: { description: "Delete the old key of an earlier rotation" },
  undo: { description: "Put the old key back, as long as it exists" },
  deleteInactive: { value: "<id>", description: "Delete this other key first, to make room" },
  ifOlderThan: { value: "<time>", description: "Only if the key is older, for example 90d" },
  json: { description: "Print the result as JSON, without secrets" },
  ...DRY_RUN_OPTION,
} satisfies Options;

type RotateOptions = Given<typeof OPTIONS>;

/** `awsmfa rotate`: a new access key in the place of a profile's own. */
export const rotate: CommandWith<typeof OPTIONS> = {
  description:
    "Makes a new access key, tries it, puts it wherever the old one stands, and makes the old one inactive. " +
    "What was cut off goes on with the same command.",
  options: OPTIONS,
  more: `A few days later, when nothing misses the old key:
  awsmfa rotate --finish`,
  run: runRotate,
};

async function runRotate(options: RotateOptions, { world }: CommandContext): Promise<void> {
  world.keepPermissions(options.dryRun ? ["read", "env"] : ["read", "write", "env", "net", "run"]);
  const rotation = readRotationRequest(options);
  const request = await readSessionRequest(world, [], options, whoLogsIn);
  if (options.dryRun) {
    const { files, placement: { source } } = placeOrder(world, request, { asTools: true });
    const places = placesOf(files, source.keys);
    const { accessKeyId } = source.keys;
    if (options.json) return printJson(world, { dryRun: true, oldKeyId: accessKeyId, replaces: places });
    world.out(`A new access key would take the place of ${accessKeyId} in:\n`);
    for (const { path, sections } of places) world.out(`  ${path}: ${namesOf(sections)}\n`);
    return;
  }
  const done = await rotateKey(world, request, rotation);
  if (options.json) return printJson(world, done);
  const option = profileOption(request.placement.name, await findSyntax(world));
  world.out(`${sentence(done)}\n`);
  world.err(whatIsLeft(world, done, option));
}

function readRotationRequest(options: RotateOptions): RotationRequest {
  const modes = (["delete", "finish", "undo"] as const).filter((name) => options[name]);
  if (modes.length > 1) {
    throw new UsageError(`--${modes[0]} can't be used with --${modes[1]}`, "awsmfa rotate --help");
  }
  const { deleteInactive, ifOlderThan } = options;
  return {
    finish: options.finish ?? false,
    undo: options.undo ?? false,
    remove: options.delete ?? false,
    deleteInactive: deleteInactive === undefined ? undefined : checkAccessKeyId(deleteInactive),
    olderThanSeconds: ifOlderThan === undefined ? undefined : parseDays(ifOlderThan),
  };
}

/** Seconds of "90d". */
function parseDays(text: string): number {
  const [, days] = /^(\d{1,4})d$/.exec(text.trim()) ?? [];
  if (days === undefined) throw new UsageError(`--if-older-than: '${text}' isn't a number of days`, "90d");
  return Number(days) * 86_400;
}

function sentence({ outcome, profile, oldKeyId, newKeyId, oldKey, ageDays }: Rotated): string {
  switch (outcome) {
    case "young":
      return `Profile '${profile}': the access key ${oldKeyId} is ${ageDays} days old, and stays.`;
    case "finished":
      return `Profile '${profile}': the old access key ${oldKeyId} is deleted.`;
    case "undone":
      return `Profile '${profile}': the access key is ${oldKeyId} again.`;
    case "rotated":
      return `Profile '${profile}': the access key is ${newKeyId} now; ${oldKeyId} is ${oldKey}.`;
  }
}

/** What a person has to do elsewhere. */
function whatIsLeft(
  world: World,
  { outcome, oldKey, newKeyId, lastUse, loggedIn }: Rotated,
  option: string,
): string {
  if (outcome === "undone" && newKeyId !== undefined) {
    return `${newKeyId} is inactive; the next rotation needs its place: ` +
      `awsmfa rotate --delete-inactive ${newKeyId}${option}\n`;
  }
  if (outcome !== "rotated") return "";
  const used = lastUse === undefined
    ? ""
    : ` (last used ${world.localTime(lastUse.at)}: ${lastUse.service}, ${lastUse.region})`;
  const lines = [
    `Other machines and CI that have the old key need the new one${used}.\n`,
    loggedIn ? "" : `A login with the new key was not tried: awsmfa${option}\n`,
    oldKey === "deleted" ? "" : `When nothing misses the old key: awsmfa rotate --finish${option}; ` +
      `to go back: awsmfa rotate --undo${option}\n`,
  ];
  return lines.join("");
}

function namesOf(sections: readonly string[]): string {
  return sections.map((name) => `[${name}]`).join(", ");
}
