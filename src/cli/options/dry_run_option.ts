import type { Options } from "./command.ts";

/** The option of every command that writes. */
export const DRY_RUN_OPTION = {
  dryRun: { description: "Show the changes without making them" },
} satisfies Options;
