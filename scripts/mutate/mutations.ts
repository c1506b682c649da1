import type { Mutation } from "./mutation.ts";
import { IN_COMMANDS } from "./in_commands.ts";
import { IN_FILES } from "./in_files.ts";
import { IN_IMPORTS } from "./in_imports.ts";
import { IN_PLACEMENT } from "./in_placement.ts";
import { IN_SESSIONS } from "./in_sessions.ts";
import { IN_TEXTS } from "./in_texts.ts";
import { IN_WORKFLOWS } from "./in_workflows.ts";

/** Every fault that is tried. Whoever changes a line that stands here corrects it here, too. */
export const MUTATIONS: readonly Mutation[] = [
  ...IN_FILES,
  ...IN_SESSIONS,
  ...IN_PLACEMENT,
  ...IN_TEXTS,
  ...IN_IMPORTS,
  ...IN_WORKFLOWS,
  ...IN_COMMANDS,
];
