import { listing, running } from "../../domain/shell/shell_commands.ts";
import { shellWord } from "../../domain/shell/shell_word.ts";
import { type Hint, joinHints } from "../../errors.ts";
import { exists } from "../disk/paths.ts";

/** Where execvp(3) looks without a PATH, and where people install. */
const USUAL_FOLDERS = ["/usr/local/bin", "/usr/bin", "/bin"];

/** Why a program can't be started. `exitCode`: as a shell has it, 127 where it is not there, 126 where it may not be run. */
export interface StartRefusal {
  readonly why: string;
  readonly hint: Hint;
  readonly exitCode: 126 | 127;
  /** It is the current folder that is in the way, and not the program. */
  readonly isFolder?: true;
}

/** Starts a program, as a shell would: a script without `#!` is one of the shell's own. `refused` throws. */
export function spawn(
  program: string,
  options: Deno.CommandOptions,
  refused: (refusal: StartRefusal) => never,
): Deno.ChildProcess {
  const start = (program: string, args: readonly string[] = []): Deno.ChildProcess =>
    new Deno.Command(program, { ...options, args: [...args, ...options.args ?? []] }).spawn();
  try {
    if (Deno.build.os === "windows" && /\.ps1$/i.test(program)) {
      return start("powershell", ["-File", program]);
    }
    return start(hasPath() ? program : inUsualFolders(program));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const script = scriptOf(error);
    if (/\(os error 193\)$/.test(error.message)) return refused(notForWindows());
    if (script === undefined) return refused(explain(error, program));
    if (!isText(script)) return refused(notOfThisMachine(program));
    return start("/bin/sh", [script]);
  }
}

/** Deno puts a folder of its own into PATH. */
function hasPath(): boolean {
  try {
    const path = Deno.env.get("PATH");
    return path !== undefined && !/^[^:]*[/\\]node_compat_bin$/.test(path);
  } catch (error) {
    // Bytes that are no text: the system can read them.
    if (error instanceof Deno.errors.InvalidData) return true;
    throw error;
  }
}

function inUsualFolders(program: string): string {
  if (Deno.build.os === "windows" || program.includes("/")) return program;
  return USUAL_FOLDERS.map((folder) => `${folder}/${program}`).find(exists) ?? program;
}

/** The file that the system can't execute (ENOEXEC); Deno since 2.8 runs it by itself. */
function scriptOf({ message }: Error): string | undefined {
  return /^Failed to spawn '(.*)': .*\(os error 8\)$/s.exec(message)?.[1];
}

function isText(path: string): boolean {
  using file = Deno.openSync(path);
  const start = new Uint8Array(256);
  const count = file.readSync(start) ?? 0;
  return !start.subarray(0, count).includes(0);
}

function explain(error: Error, program: string): StartRefusal {
  const isDenied = error instanceof Deno.errors.PermissionDenied;
  const isMissing = error instanceof Deno.errors.NotFound || /no path to search/.test(error.message);
  if (isDenied || isMissing) {
    const folder = refusedFolder();
    if (folder !== undefined) return folder;
  }
  if (isDenied) {
    return {
      why: "permission denied",
      hint: joinHints("is it executable? ", listing(program)),
      exitCode: 126,
    };
  }
  if (isMissing) {
    return /[/\\]/.test(program) && exists(program)
      ? {
        why: "what its first line names after #! is not there",
        hint: running("head -1", program),
        exitCode: 127,
      }
      : {
        why: "there is no such program",
        hint: "is it installed, and in a directory on your PATH?",
        exitCode: 127,
      };
  }
  const [, words] = /: ([^:]+) \(os error \d+\)$/.exec(error.message) ?? [];
  if (words === undefined) throw error;
  return {
    why: words.toLowerCase(),
    hint: (shell) => `run it without awsmfa: ${shellWord(program, shell)}`,
    exitCode: 126,
  };
}

/** A program is started in the current folder, which Deno has to enter. */
function refusedFolder(): StartRefusal | undefined {
  const refusal = (why: string): StartRefusal => ({
    why,
    hint: "go to another directory first: cd",
    exitCode: 126,
    isFolder: true,
  });
  try {
    exists(`${Deno.cwd()}/.awsmfa`);
    return undefined;
  } catch (error) {
    return error instanceof Deno.errors.NotFound
      ? refusal("the current directory no longer exists")
      : refusal(`this user may not enter the current directory, ${Deno.cwd()}`);
  }
}

/** ERROR_BAD_EXE_FORMAT. */
function notForWindows(): StartRefusal {
  return {
    why: "it isn't a program",
    hint: "name a file that Windows can run: .exe, .cmd, .bat or .ps1",
    exitCode: 126,
  };
}

function notOfThisMachine(program: string): StartRefusal {
  return {
    why: "it isn't a program of this kind of machine",
    hint: joinHints(running("file", program), "; uname -m"),
    exitCode: 126,
  };
}
