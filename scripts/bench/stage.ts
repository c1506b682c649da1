import { type LocalSts, startLocalSts, type User } from "../local_sts/server.ts";
import { cleanEnvironment, type Program } from "../program.ts";
import type { Subject } from "./race.ts";

/** What a program is timed in: a folder for what is made for it, a home, a local STS that answers after a while. */
export interface Stage extends AsyncDisposable {
  readonly folder: string;
  readonly sts: LocalSts;
  readonly user: User;
  /** A program in that home: nothing of the person's own AWS set-up reaches it. */
  readonly subject: (program: Program, args: readonly string[], more?: Partial<Subject>) => Subject;
  /**
   * The same, and before each run the files that it finds are written again; a text that is undefined is a file that
   * is not there.
   */
  readonly subjectWith: (files: Files, ...subject: Parameters<Stage["subject"]>) => Subject;
  /** A first login, with the device named or to be derived. */
  readonly login: (program: Program, credentials: string, device: "known" | "derived") => Subject;
}

interface Files {
  readonly credentials: string | undefined;
  readonly backup: string | undefined;
}

/** Milliseconds that the local STS takes for an answer. */
export const STS_DELAY_MS = 40;

/** A server's certificate and its key as PEM texts, and the file of the authority that signed it. */
export interface StageTls {
  readonly cert: string;
  readonly key: string;
  readonly authority: string;
}

/** Sets all that up; taken down at the end: `await using`. */
export async function makeStage(tls?: StageTls): Promise<Stage> {
  const folder = await Deno.makeTempDir({ prefix: "awsmfa-bench-" });
  const home = `${folder}/home`;
  const sts = await startLocalSts({
    behaviour: { delayMs: STS_DELAY_MS },
    ...(tls === undefined ? {} : { tls }),
  });
  const user = sts.addUser();
  const env = cleanEnvironment(home, {
    AWS_ENDPOINT_URL_STS: sts.url,
    AWS_REGION: "us-east-1",
    ...(tls === undefined ? {} : { AWS_CA_BUNDLE: tls.authority }),
  });
  const file = `${home}/.aws/credentials`;
  const subject: Stage["subject"] = (program, args, more = {}) => ({
    command: program.command,
    args: [...program.args, ...args],
    env,
    exitCode: 0,
    ...more,
  });
  const subjectWith: Stage["subjectWith"] = ({ credentials, backup }, program, args, more = {}) =>
    subject(program, args, {
      ...more,
      prepare: () => {
        write(file, credentials);
        write(`${file}_backup_by_awsmfa`, backup);
        // What an earlier run kept and remembers would spare this one its requests.
        write(`${home}/.aws/awsmfa`, undefined);
        return more.prepare?.() ?? [];
      },
    });
  await Deno.mkdir(`${home}/.aws`, { recursive: true, mode: 0o700 });
  return {
    folder,
    sts,
    user,
    subject,
    subjectWith,
    login: (program, credentials, device) =>
      subjectWith(
        { credentials, backup: undefined },
        program,
        device === "known" ? ["--serial", user.serial] : [],
        { prepare: () => [sts.code(user.serial)] },
      ),
    [Symbol.asyncDispose]: async () => {
      await sts.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

function write(path: string, text: string | undefined): void {
  if (text !== undefined) return Deno.writeTextFileSync(path, text, { mode: 0o600 });
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
