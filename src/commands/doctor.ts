import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Check } from "../domain/check.ts";
import { EXIT } from "../errors.ts";
import { examine } from "../workflows/doctor.ts";
import type { World } from "../world.ts";
import { type CommandContext, mergeOptions } from "./context.ts";
import { printJson } from "./print.ts";
import { readSessionRequest } from "./session_request.ts";

interface DoctorOptions {
  profile?: string;
  region?: string;
  offline?: true;
  json?: true;
}

/** `awsmfa doctor`: one screen of checks, each with the fix to type. Ends with 1 where something is a problem. */
export function doctorCommand(context: CommandContext): CommandUnknownOpts {
  const { world, endWith } = context;
  const command = new Command("doctor");
  return command
    .description(
      "Looks at the files, the environment, the keys and the way to AWS. Changes nothing, and shows no secret: it can\n" +
        "be pasted into a ticket. Ends with exit code 0 only where nothing is a problem.",
    )
    .option("-p, --profile <name>", "the profile (AWS_PROFILE, AWS_DEFAULT_PROFILE, else 'default')")
    .option("--region <name>", "where AWS is asked (AWS_REGION, AWS_DEFAULT_REGION, else the profile's)")
    .option("--offline", "ask nobody")
    .option("--json", "print it as JSON")
    .action(async () => {
      const checks = await runDoctor(world, mergeOptions<DoctorOptions>(command, context));
      endWith(checks.some(({ state }) => state === "problem") ? EXIT.unexpected : EXIT.done);
    });
}

async function runDoctor(world: World, options: DoctorOptions): Promise<Check[]> {
  world.keepPermissions(["read", "env", "net"]);
  const { placement, route, serial } = await readSessionRequest(world, [], options);
  if (options.offline) world.keepPermissions(["read", "env"]);
  const checks = await examine(world, { placement, route, serial, offline: options.offline ?? false });
  if (options.json) printJson(world, { checks });
  else for (const check of checks) world.out(describe(world, check));
  return checks;
}

const COLOURS = { ok: 32, warning: 33, problem: 31 } as const;

function describe(world: World, { what, state, says, fix }: Check): string {
  const label = state.padEnd(8);
  const painted = world.colour ? `\x1b[${COLOURS[state]}m${label}\x1b[0m` : label;
  const line = `${painted} ${what.padEnd(11)} ${says}\n`;
  return fix === undefined ? line : `${line}${" ".repeat(21)}fix: ${fix}\n`;
}
