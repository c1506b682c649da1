import { NAMES_OF_SHELLS, syntaxOf } from "../domain/shell/shell_of_program.ts";
import type { ShellSyntax } from "../domain/shell/shell_word.ts";
import type { Variables } from "../domain/sessions/variables.ts";
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

/** What `awsmfa env -s` knows: shells by all their names, and formats. */
export const SHELL_NAMES: readonly string[] = [...NAMES_OF_SHELLS, ...Object.keys(FORMATS)];

/** The writer of a shell or format. Throws {@linkcode UsageError} that lists them all. */
export function writerOf(name: string): Writer {
  const syntax = syntaxOf(name);
  if (syntax !== undefined) return LANGUAGES[syntax].write;
  const format = formatOf(name);
  if (format !== undefined) return format.write;
  throw new UsageError(`--shell: '${name}' is not known`, `one of ${SHELL_NAMES.join(", ")}`);
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

function formatOf(name: string): (typeof FORMATS)[string] | undefined {
  return Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
}
