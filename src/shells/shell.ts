import type { ShellSyntax } from "../domain/shell_word.ts";
import type { Variables } from "../domain/variables.ts";
import { UsageError } from "../errors.ts";
import { writeCmd } from "./cmd.ts";
import { writeCsh } from "./csh.ts";
import { writeElvish } from "./elvish.ts";
import { writeFish } from "./fish.ts";
import { FORMATS } from "./formats.ts";
import { writeNushell } from "./nushell.ts";
import { writePosix } from "./posix.ts";
import { writePowershell } from "./powershell.ts";
import { writeTcl } from "./tcl.ts";
import type { Writer } from "./variables.ts";

/** How a shell is written for. */
interface Language {
  readonly write: Writer;
  /** A statement that fails: what is evaluated in place of the variables that could not be had. */
  readonly fail: string;
}

const LANGUAGES: Record<ShellSyntax, Language> = {
  posix: { write: writePosix, fail: "false;" },
  fish: { write: writeFish, fail: "false;" },
  csh: { write: writeCsh, fail: "false;" },
  tcl: { write: writeTcl, fail: "error {awsmfa env failed};" },
  powershell: { write: writePowershell, fail: "throw 'awsmfa env failed';" },
  cmd: { write: writeCmd, fail: "cmd /c exit 1" },
  nu: { write: writeNushell, fail: 'error make {msg: "awsmfa env failed"};' },
  elvish: { write: writeElvish, fail: "fail 'awsmfa env failed';" },
};

/** Every shell that `awsmfa env -s` knows, by all its names. */
const SHELLS: Record<string, ShellSyntax> = {
  bash: "posix",
  zsh: "posix",
  sh: "posix",
  dash: "posix",
  ksh: "posix",
  fish: "fish",
  csh: "csh",
  tcsh: "csh",
  tclsh: "tcl",
  powershell: "powershell",
  pwsh: "powershell",
  cmd: "cmd",
  nu: "nu",
  nushell: "nu",
  elvish: "elvish",
};

export const SHELL_NAMES: readonly string[] = [...Object.keys(SHELLS), ...Object.keys(FORMATS)];

/** The writer of a shell or format. Throws {@linkcode UsageError} that lists them all. */
export function writerOf(name: string): Writer {
  const syntax = syntaxOf(name);
  if (syntax !== undefined) return LANGUAGES[syntax].write;
  const format = formatOf(name);
  if (format !== undefined) return format.write;
  throw new UsageError(`--shell: '${name}' is not known`, `one of ${SHELL_NAMES.join(", ")}`);
}

/** How the shell of this name reads words; undefined for a format, and for what is unknown. */
export function syntaxOf(name: string): ShellSyntax | undefined {
  return Object.hasOwn(SHELLS, name) ? SHELLS[name] : undefined;
}

/** The line that stands for a failure where variables were to be printed: none in a format. */
export function failureFor(name: string): string {
  const syntax = syntaxOf(name);
  return syntax === undefined ? "" : `${LANGUAGES[syntax].fail}\n`;
}

/** Of the variables to be unset, those that a format leaves as they are; a shell leaves none. */
export function namesLeftBy(name: string, variables: Variables): string[] {
  const unset = [...variables].filter(([, value]) => value === undefined).map(([variable]) => variable);
  return unset.filter((variable) => formatOf(name)?.leaves(variable));
}

/** The shell of a program's name or path, such as "-zsh", "/usr/bin/fish" or "pwsh.exe"; undefined for another. */
export function shellOfProgram(program: string): string | undefined {
  const name = program.trim().replace(/^.*[/\\]/, "").replace(/^-/, "").replace(/\.exe$/i, "").toLowerCase();
  const known = /^(?:ksh93|mksh|lksh|ksh2020)$/.test(name)
    ? "ksh"
    : /^tclsh[\d.]*$/.test(name)
    ? "tclsh"
    : name;
  return syntaxOf(known) === undefined ? undefined : known;
}

function formatOf(name: string): (typeof FORMATS)[string] | undefined {
  return Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
}
