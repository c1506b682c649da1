import { print } from "../print.ts";
import type { Outcome } from "./outcome.ts";

const KINDS = { macos: /macos/, windows: /windows/, sums: /^SHA256SUMS$/ } as const;

/**
 * Says what was signed and what not, and ends with 1 where something was not that has to be: everything with
 * `--require-signatures`, some kinds with `--require-signatures=macos,sums`. With 2 for any other word.
 */
export function finish(outcomes: readonly Outcome[], args: readonly string[]): never {
  const required = readRequired(args);
  for (const { file, signed, says } of outcomes) {
    print(`${signed ? "signed" : "NOT SIGNED"}  ${file}: ${says}`);
  }
  const missing = outcomes.filter(({ file, signed }) => !signed && required.some((kind) => kind.test(file)));
  for (const { file } of missing) print(`${file} has to be signed: --require-signatures`);
  Deno.exit(missing.length > 0 ? 1 : 0);
}

function readRequired(args: readonly string[]): RegExp[] {
  return args.flatMap((arg) => {
    if (arg === "--require-signatures") return [/^/];
    const [, names = ""] = /^--require-signatures=(.+)$/.exec(arg) ?? [];
    return names.split(",").map((name) => {
      if (name === "macos" || name === "windows" || name === "sums") return KINDS[name];
      print(`--require-signatures, or --require-signatures=${Object.keys(KINDS).join(",")}`);
      Deno.exit(2);
    });
  });
}
