import assert from "node:assert/strict";
import { findProgram } from "../../scripts/program.ts";
import {
  type LocalSts,
  type LocalStsOptions,
  startLocalSts,
  type User,
  type UserOptions,
} from "../../scripts/local_sts/server.ts";
import { type Home, makeHome, type Ran, type RunOptions } from "./home.ts";
import { assertNoSecret, secretsBelow } from "./secrets.ts";

export interface StageOptions {
  readonly user?: Partial<UserOptions>;
  readonly tls?: NonNullable<LocalStsOptions["tls"]>;
  readonly env?: Record<string, string>;
}

export interface StageRun extends RunOptions {
  /** Words in front of the program's own, such as `["setpriv", "--no-new-privs"]`. */
  readonly through?: readonly string[];
  /** For the commands that print credentials: only stderr is searched for them. */
  readonly secretsOnStdout?: true;
}

/** A home with one user's keys in its default profile, the local STS that knows this user, and awsmfa between. */
export interface Stage extends AsyncDisposable {
  readonly home: Home;
  readonly sts: LocalSts;
  readonly user: User;
  /** A code of the user's device that was not used yet. */
  readonly code: () => string;
  /** Runs awsmfa and searches both outputs for every secret in play. */
  readonly awsmfa: (args: readonly string[], options?: StageRun) => Promise<Ran>;
  /** Runs awsmfa with a fresh code before `args`, and expects it to end well. */
  readonly login: (args?: readonly string[], options?: StageRun) => Promise<Ran>;
  /** Runs `awsmfa --restore`, and expects it to end well. */
  readonly restore: (args?: readonly string[], options?: StageRun) => Promise<Ran>;
  /** Every file of the home but the lock, which stays for good, to be compared before and after. */
  readonly files: () => Record<string, string>;
  /** The same without awsmfa's own folder of sessions and devices, which a restore leaves to the next login. */
  readonly filesOfUser: () => Record<string, string>;
}

/** Opens a stage: `await using stage = await openStage()`. */
export async function openStage({ user: options, tls, env = {} }: StageOptions = {}): Promise<Stage> {
  const sts = await startLocalSts(tls === undefined ? {} : { tls });
  const home = makeHome({ ...endpoints(sts), ...env });
  const user = sts.addUser(options);
  home.write(".aws/credentials", section("default", user));

  const program = findProgram();
  const secrets = new Set<string>();
  const learnSecrets = (more: readonly (string | undefined)[]): void => {
    for (const secret of [...more, ...secretsBelow(home.path)]) if (secret) secrets.add(secret);
  };
  const awsmfa: Stage["awsmfa"] = async (args, options = {}) => {
    learnSecrets([
      user.secretAccessKey,
      options.env?.AWS_SECRET_ACCESS_KEY,
      options.env?.AWS_SESSION_TOKEN,
    ]);
    const [command, ...rest] = [...options.through ?? [], program.command, ...program.args, ...args];
    const ran = await home.run(command ?? "", rest, options);
    learnSecrets([]);
    if (!options.secretsOnStdout) {
      assertNoSecret(ran.stdout, secrets, `stdout of awsmfa ${args.join(" ")}`);
    }
    assertNoSecret(ran.stderr, secrets, `stderr of awsmfa ${args.join(" ")}`);
    return ran;
  };
  const well = async (args: readonly string[], options?: StageRun): Promise<Ran> => {
    const ran = await awsmfa(args, options);
    assert.equal(ran.code, 0, ran.stderr);
    return ran;
  };
  const code = (): string => sts.code(user.serial);
  return {
    home,
    sts,
    user,
    code,
    awsmfa,
    login: (args = [], options) => well([code(), ...args], options),
    restore: (args = [], options) => well(["--restore", ...args], options),
    files: () => withoutLocks(home.snapshot()),
    filesOfUser: () => withoutCached(withoutLocks(home.snapshot())),
    [Symbol.asyncDispose]: async () => {
      await sts.close();
      await home[Symbol.asyncDispose]();
    },
  };
}

/** What makes AWS's tools ask the local STS, which is IAM too: no test leaves this machine. */
export function endpoints({ url }: Pick<LocalSts, "url">): Record<string, string> {
  return { AWS_ENDPOINT_URL_STS: url, AWS_ENDPOINT_URL_IAM: url };
}

/** A section of the credentials file with a user's long-term keys. */
export function section(profile: string, user: Pick<User, "accessKeyId" | "secretAccessKey">): string {
  return `[${profile}]\naws_access_key_id = ${user.accessKeyId}\naws_secret_access_key = ${user.secretAccessKey}\n`;
}

/** A snapshot of a home without the folders of what awsmfa keeps, each beside a credentials file. */
function withoutCached(snapshot: Record<string, string>): Record<string, string> {
  const isCached = (name: string): boolean =>
    /(^|\/)(awsmfa|\.awsmfa-[^/]+)(\/((AKIA[A-Z2-7]{16}[-\w]*|devices)\.json|notes|\.gitignore))?$/.test(
      name,
    );
  return Object.fromEntries(Object.entries(snapshot).filter(([name]) => !isCached(name)));
}

/** A snapshot of a home without the lock files. */
export function withoutLocks(snapshot: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(snapshot).filter(([name]) => !name.endsWith(".awsmfa.lock")));
}
