import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { UsageError } from "../errors.ts";
import type { World } from "../world.ts";

/** What a command is given besides its own words. */
export interface CommandContext {
  readonly world: World;
  /** What stands behind `--`; undefined where there is no `--`. */
  readonly rest: readonly string[] | undefined;
  /** The options that stand before the command's word. */
  readonly before: () => Record<string, unknown>;
  /** The whole program with every command in full, for completions. */
  readonly whole: () => Promise<CommandUnknownOpts>;
  /** Is told the exit code, where it is another than 0. */
  readonly endWith: (exitCode: number) => void;
}

/** Builds a command: its words, its options and what it does. */
export type CommandBuilder = (context: CommandContext) => CommandUnknownOpts;

/**
 * The options of a command word, also those before it: `awsmfa -p work status`. `T` is what the command's file
 * declares for its options. Throws UsageError for one before the word that the word does not know.
 */
export function mergeOptions<T extends object>(command: CommandUnknownOpts, { before }: CommandContext): T {
  const given = before();
  const known = command.options.map((option) => option.attributeName());
  const foreign = Object.keys(given).find((name) => !known.includes(name));
  if (foreign !== undefined) {
    throw new UsageError(
      `${flagOf(foreign)} does not go with '${command.name()}'`,
      `awsmfa ${command.name()} --help`,
    );
  }
  return { ...given, ...command.opts() } as T;
}

/** "--min-remaining" of "minRemaining". */
export function flagOf(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
