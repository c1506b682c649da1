/**
 * Deno itself has neither fchown nor fchmod. Loading node:fs takes longer than awsmfa's whole start, so that it is not
 * imported: it is loaded here, by the few saves that need it.
 */
export function nodeFs(): typeof import("node:fs") {
  // deno-lint-ignore no-process-global -- importing node:process costs the same time, for every start
  return process.getBuiltinModule("node:fs");
}
