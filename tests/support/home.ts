import { cleanEnvironment, findProgram } from "../../scripts/program.ts";

/** What a run of the program left: both streams as text, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Added to the clean environment; the local STS is named here: AWS_ENDPOINT_URL_STS. */
  readonly env?: Record<string, string>;
  /** Given to stdin; without it stdin is at its end. */
  readonly stdin?: string;
}

/** A throwaway home folder in which the real program runs. */
export interface Home extends AsyncDisposable {
  readonly path: string;
  /** A path below the home: `file(".aws/credentials")`. */
  readonly file: (name: string) => string;
  readonly read: (name: string) => string;
  /** True where something of this name is there: also while a program makes files and removes them. */
  readonly has: (name: string) => boolean;
  /** Writes with mode 0600, making folders of mode 0700. */
  readonly write: (name: string, text: string | Uint8Array) => void;
  /** Every file below the home with its mode and bytes, to be compared before and after. */
  readonly snapshot: () => Record<string, string>;
  /** Runs awsmfa, from source or as the executable that AWSMFA_BIN names. */
  readonly awsmfa: (args: readonly string[], options?: RunOptions) => Promise<Ran>;
  /** Runs another program in the same clean environment. */
  readonly run: (command: string, args: readonly string[], options?: RunOptions) => Promise<Ran>;
}

/** Makes an empty home, removed at the end of the test: `await using home = makeHome()`. */
export function makeHome(env: Record<string, string> = {}): Home {
  const path = Deno.makeTempDirSync({ prefix: "awsmfa-test-" });
  const file = (name: string): string => `${path}/${name}`;
  const run: Home["run"] = (command, args, options = {}) =>
    runProgram(command, args, cleanEnvironment(path, { ...env, ...options.env }), options.stdin);
  const program = findProgram();
  return {
    path,
    file,
    run,
    read: (name) => Deno.readTextFileSync(file(name)),
    has: (name) => {
      try {
        Deno.lstatSync(file(name));
        return true;
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return false;
        throw error;
      }
    },
    write: (name, content) => {
      Deno.mkdirSync(file(name).replace(/\/[^/]*$/, ""), { recursive: true, mode: 0o700 });
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      Deno.writeFileSync(file(name), bytes, { mode: 0o600 });
    },
    snapshot: () =>
      Object.fromEntries(listFiles(path).map((each) => [each, describeFile(`${path}/${each}`)])),
    awsmfa: (args, options) => run(program.command, [...program.args, ...args], options),
    [Symbol.asyncDispose]: () => removeTree(path),
  };
}

/** A shell that was started there may still write its history, so that a folder is not empty any more. */
async function removeTree(path: string): Promise<void> {
  for (let tries = 40;;) {
    try {
      return await Deno.remove(path, { recursive: true });
    } catch (error) {
      const isInUse = error instanceof Error && "code" in error && error.code === "ENOTEMPTY";
      if (!isInUse || --tries === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function runProgram(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
  stdin: string | undefined,
): Promise<Ran> {
  const child = new Deno.Command(command, {
    args: [...args],
    env,
    clearEnv: true,
    stdin: stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  // Together: a program may not read on before what it wrote is read.
  const writing = stdin === undefined ? undefined : new Response(stdin).body?.pipeTo(child.stdin);
  const [{ code, stdout, stderr }] = await Promise.all([child.output(), writing]);
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

function listFiles(folder: string, prefix = ""): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory
      ? [`${prefix}${name}`, ...listFiles(`${folder}/${name}`, `${prefix}${name}/`)]
      : [prefix + name]
  ).sort();
}

function describeFile(path: string): string {
  const { mode, isSymlink, isDirectory } = Deno.lstatSync(path);
  const bits = ((mode ?? 0) & 0o777).toString(8);
  if (isSymlink) return `-> ${Deno.readLinkSync(path)}`;
  return isDirectory ? `folder ${bits}` : `${bits} ${Deno.readFileSync(path).toBase64()}`;
}
