import { quoteWord, type ShellSyntax, shellWord } from "./shell_word.ts";

/** Hints: what is typed in a shell to take variables away. */
export function unsetting(...names: readonly string[]): (shell: ShellSyntax) => string {
  return (shell) => UNSET[shell](names);
}

/** Hints: what is typed in a shell to give a variable to all that it starts. */
export function setting(name: string, value: string): (shell: ShellSyntax) => string {
  return (shell) => SET[shell](name, value);
}

/** Hints: what shows whose a file or folder is, and what may be done with it. */
export function listing(path: string): (shell: ShellSyntax) => string {
  return (shell) => `${LIST[shell] ?? "ls -ld"} ${shellWord(path, shell)}`;
}

/** Hints: what removes a file. */
export function removing(path: string): (shell: ShellSyntax) => string {
  return (shell) => `${REMOVE[shell] ?? "rm"} ${shellWord(path, shell)}`;
}

/** Hints: what gives something another name, so that it is out of the way. */
export function movingAway(path: string): (shell: ShellSyntax) => string {
  return (shell) => `${MOVE[shell] ?? "mv"} ${shellWord(path, shell)} ${shellWord(`${path}.old`, shell)}`;
}

/** Hints: a program of the system, the same in every shell, with a file. */
export function running(command: string, path: string): (shell: ShellSyntax) => string {
  return (shell) => `${command} ${shellWord(path, shell)}`;
}

/** Hints: what shows a process by its number. */
export function showingProcess(pid: string): (shell: ShellSyntax) => string {
  return (shell) =>
    shell === "powershell"
      ? `Get-Process -Id ${pid}`
      : shell === "cmd"
      ? `tasklist /fi "PID eq ${pid}"`
      : `${shell === "nu" ? "^ps" : "ps"} -p ${pid}`;
}

/** Hints: what takes the mark from a file that says it is not to be written. */
export function makingWritable(path: string): (shell: ShellSyntax) => string {
  return (shell) =>
    shell === "powershell"
      ? `Set-ItemProperty -LiteralPath ${shellWord(path, shell)} IsReadOnly $false`
      : `${shell === "cmd" ? "attrib -r" : "chmod u+w"} ${shellWord(path, shell)}`;
}

/** Where the shell's own commands differ from those of POSIX. */
type Commands = { readonly [shell in ShellSyntax]?: string };
const LIST: Commands = {
  powershell: "Get-Item -Force -LiteralPath",
  cmd: "dir /a /q",
  nu: "ls -lD",
};
const REMOVE: Commands = { powershell: "Remove-Item -LiteralPath", cmd: "del" };
const MOVE: Commands = { powershell: "Move-Item -LiteralPath", cmd: "move" };

const each = (write: (name: string) => string) => (names: readonly string[]): string =>
  names.map(write).join("; ");

const UNSET: Record<ShellSyntax, (names: readonly string[]) => string> = {
  posix: (names) => `unset ${names.join(" ")}`,
  fish: (names) => `set -e ${names.join(" ")}`,
  csh: each((name) => `unsetenv ${name}`),
  tcl: (names) => `unset -nocomplain ${names.map((name) => `::env(${name})`).join(" ")}`,
  powershell: (names) => `Remove-Item ${names.map((name) => `Env:${name}`).join(", ")}`,
  cmd: (names) => names.map((name) => `set "${name}="`).join(" & "),
  nu: (names) => `hide-env ${names.join(" ")}`,
  elvish: each((name) => `unset-env ${name}`),
};

const SET: Record<ShellSyntax, (name: string, value: string) => string> = {
  posix: (name, value) => `export ${name}=${shellWord(value, "posix")}`,
  fish: (name, value) => `set -gx ${name} ${shellWord(value, "fish")}`,
  csh: (name, value) => `setenv ${name} ${shellWord(value, "csh")}`,
  tcl: (name, value) => `set ::env(${name}) ${quoteWord(value, "tcl")}`,
  powershell: (name, value) => `$env:${name} = ${quoteWord(value, "powershell")}`,
  cmd: (name, value) => `set "${name}=${value}"`,
  nu: (name, value) => `$env.${name} = ${quoteWord(value, "nu")}`,
  elvish: (name, value) => `set-env ${name} ${quoteWord(value, "elvish")}`,
};
