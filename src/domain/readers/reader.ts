import type { FileKind } from "../aws_files/section_header.ts";

/** How a reader cuts a text into sections, keys and values; one column a habit. */
export interface Grammar {
  /** What ends a line, as a regular expression. */
  readonly lineEnd: RegExp;
  /** What counts as blank at the ends of names and values: the inside of a character class. */
  readonly blank: string;
  /** What an indented line begins with, where it is not any blank. */
  readonly indentation?: RegExp;
  /** A line without anything; else one of blanks alone. */
  readonly empty?: RegExp;
  /** A whole line that is skipped. */
  readonly comment: RegExp;
  /** A comment goes on behind a lone CR, and the line below it is read without its indentation, where it may be none. */
  readonly longComments?: true;
  /** Where a comment begins behind other text; undefined: it is part of the value. */
  readonly cut?: RegExp;
  /** A header; the first group is what stands in it. */
  readonly header: RegExp;
  /** The name in a header loses the blanks around it; the first ones in it count as one. */
  readonly trimsName?: true | "one blank";
  /** A line that begins as a header does, and refuses the file where it is none. */
  readonly brokenHeader?: RegExp;
  /** A header with a `=` in it is a key of the section above, too, to which the next keys belong as well. */
  readonly headerIsKey?: true;
  /** What may not follow a header; what else follows is read as a line of its own. */
  readonly behindHeader?: RegExp;
  /** A comment is cut off before a line is looked at as a header. */
  readonly cutsHeader?: true;
  /** What may not stand in a key; it refuses the file. */
  readonly badKey?: RegExp;
  /** What may not stand in a header; it refuses the file. */
  readonly badName?: RegExp;
  /**
   * What an indented line is. `own`: a line like any other. `join`: the last value goes on. `deeper`: the same,
   * where it is indented deeper than its key. `lenient`: a key, or the last value goes on. `dotted`: a key that
   * is prefixed with the last empty key. `nested`: not read where the key above it is empty. `block`: neither that,
   * up to an empty line, nor below a line without delimiter, which may not end the file. `hash`: the last empty key of
   * the file holds a block here; the file is refused where it holds text.
   */
  readonly indented: "own" | "join" | "deeper" | "lenient" | "dotted" | "nested" | "block" | "hash";
  /** In a section with a prefix, an empty key above an indented or an empty line is none. */
  readonly prefixedBlocks?: true;
  /** What a line must be that stands below a key with an empty value; else the file is refused. */
  readonly nested?: RegExp;
  readonly delimiter: RegExp;
  /**
   * A line without delimiter; where an expression fits, it refuses the file. `swallow`: it is the beginning of a key, up
   * to the next one.
   */
  readonly noDelimiter: "refuse" | "skip" | "swallow" | RegExp;
  /** A line without a key before the delimiter. */
  readonly noKey: "refuse" | "skip" | "keep";
  /** The keys that are read; a line with another one is skipped. */
  readonly keys?: RegExp;
  /** `ascii`: of the letters A to Z alone. */
  readonly keyCase: "exact" | "lower" | "ascii";
  /** A value in quotes; the last group is what stands in them, and `\\` an escape in it. */
  readonly unquotes?: RegExp;
  readonly unescapes?: true;
  /** A key in quotes, which it loses: the last group is the key. */
  readonly quotedKey?: RegExp;
  /** Where a comment begins in a value, but not in one in quotes. */
  readonly cutsValue?: RegExp;
  /**
   * What a value begins with that ends with the same, on a later line, too. `spansParts`: at its next one, and more
   * may follow; else at its last one in the line.
   */
  readonly spans?: RegExp;
  readonly spansParts?: true;
  /** A value that ends in a backslash goes on in the next line. */
  readonly joins?: true;
  /** A value that refuses the file; `badValueIs` "no file": it counts as none, and nothing is said. */
  readonly badValue?: RegExp;
  readonly badValueIs?: "no file";
  /** A value that refuses the file in words, whatever `badValueIs`. */
  readonly brokenValue?: RegExp;
  readonly keyTwice: "refuse" | "first" | "last" | "loses section";
  /** Two headers with the same name. */
  readonly sectionTwice: "refuse" | "merge" | "first" | "last";
  /** A line before the first header; `key`: refused where it is a key. */
  readonly orphan: "refuse" | "skip" | "key";
  /**
   * A section or a key whose name is not taken. `skipped`: nothing in it is checked. `bare`: it may have no lines
   * below its keys. Else it is read as any other, for nothing.
   */
  readonly ignored?: "skipped" | "bare";
  /** What it refuses counts as no file, and the other one is read. */
  readonly forgiving?: true;
  /** A key without a value is not read; "but blanks": one of blanks alone has the last of them. */
  readonly dropsEmpty?: true | "but blanks";
  /** What is cut off behind a value, where it is not `blank`. */
  readonly valueEnd?: string;
  /** A byte that is not UTF-8: the file is refused, or counts as none; else it is read. */
  readonly badByte?: "refuse" | "no file" | "keep";
  /** U+FEFF at the beginning is not seen. */
  readonly skipsMark?: true;
}

/** Which header makes which profile. */
export interface Names {
  /** In the credentials file: the first group that took part is the profile. */
  readonly credentials: RegExp;
  readonly config: RegExp;
  /** Sections of no profile in the config file that are read all the same. */
  readonly others?: RegExp;
  /** The name is what a shell makes of the second of two words. */
  readonly words?: true;
  /** Which of `[default]` and `[profile default]` counts, and of any other name that is taken with and without. */
  readonly both: "prefixed" | "prefixed with keys" | "bare" | "later" | "merged";
  /** The section whose keys all others have, too. */
  readonly base?: string;
}

/** Which keys a reader takes for a profile. */
export interface Choice {
  readonly files: "both" | "credentials" | "credentials, else config";
  /** A key that stands in `[a.b]` and in `[a]` is one key, of `[a]`. */
  readonly dots?: true;
  /**
   * Of a profile in both files. `joined`: key by key. `pair`: id and secret of one file, anything else key by key.
   * `file`: id, secret and token of one file.
   */
  readonly merging: "joined" | "pair" | "file";
  /** With `pair`, what counts in the credentials file only where the config file does not have the profile. */
  readonly alone?: RegExp;
  /**
   * In order, the first that fits decides. `key` is there, `+key` has a value, `!` means not, `a|b` either;
   * `keys` stands for the id, secret and token that a profile holds, `sso-session` for the section that
   * sso_session names, `config-file` for that file.
   */
  readonly order: readonly string[];
  /** The keys of a session token, the first that is there counts. */
  readonly tokens: readonly string[];
  /** A value that is read and not understood: the profile is refused. */
  readonly values?: Readonly<Record<string, RegExp>>;
  /** The same of a value that the keys are read without, and no client can be made with. */
  readonly clientValues?: Readonly<Record<string, RegExp>>;
  /** The config file is read only where the credentials file has no keys for the profile. */
  readonly configLast?: true;
  /** Half a pair in a file is passed over. */
  readonly passesHalf?: true;
  /** An empty id or secret counts, too; or only where there is a token, which may be empty as well. */
  readonly takesEmpty?: true | "beside a token";
  /** An empty token refuses the profile. */
  readonly tokenFilled?: true;
  /** A value that begins on the next line is a block, and no text. */
  readonly blocks?: true;
}

/** One real reader of the two AWS files. */
export interface Reader {
  readonly id: string;
  /** For messages. */
  readonly name: string;
  /** A person is likely to use a program with it. */
  readonly usual: boolean;
  readonly grammar: Grammar;
  readonly names: Names;
  readonly choice: Choice;
}

/** The texts of both files as decodeBytes gives them; undefined: there is no such file. */
export interface ReaderFiles {
  readonly credentials: string | undefined;
  readonly config: string | undefined;
}

/** Where something stands: 1-based line. */
export interface Place {
  readonly file: FileKind;
  readonly line: number;
}
