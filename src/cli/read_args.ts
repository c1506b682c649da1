import { nearest } from "../domain/text/nearest.ts";
import { UsageError } from "../errors.ts";
import { flagOf, type Options, type OptionWords } from "./options/command.ts";

/** The words of a command line, up to `--`. */
export interface ReadArgs {
  /** By the options' names: a text, or true for a switch. */
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
// By hand, since every start pays for it: of 30 ms, commander took 4 for the same, and node:util's parseArgs 0.5.
export function readArgs(
  args: readonly string[],
  options: Options,
  typed: string,
  commands: readonly string[] = [],
): ReadArgs {
  const names = new Map(
    Object.entries(options).flatMap(([name, { short }]) => [[flagOf(name), name], [short, name]]),
  );
  const given: ReadArgs["given"] = {};
  const words: string[] = [];
  // By their numbers: taking the first one off a list of 200,000 moves all others.
  let next = 0;
  let bundled: string | undefined;
  const take = (): string | undefined => {
    const arg = bundled ?? args[next++];
    bundled = undefined;
    return arg;
  };
  let command: ReadArgs["command"];
  let wrong: UsageError | undefined;
  for (let arg = take(); arg !== undefined; arg = take()) {
    // A dash alone is stdin, and a number is no flag but a code with a dash.
    if (!/^-\D/.test(arg)) {
      if (words.length === 0 && commands.includes(arg)) {
        command = { name: arg, args: args.slice(next) };
        break;
      }
      words.push(arg);
      continue;
    }
    const { flag, attached } = splitFlag(arg);
    const name = names.get(flag);
    const option = name === undefined ? undefined : options[name];
    if (name === undefined || option === undefined) {
      wrong ??= unknownOption(flag, options, typed);
    } else if (option.value !== undefined) {
      const value = attached ?? take();
      if (value === undefined) wrong ??= missingValue(name, option, typed);
      else if (given[name] !== undefined && given[name] !== value) wrong ??= twice(flagOf(name), typed);
      else given[name] = value;
    } else {
      given[name] = true;
      if (attached === undefined) continue;
      if (flag.startsWith("--")) wrong ??= new UsageError(`option '${flag}' doesn't take a value`, flag);
      else bundled = `-${attached}`;
    }
  }
  if (wrong !== undefined && given["help"] === undefined) throw wrong;
  return { given, words, command };
}

/** `--name=value`, and `-nvalue` or `-nmo`: the rest of a short one is its value, or more of them. */
function splitFlag(arg: string): { flag: string; attached: string | undefined } {
  if (!arg.startsWith("--")) return { flag: arg.slice(0, 2), attached: arg.slice(2) || undefined };
  const equals = arg.indexOf("=");
  return equals < 0
    ? { flag: arg, attached: undefined }
    : { flag: arg.slice(0, equals), attached: arg.slice(equals + 1) };
}

function unknownOption(flag: string, options: Options, typed: string): UsageError {
  // What other tools call the code.
  if (/^(--(mfa-?)?token|--otp|--totp|-t)$/.test(flag) && Object.hasOwn(options, "tokenCode")) {
    return new UsageError(
      `unknown option '${flag}'`,
      `the code needs no option: ${typed} 123456; or --code 123456`,
    );
  }
  const [near] = flag.startsWith("--") ? nearest(flag, Object.keys(options).map(flagOf)) : [];
  return new UsageError(
    `unknown option '${flag}'`,
    near === undefined ? `${typed} --help` : `did you mean ${near}?`,
  );
}

/** Neither the first value nor the last one is what was meant for sure. */
export function twice(flag: string, typed: string): UsageError {
  return new UsageError(`option '${flag}' is given twice, with different values`, `${typed} --help`);
}

function missingValue(name: string, { short, value }: OptionWords, typed: string): UsageError {
  const form = `${short === undefined ? "" : `${short}, `}${flagOf(name)} ${value}`;
  return new UsageError(`option '${form}' needs a value`, `${typed} --help`);
}
