import { nameProfiles } from "../workflows/name_profiles.ts";
import type { Command, CommandContext } from "./command.ts";

/** `awsmfa __complete profiles`: what the scripts of `awsmfa completions` ask while somebody types. */
export const complete: Command = {
  description: "Names what may stand at a place of the command line.",
  argument: { form: "<what>", description: "what is named", choices: ["profiles"] },
  options: {},
  run: runComplete,
};

function runComplete(_given: unknown, { world }: CommandContext): void {
  world.keepPermissions(["read", "env"]);
  for (const name of nameProfiles(world)) world.out(`${name}\n`);
}
