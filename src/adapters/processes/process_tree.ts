import { printedByShell } from "../system/own_shell.ts";

/** Of `/proc/PID/stat` (proc(5)): the name in parentheses may hold anything. */
const STAT = /^(\d+) \(.*\) \S (-?\d+) (-?\d+) -?\d+ -?\d+ (-?\d+) /s;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** The group that has the terminal; -1 without a terminal. */
  readonly foreground: number;
}

/** The name of the program that started this one; undefined where the system doesn't tell, or programs can't be run. */
export function parentProgram(): string | undefined {
  if (Deno.permissions.querySync({ name: "run" }).state !== "granted") return undefined;
  if (Deno.build.os === "windows") return nameFromTasklist(Deno.ppid);
  const name = Deno.build.os === "linux"
    ? printedByShell("/bin/sh", 'read -r name <"/proc/$1/comm" && echo "$name"', `${Deno.ppid}`)
    : printedByPs("-o", "comm=", "-p", `${Deno.ppid}`);
  return name?.trim().endsWith("dotnet") ? toolOfDotnet() : name?.trim() || undefined;
}

/** `"cmd.exe","1234",...` (Microsoft, "tasklist"). Undefined for a process that has ended. */
function nameFromTasklist(pid: number): string | undefined {
  try {
    const args = ["/fi", `PID eq ${pid}`, "/fo", "csv", "/nh"];
    const { stdout } = new Deno.Command("tasklist", { args, stdin: "null", stderr: "null" }).outputSync();
    // Wine's is UTF-16; the names that count are ASCII.
    return /^"([^"]+)"/.exec(new TextDecoder().decode(stdout).replaceAll("\0", ""))?.[1];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** A tool of .NET is no program by itself: `dotnet .../pwsh.dll -NoLogo`. */
function toolOfDotnet(): string {
  const line = Deno.build.os === "linux"
    ? printedByShell("/bin/sh", 'cat "/proc/$1/cmdline"', `${Deno.ppid}`)
    : printedByPs("-o", "args=", "-p", `${Deno.ppid}`);
  const [, tool] = /([^\s/]+)\.dll(?:[\s\0]|$)/.exec(line ?? "") ?? [];
  return tool ?? "dotnet";
}

/** True where the terminal sends Ctrl-C to this process, and to those that it started. */
export function hasTerminal(): boolean {
  const [self] = processes(Deno.pid);
  return self === undefined ? Deno.stdin.isTerminal() : self.group === self.foreground;
}

/** The processes that a process started, and those that these started. */
export function startedBy(pid: number): number[] {
  const all = processes();
  const family = new Set([pid]);
  // A Set is walked in the order of insertion, also through what is inserted on the way.
  for (const parent of family) {
    for (const each of all) if (each.parent === parent) family.add(each.pid);
  }
  return [...family].slice(1);
}

/** All processes, or this one; none where the system doesn't tell. */
function processes(pid?: number): Process[] {
  const lines = Deno.build.os === "linux" ? statOf(pid ?? "[0-9]*") : psOf(pid);
  return lines.flatMap((line) => {
    const [, pid, parent, group, foreground] = STAT.exec(line) ?? [];
    if (pid === undefined) return [];
    return [{
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      foreground: Number(foreground),
    }];
  });
}

function statOf(which: number | string): string[] {
  // A process that has ended meanwhile has no file any more.
  const read = `for file in /proc/${which}/stat; do read -r line <"$file" && echo "$line"; done`;
  return (printedByShell("/bin/sh", read) ?? "").split("\n");
}

/** In the form of /proc. */
function psOf(pid: number | undefined): string[] {
  const columns = ["-o", "pid=,ppid=,pgid=,tpgid="];
  const lines = printedByPs(...columns, ...(pid === undefined ? ["-A"] : ["-p", `${pid}`])) ?? "";
  return lines.split("\n").map((line) => {
    const [pid, parent, group, foreground] = line.trim().split(/\s+/);
    return `${pid} () ? ${parent} ${group} 0 0 ${foreground} `;
  });
}

/** Undefined where it fails, or on Windows, which has none. */
function printedByPs(...args: string[]): string | undefined {
  if (Deno.build.os === "windows") return undefined;
  try {
    const options = { args, cwd: "/", stdin: "null", stderr: "null" } as const;
    const { stdout, success } = new Deno.Command("/bin/ps", options).outputSync();
    return success ? new TextDecoder().decode(stdout) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
