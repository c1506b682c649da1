import { needs, needsPwsh } from "./needs.ts";

/** A shell as people use it with `awsmfa env`. */
export interface Shell {
  readonly name: string;
  readonly ready: { readonly ignore: boolean };
  /** Starts it with a script's path as its last word, and no start-up files of anybody. */
  readonly command: readonly [string, ...string[]];
  /** Runs lines that the writer printed into this file. */
  readonly source: (file: string) => string;
  /** Runs what a command prints: first as `awsmfa env --help` says it of `awsmfa env`, then as people type it, too. */
  readonly evaluations: readonly [Evaluation, ...Evaluation[]];
  /** Makes a script end with another exit code than 0 where this line of it fails. */
  readonly orExit: (line: string) => string;
  /** The format that is evaluated, where it is not the shell's own. */
  readonly evaluates?: string;
  /** A script that runs a command and goes on, whatever comes of it. */
  readonly run: (command: string) => string;
}

/** A line that runs what a command prints. */
type Evaluation = (command: string) => string;

const posix = (file: string): string => `. '${file}'`;
/** For shells in which a failure ends the script. */
const asIs = (command: string): string => command;

export const shells: readonly Shell[] = [
  ...(["bash", "dash", "zsh", "ksh"] as const).map((name): Shell => ({
    name,
    ready: needs(name),
    command: name === "bash" ? ["bash", "--norc", "--noprofile"] : name === "zsh" ? ["zsh", "-f"] : [name],
    source: posix,
    evaluations: [
      (command) => `eval "$(${command})"`,
      (command) => `eval $(${command})`,
      (command) => `eval \`${command}\``,
      ...name === "dash" ? [] : [(command: string): string => `source <(${command})`],
    ],
    orExit: (line) => `${line} || exit 7`,
    run: asIs,
  })),
  {
    name: "fish",
    ready: needs("fish"),
    command: ["fish", "--no-config"],
    source: (file) => `source '${file}'`,
    evaluations: [
      (command) => `${command} | source`,
      (command) => `eval (${command})`,
      (command) => `eval "$(${command})"`,
      (command) => `${command} | string collect | source`,
    ],
    orExit: (line) => `${line}; or exit 7`,
    run: asIs,
  },
  {
    name: "tcsh",
    ready: needs("tcsh"),
    command: ["tcsh", "-f"],
    source: (file) => `source '${file}'`,
    evaluations: [
      (command) => `eval "\`${command}\`"`,
      (command) => `eval \`${command}\``,
    ],
    orExit: (line) => `${line}\nif ($status) exit 7`,
    run: asIs,
  },
  {
    name: "tclsh",
    ready: needs("tclsh"),
    command: ["tclsh"],
    source: (file) => `source -encoding utf-8 {${file}}`,
    evaluations: [(command) => `eval [exec ${command}]`],
    orExit: asIs,
    run: (command) => `puts [exec -ignorestderr ${command}]`,
  },
  {
    name: "elvish",
    ready: needs("elvish"),
    command: ["elvish", "-norc"],
    source: (file) => `eval (cat ${file} | slurp)`,
    evaluations: [
      (command) => `eval (${command} | slurp)`,
      (command) => `${command} | each {|line| eval $line }`,
    ],
    orExit: asIs,
    run: asIs,
  },
  {
    name: "nu",
    ready: needs("nu"),
    command: ["nu", "--no-config-file"],
    source: (file) => `source '${file}'`,
    // A script of nushell's is read whole before it runs: what a command prints can only come in as data.
    evaluations: [(command) => `${command} | from json | load-env`],
    evaluates: "json",
    orExit: asIs,
    run: asIs,
  },
  {
    name: "pwsh",
    ready: needsPwsh(),
    command: ["pwsh", "-NoProfile", "-NonInteractive", "-File"],
    source: (file) => `Get-Content -Raw '${file}' | Invoke-Expression`,
    evaluations: [
      (command) => `${command} | iex`,
      (command) => `iex "$(${command})"`,
      (command) => `${command} | Out-String | iex`,
      (command) => `Invoke-Expression (${command} | Out-String)`,
      (command) => `(${command}) -join "\`n" | iex`,
      (command) => `(& { ${command} }) | ForEach-Object { iex $_ }`,
    ],
    orExit: (line) => `${line}; if (-not $?) { exit 7 }`,
    run: asIs,
  },
];
