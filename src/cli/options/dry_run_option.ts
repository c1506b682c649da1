import type { Options } from "./command.ts";

/** The option of every command that writes. */
export const DRY_RUN_OPTION = {
  dryRun: { description: "show what would be written, without secrets, and write nothing" },
} satisfies Options;
