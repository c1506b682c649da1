import { quoteWord, type ShellSyntax, shellWord } from "./shell_word.ts";

/** Hints: what is typed in a shell to take variables away. */
export function unsetting(...names: readonly string[]): (shell: ShellSyntax) => string {
  return (shell) => UNSET[shell](names);
}

/** Hints: what is typed in a shell to give a variable to all that it starts. */
export function setting(name: string, value: string): (shell: ShellSyntax) => string {
  return (shell) => SET[shell](name, value);
}

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
  posix: (name, value) => `export ${name}=${shellWord(value)}`,
  fish: (name, value) => `set -gx ${name} ${shellWord(value, "fish")}`,
  csh: (name, value) => `setenv ${name} ${shellWord(value, "csh")}`,
  tcl: (name, value) => `set ::env(${name}) ${quoteWord(value, "tcl")}`,
  powershell: (name, value) => `$env:${name} = ${quoteWord(value, "powershell")}`,
  cmd: (name, value) => `set "${name}=${value}"`,
  nu: (name, value) => `$env.${name} = ${quoteWord(value, "nu")}`,
  elvish: (name, value) => `set-env ${name} ${quoteWord(value, "elvish")}`,
};
