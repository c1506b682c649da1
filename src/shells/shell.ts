import { UsageError } from "../errors.ts";
import { writeCmd } from "./cmd.ts";
import { writeCsh } from "./csh.ts";
import { writeElvish } from "./elvish.ts";
import { writeFish } from "./fish.ts";
import { writeDocker, writeDotenv, writeGithub, writeJson } from "./formats.ts";
import { writeNushell } from "./nushell.ts";
import { writePosix } from "./posix.ts";
import { writePowershell } from "./powershell.ts";
import { writeTcl } from "./tcl.ts";
import type { Writer } from "./variables.ts";

/** Every shell and format that `awsmfa env -s` knows, by all its names. */
const WRITERS: Record<string, Writer> = {
  bash: writePosix,
  zsh: writePosix,
  sh: writePosix,
  dash: writePosix,
  ksh: writePosix,
  fish: writeFish,
  csh: writeCsh,
  tcsh: writeCsh,
  tclsh: writeTcl,
  powershell: writePowershell,
  pwsh: writePowershell,
  cmd: writeCmd,
  nu: writeNushell,
  nushell: writeNushell,
  elvish: writeElvish,
  json: writeJson,
  dotenv: writeDotenv,
  docker: writeDocker,
  github: writeGithub,
};

export const SHELL_NAMES: readonly string[] = Object.keys(WRITERS);

/** The writer of a shell or format. Throws {@linkcode UsageError} that lists them all. */
export function writerOf(name: string): Writer {
  const writer = Object.hasOwn(WRITERS, name) ? WRITERS[name] : undefined;
  if (writer === undefined) {
    throw new UsageError(`--shell: '${name}' is not known`, `one of ${SHELL_NAMES.join(", ")}`);
  }
  return writer;
}

/** The shell of a program's name or path, such as "-zsh", "/usr/bin/fish" or "pwsh.exe"; undefined for another. */
export function shellOfProgram(program: string): string | undefined {
  const name = program.trim().replace(/^.*[/\\]/, "").replace(/^-/, "").replace(/\.exe$/i, "").toLowerCase();
  const known = /^(?:ksh93|mksh|lksh|ksh2020)$/.test(name)
    ? "ksh"
    : /^tclsh[\d.]*$/.test(name)
    ? "tclsh"
    : name;
  return SHELL_NAMES.includes(known) && !FORMATS.includes(known) ? known : undefined;
}

const FORMATS = ["json", "dotenv", "docker", "github"];
