import { processWord } from "./process_word.ts";

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
