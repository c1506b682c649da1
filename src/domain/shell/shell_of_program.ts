import type { ShellSyntax } from "./shell_word.ts";

/** Every shell that is known, by all its names. */
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

export const NAMES_OF_SHELLS: readonly string[] = Object.keys(SHELLS);

/** How the shell of this name reads words; undefined for what is none. */
export function syntaxOf(name: string): ShellSyntax | undefined {
  return Object.hasOwn(SHELLS, name) ? SHELLS[name] : undefined;
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

/** The first of these programs that is a shell, else the usual one. */
export function shellAmong(programs: readonly (string | undefined)[], isWindows: boolean): string {
  const shells = programs.flatMap((program) => program === undefined ? [] : shellOfProgram(program) ?? []);
  return shells[0] ?? (isWindows ? "powershell" : "sh");
}
