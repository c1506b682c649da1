import { needs } from "./needs.ts";

/** A shell as people use it with `awsmfa env`. */
export interface Shell {
  readonly name: string;
  readonly ready: { readonly ignore: boolean };
  /** Starts it with a script's path as its last word, and no start-up files of anybody. */
  readonly command: readonly [string, ...string[]];
  /** Runs lines that the writer printed into this file. */
  readonly source: (file: string) => string;
  /** Runs what a command prints, as `awsmfa env --help` says it of `awsmfa env`. */
  readonly evaluate: (command: string) => string;
  /** The format that is evaluated, where it is not the shell's own. */
  readonly evaluates?: string;
  /** A script that runs a command and goes on, whatever comes of it. */
  readonly run: (command: string) => string;
}

const posix = (file: string): string => `. '${file}'`;
const asIs = (command: string): string => command;

export const shells: readonly Shell[] = [
  ...(["bash", "dash", "zsh", "ksh"] as const).map((name): Shell => ({
    name,
    ready: needs(name),
    command: name === "bash" ? ["bash", "--norc", "--noprofile"] : name === "zsh" ? ["zsh", "-f"] : [name],
    source: posix,
    evaluate: (command) => `eval "$(${command})"`,
    run: asIs,
  })),
  {
    name: "fish",
    ready: needs("fish"),
    command: ["fish", "--no-config"],
    source: (file) => `source '${file}'`,
    evaluate: (command) => `${command} | source`,
    run: asIs,
  },
  {
    name: "tcsh",
    ready: needs("tcsh"),
    command: ["tcsh", "-f"],
    source: (file) => `source '${file}'`,
    evaluate: (command) => `eval "\`${command}\`"`,
    run: asIs,
  },
  {
    name: "tclsh",
    ready: needs("tclsh"),
    command: ["tclsh"],
    source: (file) => `source -encoding utf-8 {${file}}`,
    evaluate: (command) => `eval [exec ${command}]`,
    run: (command) => `puts [exec -ignorestderr ${command}]`,
  },
  {
    name: "elvish",
    ready: needs("elvish"),
    command: ["elvish", "-norc"],
    source: (file) => `eval (cat ${file} | slurp)`,
    evaluate: (command) => `eval (${command} | slurp)`,
    run: asIs,
  },
  {
    name: "nu",
    ready: needs("nu"),
    command: ["nu", "--no-config-file"],
    source: (file) => `source '${file}'`,
    // A script of nushell's is read whole before it runs: what a command prints can only come in as data.
    evaluate: (command) => `${command} | from json | load-env`,
    evaluates: "json",
    run: asIs,
  },
];
