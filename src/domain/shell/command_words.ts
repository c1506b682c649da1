import { UsageError } from "../../errors.ts";

/** Words at blanks outside of quotes, or a quote that is never closed. */
const WORDS = /(?:[^\s"']|"[^"]*"|'[^']*')+|["']/g;
/** `NAME=value` before a program, of which nothing is run or expanded: what stands behind it is a word of its own. */
const ASSIGNMENT = /^\w+=(?:[^"'|&;<>$()`\\]|"[^"$`\\]*"|'[^']*')*;?$/;
/** Where a shell ends a word. */
const WORD_END = /[|&;<>()]/;
/** As a seed of codes is written (RFC 4648, base32): somebody gave it in place of a command. */
const SEED = /^[A-Z2-7]{16,}$/i;

/** A program and its arguments. */
export interface CommandLine {
  readonly words: readonly string[];
  /** The words are to be put together with blanks and nothing else: cmd has quotes of its own. For Windows alone. */
  readonly raw: boolean;
}

/**
 * A command that a person wrote, as a program and its arguments: its words split at blanks outside of quotes, or a
 * shell that runs it where it has a character that only a shell understands (`| & ; < > $ ( ) ` * ? ~ \` and line
 * breaks), or sets a variable. `what` names the command in an error, `more` are arguments behind those. Throws
 * {@linkcode UsageError} for a quote that is never closed.
 */
export function commandWords(
  command: string,
  what: string,
  windows: boolean,
  ...more: string[]
): CommandLine {
  const needsShell = windows
    // A backslash stands in paths, and "C:\Program Files (x86)" is in quotes.
    ? /[|&;<>$()`*?~\n]/.test(command.replace(/"[^"]*"/g, ""))
    : /[|&;<>$()`*?~\n\\]|^\s*\w+=/.test(command);
  if (!needsShell) {
    const words = quotedWords(command);
    if (words === undefined) {
      throw new UsageError(
        `${what} has a quote that is never closed`,
        "close it, or put the other kind around it",
      );
    }
    return { words: [...words.map(unquoted), ...more], raw: false };
  }
  if (windows) return inCmd([command, ...more.map((each) => `"${each}"`)].join(" "));
  const words = more.length === 0 ? ["sh", "-c", command] : ["sh", "-c", `${command} "$@"`, "sh", ...more];
  return { words, raw: false };
}

/** With /s, cmd takes off the first quote and the last one, and reads what is between as it was typed (cmd /?). */
function inCmd(line: string): CommandLine {
  return { words: ["cmd", "/d", "/s", "/c", `"${line}"`], raw: true };
}

/**
 * The program of a command, for people to see: all other words may hold the secret that codes are made of. Undefined
 * where it can't be told apart from those.
 */
export function programIn(command: string): string | undefined {
  const first = quotedWords(command)?.find((word) => !ASSIGNMENT.test(word));
  if (first === undefined || /^\w+=|[$`]/.test(first)) return undefined;
  const program = /^["']/.test(first) ? unquoted(first) : first.split(WORD_END, 1)[0] ?? "";
  return program === "" || program.includes("=") || SEED.test(program) ? undefined : program;
}

/** "the code command 'ykman'": how a message names one. */
export function nameCodeCommand(command: string): string {
  const program = programIn(command);
  return program === undefined ? "the code command" : `the code command '${program}'`;
}

/** With their quotes; undefined where one is never closed. */
function quotedWords(command: string): string[] | undefined {
  const words: string[] = command.match(WORDS) ?? [];
  return words.some((word) => word === '"' || word === "'") ? undefined : words;
}

function unquoted(word: string): string {
  return word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single);
}
