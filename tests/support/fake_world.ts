import type { SessionCredentials } from "../../src/domain/credentials.ts";
import { StsRefusal } from "../../src/domain/sts_refusal.ts";
import type { FilesUpdate, Permission, SessionRequest, StsAccess, World } from "../../src/world.ts";

export const CREDENTIALS = "/home/alice/.aws/credentials";
export const CONFIG = "/home/alice/.aws/config";
export const BACKUP = "/home/alice/.aws/credentials_backup_by_awsmfa";
export const ALICE = "arn:aws:iam::111122223333:user/alice";
export const ALICES_DEVICE = "arn:aws:iam::111122223333:mfa/alice";
export const NOW = new Date("2026-11-20T09:00:00Z");

/** What a test says of the world; everything else is as on a usual day. */
export interface FakeSetup {
  readonly files?: Record<string, string>;
  readonly env?: Record<string, string>;
  /** Typed at the terminal, one after another; then input is at its end. Without it there is no terminal. */
  readonly answers?: readonly string[];
  readonly stdin?: string;
  /** Throws an StsRefusal to refuse; gives {@linkcode sessionNumber} 1, 2, ... otherwise. */
  readonly sts?: (access: StsAccess, request: SessionRequest) => void;
  readonly callerArn?: () => string;
  /** Called before the first save of an update: another program that writes meanwhile. */
  readonly meanwhile?: (files: Map<string, string>) => void;
  /** Put over the world: functions that throw where they must not be called, for instance. */
  readonly but?: Partial<World>;
}

/** A world in memory, and what was done to it. */
export interface FakeWorld {
  readonly world: World;
  readonly files: Map<string, string>;
  /** Paths in the order of their saves, a removed one with a minus sign. */
  readonly saves: string[];
  readonly questions: string[];
  readonly requests: { access: StsAccess; request: SessionRequest }[];
  readonly identityCalls: StsAccess[];
  readonly kept: (readonly Permission[])[];
  readonly sessions: SessionCredentials[];
  readonly out: string[];
  readonly err: string[];
}

/** The nth session that the fake STS gives. */
export function sessionNumber(n: number, seconds = 43_200): SessionCredentials {
  return {
    accessKeyId: `ASIA${String(n).padStart(16, "0")}`,
    secretAccessKey: `temporary/secret+${n}`,
    sessionToken: `session//token==${n}`,
    expiration: new Date(NOW.getTime() + seconds * 1000),
  };
}

/** AWS's answer to a code that is wrong or was used. */
export function refuseCode(): void {
  const text = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
  throw new StsRefusal("AccessDenied", text, 1, 0);
}

/** Makes a world for one run, or for several one after another. */
export function fakeWorld(setup: FakeSetup = {}): FakeWorld {
  const env: Record<string, string> = { HOME: "/home/alice", ...setup.env };
  const answers = [...setup.answers ?? []];
  const fake: Omit<FakeWorld, "world"> = {
    files: new Map(Object.entries(setup.files ?? {})),
    saves: [],
    questions: [],
    requests: [],
    identityCalls: [],
    kept: [],
    sessions: [],
    out: [],
    err: [],
  };
  const world: World = {
    windows: false,
    env: (name) => env[name],
    now: () => NOW,
    localTime: (at) => at.toISOString().slice(0, 16).replace("T", " "),

    readText: (path) => fake.files.get(path),
    updateTexts: updateIn(fake, setup.meanwhile),
    checkReplaceable: () => {},
    looseMode: () => undefined,

    interactive: setup.answers !== undefined,
    ask: (question) => {
      fake.questions.push(question);
      return Promise.resolve(answers.shift());
    },
    readLine: () => Promise.resolve(setup.stdin ?? ""),
    out: (text) => void fake.out.push(text),
    err: (text) => void fake.err.push(text),
    showWaiting: (_label, work) => work,

    keepPermissions: (needed) => void fake.kept.push(needed),
    mayReach: (host) => /(^|\.)(amazonaws\.com|localhost)(:\d+)?$/.test(host),
    callerArn: (access) => {
      fake.identityCalls.push(access);
      return Promise.try(setup.callerArn ?? (() => ALICE));
    },
    requestSession: (access, request) => {
      fake.requests.push({ access, request });
      return Promise.try(() => {
        setup.sts?.(access, request);
        const session = sessionNumber(fake.sessions.length + 1, request.seconds);
        fake.sessions.push(session);
        return session;
      });
    },
    ...setup.but,
  };
  return { ...fake, world };
}

/** As the adapter does it: `edit` sees what is there, and again where that changed before the save. */
function updateIn(
  { files, saves }: Pick<FakeWorld, "files" | "saves">,
  meanwhile: FakeSetup["meanwhile"] = () => {},
): FilesUpdate {
  const interrupts = [meanwhile];
  return (paths, edit) =>
    Promise.try(() => {
      for (;;) {
        const before = paths.map((path) => files.get(path));
        const changes = edit(before);
        interrupts.shift()?.(files);
        if (paths.some((path, i) => files.get(path) !== before[i])) continue;
        for (const { path, text } of changes) {
          if (files.get(path) === text) continue;
          saves.push(text === undefined ? `-${path}` : path);
          if (text === undefined) files.delete(path);
          else files.set(path, text);
        }
        return;
      }
    });
}
