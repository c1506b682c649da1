import { listAllDevices, type ListedDevice } from "../workflows/devices/list_devices.ts";
import { whoActs } from "../workflows/sessions/who_is_here.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";
import { PROFILE_OPTION } from "../cli/options/profile_option.ts";
import { printJson } from "../cli/output/print.ts";
import { SESSION_OPTIONS } from "../cli/options/session_options.ts";
import { readSessionRequest } from "../cli/options/session_request.ts";

const OPTIONS = {
  ...PROFILE_OPTION,
  region: SESSION_OPTIONS.region,
  json: { description: "Print JSON" },
} satisfies Options;

/** `awsmfa devices`: the user's MFA devices, and the one that awsmfa would use. */
export const devices: CommandWith<typeof OPTIONS> = {
  description:
    "Lists the MFA devices of the profile's user (iam:ListMFADevices), and shows which one awsmfa would use.",
  options: OPTIONS,
  run: runDevices,
};

async function runDevices(options: Given<typeof OPTIONS>, { world }: CommandContext): Promise<void> {
  world.keepPermissions(["read", "env", "net"]);
  const { placement, route, serial } = await readSessionRequest(world, [], options, whoActs);
  const { profile, devices: listed } = await listAllDevices(world, placement, route, serial);
  if (options.json) return printJson(world, { profile, devices: listed });
  if (listed.length === 0) {
    world.err(
      `The user of profile '${profile}' has no MFA device.\n` +
        "hint: IAM console > Users > Security credentials > Assign MFA device\n",
    );
  }
  for (const device of listed) world.out(describe(device));
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
