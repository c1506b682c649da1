import type { CommandTable } from "../domain/text/command_table.ts";
import { writeBashCompletions } from "./completions_bash.ts";
import { writeFishCompletions } from "./completions_fish.ts";
import { writePowershellCompletions } from "./completions_powershell.ts";
import { writeZshCompletions } from "./completions_zsh.ts";

const WRITERS: Record<string, (table: CommandTable) => string> = {
  bash: writeBashCompletions,
  zsh: writeZshCompletions,
  fish: writeFishCompletions,
  powershell: writePowershellCompletions,
};

/** The shells that there are completions for. */
export const COMPLETION_SHELLS: readonly string[] = Object.keys(WRITERS);

/** The script for a shell, one of {@linkcode COMPLETION_SHELLS}. */
export function writeCompletions(shell: string, table: CommandTable): string {
  const write = WRITERS[shell];
  if (write === undefined) throw new RangeError(`no completions for ${shell}`);
  return write(table);
}
