/**
 * A word of a credential_process line, quoted only where it must be. The line is read by shells and by shlex; .NET
 * doubles each backslash before a shell has it, so that none may be an escape; and some split it at blanks, and keep
 * quotes (../shared/readers.md, credential_process).
 */
export function processWord(text: string): string {
  if (/^[^\s"'\\`$&|;<>()*?[\]{}!#~^]+$/.test(text)) return text;
  if (!/['\\]/.test(text)) return `'${text}'`;
  if (!/["$`]|\\(?:\\|$)/.test(text)) return `"${text}"`;
  // Parts in quotes of their own. A backslash before a character that a shell would take with it is all that .NET misreads.
  const parts = text.match(/(?:'|\\[^"$`\\])+|\\|[^'\\]+/g) ?? [];
  return parts.map((part) => /^(?:'|\\.)/.test(part) ? `"${part}"` : `'${part}'`).join("");
}
