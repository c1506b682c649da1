/** How a shell reads its words; several shells read them alike. */
export type ShellSyntax = "posix" | "fish" | "csh" | "tcl" | "powershell" | "cmd" | "nu" | "elvish";

/** A text as one word of a shell, quoted only where it must be. */
export function shellWord(text: string, syntax: ShellSyntax): string {
  // Bare are only letters, digits and characters that mean nothing in any shell. At the start `-` is a flag that
  // PowerShell splits at a dot, `@` its splatting, and `:` a scope.
  return /^[\w./+][\w./:@+-]*$/.test(text) ? text : quoteWord(text, syntax);
}

/** A text as one word of a shell, in quotes. */
export function quoteWord(text: string, syntax: ShellSyntax): string {
  return QUOTES[syntax](text);
}

/** What PowerShell hands no program as a word of its own, quoted or not (about_Parsing, "The stop-parsing token"). */
export const NO_WORD = "--%";

/** " -p NAME", nothing for the default profile: what is to be typed behind a command of awsmfa's. */
export function profileOption(name: string, syntax: ShellSyntax): string {
  if (name === "default") return "";
  // awsmfa itself takes `--` for the end of its options.
  return name === "--" || (syntax === "powershell" && name === NO_WORD)
    ? ` --profile=${quoteWord(name, syntax)}`
    : ` -p ${shellWord(name, syntax)}`;
}

const QUOTES: Record<ShellSyntax, (text: string) => string> = {
  /** POSIX.1-2024, XCU 2.2.2 "Single-Quotes". */
  posix: (text) => `'${text.replaceAll("'", `'\\''`)}'`,
  /** In single quotes only `\` and `'` mean anything (fish documentation, "Quotes"). */
  fish: (text) => `'${text.replace(/[\\']/g, "\\$&")}'`,
  /** History substitution looks into single quotes: `!` needs a backslash there (tcsh(1), "History substitution"). */
  csh: (text) => `'${text.replaceAll("'", `'\\''`).replace(/[!\n]/g, "\\$&")}'`,
  /** Every sign that means something between double quotes gets a backslash (Tcl(n)). */
  tcl: (text) => `"${text.replace(/[\\"$[\]{};]/g, "\\$&")}"`,
  /** In single quotes only a quote, of any of Unicode's shapes, is doubled (about_Quoting_Rules). */
  powershell: (text) => `'${text.replace(/['\u2018-\u201b]/g, "$&$&")}'`,
  /**
   * First as the C runtime reads an argument (Microsoft, "Parsing C command-line arguments"), then with `^` before
   * all that cmd would take for its own: so it sees no quotes, in which `%` could not be kept from it.
   */
  cmd: (text) =>
    `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, "$&$&")}"`.replace(/[()%!^"<>&|]/g, "^$&"),
  /** Its double-quoted strings read the escapes of JSON (nushell book, "Working with strings"). */
  nu: (text) => JSON.stringify(text),
  /** In single quotes a quote is doubled (elvish language reference, "Single-quoted string"). */
  elvish: (text) => `'${text.replaceAll("'", "''")}'`,
};
