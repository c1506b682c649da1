import type { ShellSyntax } from "./domain/shell/shell_word.ts";

/** Exit codes, as the README's table lists them. */
export const EXIT = {
  done: 0,
  unexpected: 1,
  usage: 2,
  refused: 3,
  noCredentials: 4,
  file: 5,
  network: 6,
  cancelled: 130,
} as const;

/** What to type; where that differs from shell to shell, what writes it for one. */
export type Hint = string | ((shell: ShellSyntax) => string);

/** A hint for one shell. */
export function hintIn(hint: Hint, shell: ShellSyntax): string {
  return visible(typeof hint === "string" ? hint : hint(shell));
}

/** A hint of several parts, each as it is. */
export function joinHints(...parts: readonly Hint[]): Hint {
  if (parts.every((part) => typeof part === "string")) return parts.join("");
  return (shell) => parts.map((part) => typeof part === "string" ? part : part(shell)).join("");
}

/** What went wrong, in the words a person reads: `message` on the first line, the hint on the second. */
export class Failure extends Error {
  readonly exitCode: number = EXIT.unexpected;
  /** What to type. */
  readonly fix: Hint | undefined;

  constructor(message: string, fix?: Hint) {
    super(visible(message));
    this.fix = fix || undefined;
  }

  /** What to type in a POSIX shell. */
  get hint(): string | undefined {
    return this.fix && hintIn(this.fix, "posix");
  }
}

/** A flag, an argument or a variable that can't be meant: nothing was read or called yet. */
export class UsageError extends Failure {
  override readonly exitCode: number = EXIT.usage;
}

/** AWS answered, and the answer is no. */
export class RefusedError extends Failure {
  override readonly exitCode: number = EXIT.refused;
}

/** No keys to log in with, or no session where one was asked for. */
export class NoCredentialsError extends Failure {
  override readonly exitCode: number = EXIT.noCredentials;
}

/** No file has a profile of this name. */
export class MissingProfileError extends NoCredentialsError {
  readonly profile: string;

  constructor(profile: string, message: string, hint: Hint) {
    super(message, hint);
    this.profile = profile;
  }
}

/** A file can't be read, understood or saved. */
export class FileError extends Failure {
  override readonly exitCode: number = EXIT.file;
}

/** AWS could not be reached. */
export class NetworkError extends Failure {
  override readonly exitCode: number = EXIT.network;
  /** How it was tried, where it was: "direct", or the proxy. */
  via: string | undefined;
}

/** A program could not be started: 127 where it is not there, 126 where it may not be run, as for a shell. */
export class ProgramError extends Failure {
  override readonly exitCode: number;

  constructor(message: string, hint: Hint, exitCode: number) {
    super(message, hint);
    this.exitCode = exitCode;
  }
}

/** The person at the terminal said stop. */
export class Cancelled extends Failure {
  override readonly exitCode: number = EXIT.cancelled;
}

/** Control characters, and the marks that turn the direction of text around (Unicode, UAX 9). */
const OBEYED = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** What awsmfa's own texts consist of besides: lines, columns, and a few colours. */
// deno-lint-ignore no-control-regex
const OWN = /(\n|\t|\r\n|\x1b\[(?:[017]|3[1-6])?m)/;

/** One line, whatever a name in a file or an argument has in it, and nothing that a terminal would obey. */
export function visible(text: string): string {
  return text.replace(OBEYED, (character) => {
    const code = character.charCodeAt(0);
    return code > 0xff
      ? `\\u${code.toString(16).padStart(4, "0")}`
      : `\\x${code.toString(16).padStart(2, "0")}`;
  });
}

/** The same for a text of lines that a terminal is to show: only awsmfa's own colours are obeyed. */
export function visibleLines(text: string): string {
  return text.split(OWN).map((part, i) => i % 2 === 1 ? part : visible(part)).join("");
}
