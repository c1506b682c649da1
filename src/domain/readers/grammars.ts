import type { Grammar } from "./reader.ts";

/** What counts as blank, as the inside of a character class. */
const SPACE_AND_TAB = " \\t";
const TO_SPACE = "\\0- ";
/** Unicode's White_Space: Go, C#, Rust. */
export const WHITE = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
/** Without CR. */
const GO1_WHITE = WHITE.replace("\\t-\\r", "\\t\\v\\f");
const PYTHON_WHITE = `${WHITE}\\x1c-\\x1f`;
const JAVASCRIPT_WHITE = "\\s";

const ANY_LINE_END = /\r\n|\n|\r/;
/** The characters of a name that the SDKs' common rules allow. */
export const SIGNS = "[A-Za-z0-9_\\-/.%@:+]*";
const PLAIN = new RegExp(`^${SIGNS}$`);

export const botocore: Grammar = {
  lineEnd: ANY_LINE_END,
  blank: PYTHON_WHITE,
  comment: new RegExp(`^[${PYTHON_WHITE}]*[#;]`),
  header: new RegExp(`^[${PYTHON_WHITE}]*\\[([^]+)\\]`),
  indented: "deeper",
  nested: /=/,
  delimiter: /[=:]/,
  noDelimiter: "refuse",
  noKey: "refuse",
  keyCase: "lower",
  keyTwice: "refuse",
  sectionTwice: "refuse",
  orphan: "refuse",
  badByte: "refuse",
};

export const javascript: Grammar = {
  lineEnd: /\r?\n/,
  blank: JAVASCRIPT_WHITE,
  comment: /^\s*[#;]/,
  cut: /(?:^|\s)[#;]/,
  cutsHeader: true,
  header: /^\s*\[([^]*)\]\s*$/,
  badName: /^(?:profile )?__proto__$/,
  indented: "dotted",
  delimiter: /=/,
  noDelimiter: "skip",
  noKey: "skip",
  keyCase: "exact",
  keyTwice: "last",
  sectionTwice: "merge",
  orphan: "skip",
  forgiving: true,
};

export const go: Grammar = {
  lineEnd: /\n/,
  blank: WHITE,
  comment: /^[ \t]*[#;]/,
  cut: /[ \t][#;]/,
  header: new RegExp(`^[${WHITE}]*\\[([^#;]*)\\][${WHITE}]*(?:[#;]|$)`),
  trimsName: "one blank",
  indented: "lenient",
  indentation: /^[ \t]/,
  delimiter: /[=:]/,
  noDelimiter: "skip",
  noKey: "keep",
  keyCase: "lower",
  unquotes: /^(["'])([^]*)\1$/,
  // It stops over a quote that stands alone: slice bounds out of range.
  badValue: /^["']$/,
  keyTwice: "last",
  sectionTwice: "merge",
  orphan: "skip",
};

/** The rules that the SDKs agreed upon, as Rust has them. */
export const rust: Grammar = {
  lineEnd: /\r?\n/,
  blank: SPACE_AND_TAB,
  empty: /^[ \t]*$/,
  comment: /^[#;]/,
  cut: new RegExp(`(?<=[${WHITE}])[#;]`),
  header: /^\[([^#;]*)\][ \t]*(?:[#;]|$)/,
  trimsName: true,
  brokenHeader: /^\[/,
  indented: "join",
  nested: /^(?!=)(?:(?!\s[#;])[^=])+=/,
  delimiter: /=/,
  noDelimiter: "refuse",
  noKey: "refuse",
  keys: PLAIN,
  keyCase: "ascii",
  keyTwice: "last",
  sectionTwice: "merge",
  orphan: "refuse",
  badByte: "no file",
};

export const java: Grammar = {
  ...rust,
  lineEnd: ANY_LINE_END,
  blank: TO_SPACE,
  cut: /[ \t][#;]/,
  header: /^\[([^#;]*)\][\0- ]*(?:[#;]|$)/,
  nested: /^[^=]*[^=\0- ][^=]*=/,
  indentation: /^[ \t]/,
  keyCase: "exact",
  ignored: "skipped",
  badByte: "keep",
};

export const net: Grammar = {
  lineEnd: ANY_LINE_END,
  blank: WHITE,
  comment: new RegExp(`^[${WHITE}]*[#;]`),
  header: new RegExp(`^[${WHITE}]*\\[([^]*)\\][${WHITE}]*$`),
  trimsName: true,
  headerIsKey: true,
  indented: "nested",
  delimiter: /=/,
  noDelimiter: "refuse",
  noKey: "keep",
  keyCase: "lower",
  keyTwice: "loses section",
  prefixedBlocks: true,
  sectionTwice: "first",
  orphan: "skip",
  skipsMark: true,
};

export const java1: Grammar = {
  lineEnd: /\r\n|[\n\r\u2028\u2029\x85]/,
  blank: TO_SPACE,
  comment: /^[\0- ]*#/,
  header: /^[\0- ]*\[([^]*)\][\0- ]*$/,
  trimsName: true,
  badName: /^$/,
  indented: "own",
  delimiter: /=/,
  noDelimiter: "refuse",
  noKey: "keep",
  keyCase: "exact",
  keyTwice: "last",
  sectionTwice: "last",
  orphan: "refuse",
};

/** aws-c-sdkutils, and the C++ SDK. */
export const crt: Grammar = {
  ...rust,
  lineEnd: /\n/,
  blank: " \\t\\n\\r",
  empty: /^[ \t\r]*$/,
  cut: /[ \t\r][#;]/,
  header: /^\[([^#;\]]*)\]/,
  brokenHeader: /^\[[ \t]*[\w\\\-/.%@:+]/,
  nested: /^[^=]+=/,
  noDelimiter: /^[\w\\\-/.%@:+]+$/,
  keys: /^[\w\\\-/.%@:+]*$/,
  keyCase: "exact",
  orphan: "key",
  ignored: "bare",
  forgiving: true,
  badByte: "keep",
};

/** The Go SDK before version 2: a grammar of tokens, of which this is what a line shows. */
export const go1: Grammar = {
  lineEnd: /\r?\n/,
  blank: GO1_WHITE,
  comment: new RegExp(`^[${GO1_WHITE}]*[#;]`),
  cut: new RegExp(`(?<![=:][${GO1_WHITE}]*"[^"]*)(?<=(?:[=:\\[\\]]| )[${GO1_WHITE}]*)[#;]`),
  header: new RegExp(
    `^[${GO1_WHITE}]*(?:\\[[^\\[\\]]*\\])*\\[([^\\[\\]]*)\\][${GO1_WHITE}]*(?:$|[#;]|[^=:,\\[\\]${GO1_WHITE}][^\\[\\]]*$)`,
  ),
  trimsName: true,
  brokenHeader: new RegExp(`^[${GO1_WHITE}]*\\[`),
  badName: /^$|^[#;,=:]| [#;,]/,
  badKey: /[[\]]|(?:^| ),/,
  indented: "block",
  delimiter: /[=:]/,
  noDelimiter: /[[\]]|(?:^| ),/,
  noKey: "refuse",
  keyCase: "exact",
  unquotes: /^"((?:[^"\\]|\\[^])*)"/,
  unescapes: true,
  // A quote that is not closed.
  badValue: /^(?:"(?:[^"\\]|\\[^])*")*"(?:[^"\\]|\\[^])*$|^(?!")[^]*[ =:[\]]"[^"]*$/,
  brokenValue: /^,/,
  badValueIs: "no file",
  keyTwice: "last",
  sectionTwice: "last",
  orphan: "skip",
  dropsEmpty: true,
  valueEnd: " ",
};

export const ruby: Grammar = {
  lineEnd: /\n/,
  blank: " \\t-\\r",
  comment: /^#/,
  cut: /[ \t-\r];/,
  cutsHeader: true,
  header: /^\[([^[\]]+)\][ \t-\r]*(?:#[^]+)?$/,
  indented: "hash",
  delimiter: /=/,
  noDelimiter: "skip",
  noKey: "skip",
  keyCase: "exact",
  keyTwice: "last",
  sectionTwice: "merge",
  orphan: "skip",
  dropsEmpty: "but blanks",
  badByte: "refuse",
};

/** gopkg.in/ini.v1 as minio-go calls it. */
export const minio: Grammar = {
  lineEnd: /\n/,
  blank: WHITE,
  comment: new RegExp(`^[${WHITE}]*[#;]`),
  header: new RegExp(`^[${WHITE}]*\\[([^]*)\\]`),
  badName: /^$/,
  brokenHeader: new RegExp(`^[${WHITE}]*\\[`),
  indented: "own",
  delimiter: /[=:]/,
  noDelimiter: "refuse",
  noKey: "refuse",
  keyCase: "exact",
  quotedKey: /^("""|"|`)([^]*)\1$/,
  badKey: /^["`]/,
  cutsValue: /[#;]/,
  spans: /^(?:"""|`)/,
  joins: true,
  unquotes: /^(["'])((?:(?!\1)[^])*)\1$/,
  keyTwice: "last",
  sectionTwice: "merge",
  orphan: "skip",
  skipsMark: true,
};

/** rust-ini, which reqsign and aws-creds use. */
export const rustIni: Grammar = {
  lineEnd: ANY_LINE_END,
  blank: WHITE,
  comment: /^[#;]/,
  longComments: true,
  header: new RegExp(`^[${WHITE}]*\\[([^\\]]*)\\]([^]*)$`),
  behindHeader: /^\s*[#;]/,
  trimsName: true,
  brokenHeader: new RegExp(`^[${WHITE}]*\\[`),
  indented: "own",
  delimiter: /[=:]/,
  noDelimiter: "swallow",
  noKey: "refuse",
  keyCase: "exact",
  spans: /^["']/,
  spansParts: true,
  unescapes: true,
  joins: true,
  keyTwice: "first",
  sectionTwice: "first",
  orphan: "skip",
};
