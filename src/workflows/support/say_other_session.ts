import { otherSessionBeside } from "../../domain/sessions/other_session.ts";
import type { Placement } from "../../domain/placement/placement.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import type { World } from "../../world.ts";
import type { AwsFiles } from "./aws_files.ts";

/** Says on stderr where AWS's tools are somebody else with the profile: it holds another tool's session. */
export function sayOtherSession(world: World, files: AwsFiles, placement: Placement): void {
  const name = otherSessionBeside(files, placement, world.now());
  if (name === undefined) return;
  world.err(
    `warning: profile '${name}' has a session that awsmfa didn't write: AWS's tools are whoever that is, ` +
      `and not the user of its long-term keys\n` +
      `hint: awsmfa${profileOption(name, world.syntaxSoFar())} puts its own there again\n`,
  );
}
