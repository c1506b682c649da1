import { parseArgs } from "node:util";
import { nearest } from "../domain/near.ts";
import { UsageError } from "../errors.ts";
import { flagOf, type Options, type OptionWords } from "./command.ts";

/** The words of a command line, up to `--`. */
export interface ReadArgs {
  /** By the options' names: a text, or true for a switch. The last one counts where one is given twice. */
  readonly given: Record<string, string | true>;
  readonly words: readonly string[];
  /** A command word, if one of `commands` is the first word, and what stands behind it, unread. */
  readonly command: { readonly name: string; readonly args: readonly string[] } | undefined;
}

/**
 * Reads `-p work`, `-pwork`, `--profile work`, `--profile=work`, `-fp work`, before, behind and between words. `typed`
 * is what help is asked with: "awsmfa status". Throws UsageError, which repeats no value: one behind a flag may be a
 * secret that went astray. With --help among the arguments nothing is refused.
 */
export function readArgs(
  args: readonly string[],
  options: Options,
  typed: string,
  commands: readonly string[] = [],
): ReadArgs {
  const names = new Map(Object.keys(options).map((name) => [flagOf(name).slice(2), name]));
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries([...names].map(([flag, name]) => [flag, specOf(options[name])])),
    strict: false,
    tokens: true,
  });
  const given: ReadArgs["given"] = {};
  // By their places: a number is no group of flags, though each of its digits makes a token.
  const words = new Map<number, string>();
  let command: ReadArgs["command"];
  let wrong: UsageError | undefined;
  for (const token of tokens) {
    const arg = args[token.index] ?? "";
    if (token.kind === "positional" || /^-\d/.test(arg)) {
      if (words.size === 0 && commands.includes(arg)) {
        command = { name: arg, args: args.slice(token.index + 1) };
        break;
      }
      words.set(token.index, arg);
    } else if (token.kind === "option") {
      const name = names.get(token.name);
      const problem = wrongOption(token, name, options, typed);
      wrong ??= problem;
      if (name !== undefined && problem === undefined) given[name] = token.value ?? true;
    }
  }
  if (wrong !== undefined && given["help"] === undefined) throw wrong;
  return { given, words: [...words.values()], command };
}

function specOf(option: OptionWords | undefined): { type: "string" | "boolean"; short?: string } {
  const type = option?.value === undefined ? "boolean" : "string";
  return option?.short === undefined ? { type } : { type, short: option.short.slice(1) };
}

/** What is wrong with an option: that it is not known, or that it has no value, or one that it does not take. */
function wrongOption(
  { rawName, value }: { rawName: string; value: string | undefined },
  name: string | undefined,
  options: Options,
  typed: string,
): UsageError | undefined {
  const option = name === undefined ? undefined : options[name];
  if (name === undefined || option === undefined) {
    const [near] = rawName.startsWith("--") ? nearest(rawName, Object.keys(options).map(flagOf)) : [];
    return new UsageError(
      `unknown option '${rawName}'`,
      near === undefined ? `${typed} --help` : `did you mean ${near}?`,
    );
  }
  if (option.value === undefined && value !== undefined) {
    return new UsageError(`option '${rawName}' takes no value`, rawName);
  }
  if (option.value !== undefined && value === undefined) {
    const short = option.short === undefined ? "" : `${option.short}, `;
    return new UsageError(
      `option '${short}${flagOf(name)} ${option.value}' argument missing`,
      `${typed} --help`,
    );
  }
  return undefined;
}
