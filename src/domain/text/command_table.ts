/** The words of the program as data: what completions and the manual page are made of. */
export interface CommandTable {
  readonly name: string;
  /** A few words; empty for the program itself. */
  readonly summary: string;
  readonly description: string;
  /** What may follow the name: "[options] [code...]". */
  readonly usage: readonly string[];
  readonly arguments: readonly TableArgument[];
  readonly options: readonly TableOption[];
  readonly commands: readonly CommandTable[];
  /** Of a command: the heading that it stands under in the program's help. */
  readonly group?: string | undefined;
}

export interface TableArgument {
  /** "<name>", "[code...]". */
  readonly form: string;
  readonly description: string;
  /** The words that it may be; none where it may be any. */
  readonly choices: readonly string[];
  /** It is the path of a file. */
  readonly isPath: boolean;
}

export interface TableOption {
  /** "-p". */
  readonly short: string | undefined;
  /** "--profile". */
  readonly long: string;
  /** "<name>"; undefined where it takes no value. */
  readonly value: string | undefined;
  readonly description: string;
  readonly completes: Completes;
}

/** What a value may be: the name of a profile, the path of a file, one of some words, or nothing that can be known. */
export type Completes = "profiles" | "files" | readonly string[];

/** Every flag of some options, short and long: `-p`, `--profile`. */
export function flagsOf(options: readonly TableOption[]): string[] {
  return options.flatMap(({ short, long }) => short === undefined ? [long] : [short, long]);
}

/** The options of the program and all its commands that take a value, each flag once. */
export function flagsWithValue({ options, commands }: CommandTable): string[] {
  const all = [...options, ...commands.flatMap((command) => command.options)];
  return [...new Set(flagsOf(all.filter(({ value }) => value !== undefined)))];
}
