/**
 * A line of `credential_process`, as all of them run it: the AWS CLI and boto3 split it as a shell would, the SDKs for
 * Go, Java, JavaScript and Rust give it to `sh -c` or `cmd /C` (AWS SDKs and tools reference, "Process credential
 * provider").
 */
export function formatProcessLine(words: readonly string[], windows: boolean): string {
  if (!windows) return words.map(processWord).join(" ");
  // Between double quotes only; and cmd takes the first and the last one away where there are more than two.
  const quoted = words.map((word) => /[\s&()^|<>]/.test(word) ? `"${word}"` : word);
  const isTooMuch = quoted.filter((word) => word.startsWith('"')).length > 1 && quoted[0]?.startsWith('"');
  return (isTooMuch ? ["awsmfa", ...quoted.slice(1)] : quoted).join(" ");
}

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
