import type { CommandTable, Completes } from "../../domain/text/command_table.ts";
import type { World } from "../../world.ts";

/** An option as it is told: {@linkcode flagOf} makes its flag of the name that it stands under. */
export interface OptionWords {
  /** "-p". */
  readonly short?: string;
  /** "<name>"; a switch has none. */
  readonly value?: string;
  readonly description: string;
  readonly completes?: Completes;
  /** No help names it. */
  readonly hidden?: true;
  /** In the program's own help, too: as it is, or in these words. */
  readonly usual?: true | string;
}

export type Options = Readonly<Record<string, OptionWords>>;

/** What is given for some options: a text where one takes a value, else true. */
export type Given<O extends Options> = {
  readonly [K in keyof O]?: O[K] extends { value: string } ? string : true;
};

/** The words that a command takes besides options. */
export interface ArgumentWords {
  /** "<name>" is needed, "[name]" may be left out, "[code...]" are any number. */
  readonly form: string;
  readonly description: string;
  /** What it may be, where it can't be anything. */
  readonly choices?: readonly string[];
  /** It is the path of a file, for completions. */
  readonly isPath?: true;
}

/** A command: what is told of it, and what it does. */
export interface Command {
  readonly description: string;
  readonly argument?: ArgumentWords;
  readonly options: Options;
  /** How the usage tells what stands behind `--`; a command without it takes nothing there. */
  readonly behindDashes?: string;
  /** What its help ends with. */
  readonly more?: string;
  /** What stdout gets where the command fails, also for arguments that can't be meant; nothing without it. */
  readonly whenFailed?: (args: readonly string[], world: World) => Promise<string>;
  /** Answers the exit code, nothing for 0. Throws a Failure. */
  run(given: Readonly<Record<string, string | true>>, context: CommandContext): Ran | Promise<Ran>;
}

/** A command of which the options are known. */
export interface CommandWith<O extends Options> extends Omit<Command, "run"> {
  readonly options: O;
  run(given: Given<O>, context: CommandContext): Ran | Promise<Ran>;
}

type Ran = number | void;

/** What a command is given besides its options. */
export interface CommandContext {
  /** Its variables are those of a person: without what `env` and `exec` set (domain/sessions/handed_out.ts). */
  readonly world: World;
  /** All variables, as every other program finds them. */
  readonly env: World["env"];
  /** Its words that are no options, as many as it takes. */
  readonly words: readonly string[];
  /** What stands behind `--`; undefined where there is no `--`. */
  readonly rest: readonly string[] | undefined;
  /** All words of the program, for completions. */
  readonly wholeTable: () => Promise<CommandTable>;
}

/** Options that every command has. */
export const HELP = {
  noInput: { description: "Never prompt, as without a terminal or with CI=true" },
  help: { short: "-h", description: "Show help", usual: true },
} satisfies Options;

/** "--min-remaining" of "minRemaining". */
export function flagOf(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
