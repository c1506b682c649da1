import { UsageError } from "../../errors.ts";
import { nearest } from "../text/nearest.ts";

/** The six digits in what a person typed, who may have put blanks or a dash between them; else undefined. */
export function readTokenCode(typed: string): string | undefined {
  const digits = typed.trim().replace(/[\s-]+/g, "");
  return /^\d{6}$/.test(digits) && /^\d[\d\s-]*\d$/.test(typed.trim()) ? digits : undefined;
}

/** What a terminal would obey: colors, above all (ECMA-48). */
// deno-lint-ignore no-control-regex
const ESCAPES = /\u001b\[[0-9;]*[A-Za-z]/g;

/** The different codes in what a program printed, which may say more around them: "AWS:alice  123456", "lasts 12s". */
export function tokenCodesIn(printed: string): string[] {
  const text = printed.replace(ESCAPES, "");
  const alone = readTokenCode(text);
  if (alone !== undefined) return [alone];
  const groups = text.matchAll(/(?<![\w.:+\/-])(\d{6}|\d{3} \d{3})(?![\w+\/=-])/g);
  return [...new Set([...groups].map(([, digits = ""]) => digits.replace(" ", "")))];
}

/**
 * The code of the command line's words: `123456`, or `123 456` as one word or two. Undefined where there is none, "-"
 * where it comes from stdin. `commands` are the words that may have been meant instead. Throws {@linkcode UsageError}
 * for anything else.
 */
export function tokenCodeOfWords(
  words: readonly string[],
  commands: readonly string[] = [],
): string | undefined {
  const [first] = words;
  if (first === undefined) return undefined;
  if (first === "-" && words.length === 1) return "-";
  const code = readTokenCode(words.join(" "));
  if (code !== undefined) return code;
  const codes = words.filter((word) => readTokenCode(word) !== undefined);
  if (codes.length > 1) {
    throw new UsageError("more than one MFA code given", "give the current one");
  }
  const odd = words.find((word) => readTokenCode(word) === undefined) ?? first;
  if (/^[\d\s-]+$/.test(odd)) {
    const count = words.join("").replace(/\D/g, "").length;
    if (count === 6) {
      throw new UsageError(
        "an MFA code can't start with a dash",
        "awsmfa 123456, or awsmfa - to read it from stdin",
      );
    }
    throw new UsageError(`an MFA code has six digits, not ${count}`, "awsmfa 123456");
  }
  const [command] = nearest(odd, commands);
  if (command !== undefined) {
    throw new UsageError(`unknown command '${odd}'`, `did you mean awsmfa ${command}?`);
  }
  if (/^[a-z][a-z_-]{0,20}$/.test(odd)) {
    throw new UsageError(`unknown command '${odd}'`, `awsmfa --help; for a profile: awsmfa -p ${odd}`);
  }
  // It may be what was on the clipboard: a secret. It is not repeated.
  throw new UsageError(
    "the argument isn't an MFA code",
    "six digits: awsmfa 123456; a profile is named with -p: awsmfa -p NAME 123456",
  );
}
