import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { listAllDevices, type ListedDevice } from "../workflows/list_devices.ts";
import type { World } from "../world.ts";
import { type CommandContext, mergeOptions } from "./context.ts";
import { printJson } from "./print.ts";
import { readSessionRequest } from "./session_request.ts";

interface DevicesOptions {
  profile?: string;
  region?: string;
  json?: true;
}

/** `awsmfa devices`: the user's MFA devices, and the one that awsmfa would use. */
export function devicesCommand(context: CommandContext): CommandUnknownOpts {
  const { world } = context;
  const command = new Command("devices");
  return command
    .description(
      "Asks IAM for the MFA devices of the user whose keys the profile holds (iam:ListMFADevices).",
    )
    .option("-p, --profile <name>", "the profile (AWS_PROFILE, AWS_DEFAULT_PROFILE, else 'default')")
    .option("--region <name>", "where AWS is asked (AWS_REGION, AWS_DEFAULT_REGION, else the profile's)")
    .option("--json", "print it as JSON")
    .action(() => runDevices(world, mergeOptions<DevicesOptions>(command, context)));
}

async function runDevices(world: World, options: DevicesOptions): Promise<void> {
  world.keepPermissions(["read", "env", "net"]);
  const { placement, route, serial } = await readSessionRequest(world, [], options);
  const { profile, devices } = await listAllDevices(world, placement, route, serial);
  if (options.json) return printJson(world, { profile, devices });
  if (devices.length === 0) {
    world.err(
      `The user of profile '${profile}' has no MFA device.\n` +
        "hint: IAM console > Users > Security credentials > Assign MFA device\n",
    );
  }
  for (const device of devices) world.out(describe(device));
}

const KINDS = {
  virtual: "virtual",
  hardware: "hardware token",
  fido: "passkey or security key",
  sms: "SMS",
} as const;

function describe({ kind, name, serial, enabledAt, usedBecause }: ListedDevice): string {
  const since = enabledAt === undefined ? "" : `, since ${enabledAt.toISOString().slice(0, 10)}`;
  const use = usedBecause !== undefined
    ? `awsmfa uses this one: ${usedBecause}`
    : kind === "fido" || kind === "sms"
    ? "STS takes no code of it"
    : `to use this one: --serial ${serial}`;
  return `${name}  (${KINDS[kind]}${since})\n  ${serial}\n  ${use}\n`;
}
