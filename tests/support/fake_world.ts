import { isDisposable } from "../../src/domain/paths/own_names.ts";
import { parseYaml } from "../../src/adapters/files/yaml.ts";
import type { Choice } from "../../src/domain/text/picker.ts";
import type { SessionCredentials } from "../../src/domain/keys/credentials.ts";
import type { MfaDevice } from "../../src/domain/aws/mfa_device.ts";
import { shellAmong, syntaxOf } from "../../src/domain/shell/shell_of_program.ts";
import { StsRefusal } from "../../src/domain/aws/sts_refusal.ts";
import type { Variables } from "../../src/domain/sessions/variables.ts";
import type {
  FilesEdit,
  LeftCopy,
  Permission,
  RoleCredentials,
  RoleRequest,
  SessionRequest,
  StsAccess,
  World,
} from "../../src/world.ts";

export const CREDENTIALS = "/home/alice/.aws/credentials";
export const CONFIG = "/home/alice/.aws/config";
export const BACKUP = "/home/alice/.aws/credentials_backup_by_awsmfa";
/** The folder of cached sessions, and the one of the key that most tests use. */
export const CACHE_FOLDER = "/home/alice/.aws/awsmfa";
export const CACHED = `${CACHE_FOLDER}/AKIAALICE.json`;
/** What awsmfa remembers of devices: written at every new session. */
export const DEVICES = `${CACHE_FOLDER}/devices.json`;
export const ALICE = "arn:aws:iam::111122223333:user/alice";
export const ALICES_DEVICE = "arn:aws:iam::111122223333:mfa/alice";
export const NOW = new Date("2026-11-20T09:00:00Z");

/** What a test says of the world; everything else is as on a usual day. */
export interface FakeSetup {
  readonly files?: Record<string, string>;
  readonly env?: Record<string, string>;
  /** Typed at the terminal, one after another; then input is at its end. Without it there is no terminal. */
  readonly answers?: readonly string[];
  /** The names that are chosen out of lists, one after another. Without it the terminal is a dumb one. */
  readonly picks?: readonly string[];
  /** What an editor makes of a text; undefined where it fails. Without it there is no editor to be started. */
  readonly editor?: (text: string) => string | undefined | Promise<string | undefined>;
  /** What is in the copy once somebody has pressed Enter: the editor was back at once. */
  readonly savedLater?: string;
  /** What edits that were cut off have left. */
  readonly left?: readonly LeftCopy[];
  readonly stdin?: string;
  /** Throws an StsRefusal to refuse; gives {@linkcode sessionNumber} 1, 2, ... otherwise. */
  readonly sts?: (access: StsAccess, request: SessionRequest) => void;
  readonly callerArn?: () => string;
  /** This machine's clock less AWS's. */
  readonly clockAheadSeconds?: number;
  /** Throws what a setting of the way to AWS is refused for. */
  readonly prepareCalls?: () => void;
  /** How AWS is reached, as the adapter says it. */
  readonly via?: string;
  /** What IAM lists: serial numbers; throws an StsRefusal where it may not be asked. Else Alice's one device. */
  readonly mfaDevices?: () => readonly string[];
  /** When IAM says that the access key was made; throws an StsRefusal where it may not be asked. */
  readonly keyCreated?: () => Date | undefined;
  /** Where a path is a symbolic link to. */
  readonly links?: Record<string, string>;
  /** Throws an StsRefusal to refuse; gives {@linkcode roleNumber} 1, 2, ... otherwise. */
  readonly assumeRole?: (access: StsAccess, request: RoleRequest) => void;
  /** Roles are given to long-term keys without a code, too. */
  readonly rolesWithoutMfa?: true;
  /** What a code command prints; throws where it fails. Without it there is no program to be run. */
  readonly codeCommand?: (command: string) => string | Promise<string>;
  /** How a program of `exec` ends. */
  readonly exitCode?: number;
  readonly parentProgram?: string;
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
  /** The lists that were offered to choose from. */
  readonly offered: (readonly Choice[])[];
  readonly left: LeftCopy[];
  readonly edits: { path: string; text: string; editor: string }[];
  readonly requests: { access: StsAccess; request: SessionRequest }[];
  /** Calls for a session without MFA. */
  readonly withoutMfa: StsAccess[];
  readonly identityCalls: StsAccess[];
  /** Calls of iam:ListMFADevices, and of iam:ListAccessKeys. */
  readonly deviceLists: StsAccess[];
  readonly keyLists: StsAccess[];
  /** Milliseconds that were slept; the clock went on by them. */
  readonly sleeps: number[];
  readonly roleRequests: { access: StsAccess; request: RoleRequest }[];
  /** The permissions that were kept, each time. */
  readonly kept: (readonly Permission[])[];
  readonly sessions: SessionCredentials[];
  readonly roles: RoleCredentials[];
  /** Code commands and programs that were run. */
  readonly commands: string[];
  readonly programs: { program: readonly string[]; variables: Variables }[];
  readonly locks: string[];
  /** May be set, to let time go by. */
  readonly clock: { now: Date };
  readonly out: string[];
  readonly err: string[];
}

/** The nth session that the fake STS gives. */
export function sessionNumber(n: number, seconds = 43_200, now = NOW): SessionCredentials {
  return {
    accessKeyId: `ASIA${String(n).padStart(16, "0")}`,
    secretAccessKey: `temporary/secret+${n}`,
    sessionToken: `session//token==${n}`,
    expiration: new Date(now.getTime() + seconds * 1000),
  };
}

/** The nth credentials of a role that the fake STS gives. */
export function roleNumber(
  n: number,
  { roleArn, sessionName, seconds }: RoleRequest,
  now = NOW,
): RoleCredentials {
  const [, account, name] = /::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  return {
    accessKeyId: `ASIAROLE${String(n).padStart(12, "0")}`,
    secretAccessKey: `role/secret+${n}`,
    sessionToken: `role//token==${n}`,
    expiration: new Date(now.getTime() + seconds * 1000),
    principalArn: `arn:aws:sts::${account}:assumed-role/${name}/${sessionName}`,
  };
}

/** The same files without what awsmfa keeps in its own folder. */
export function withoutCached(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith(`${CACHE_FOLDER}/`)));
}

const WANTS_MFA = new StsRefusal(
  "AccessDenied",
  `User: ${ALICE} is not authorized to perform: sts:AssumeRole`,
  1,
  0,
);

/** AWS's answer to a code that is wrong or was used. */
export function refuseCode(): never {
  const text = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
  throw new StsRefusal("AccessDenied", text, 1, 0);
}

/** AWS's answer to a serial number that is no device of the user. */
export function refuseDevice(): never {
  const text =
    "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial " +
    "number is valid and associated with this user.";
  throw new StsRefusal("AccessDenied", text, 1, 0);
}

/** IAM's answer to a user who may not list the own devices. */
export function refuseListing(): never {
  const text =
    `User: ${ALICE} is not authorized to perform: iam:ListMFADevices on resource: user alice because no ` +
    "identity-based policy allows the iam:ListMFADevices action";
  throw new StsRefusal("AccessDenied", text, 1, 0);
}

/**
 * Makes a world for one run, or for several one after another. A function of it can be called only while the
 * permission is kept that the real one needs.
 */
export function fakeWorld(setup: FakeSetup = {}): FakeWorld {
  const env: Record<string, string> = { HOME: "/home/alice", ...setup.env };
  const answers = [...setup.answers ?? []];
  const picks = [...setup.picks ?? []];
  const fake: Omit<FakeWorld, "world"> = {
    files: new Map(Object.entries(setup.files ?? {})),
    saves: [],
    questions: [],
    offered: [],
    left: [...setup.left ?? []],
    edits: [],
    requests: [],
    withoutMfa: [],
    identityCalls: [],
    deviceLists: [],
    keyLists: [],
    sleeps: [],
    roleRequests: [],
    kept: [],
    sessions: [],
    roles: [],
    commands: [],
    programs: [],
    locks: [],
    clock: { now: NOW },
    out: [],
    err: [],
  };
  const allowing = <T>(needed: readonly Permission[], value: T): T => {
    for (const name of needed) {
      if (fake.kept.some((kept) => !kept.includes(name))) throw new Error(`'${name}' was given up`);
    }
    return value;
  };
  const mayRun = (): boolean => fake.kept.every((kept) => kept.includes("run"));
  const withLock = locksIn(fake);
  let salts = 0;
  let parentProgram: Promise<string | undefined> | undefined;
  const world: World = {
    version: () => Promise.resolve("1.2.3"),
    windows: false,
    env: (name) => allowing(["env"], env[name]),
    now: () => fake.clock.now,
    localTime: (at) => at.toISOString().slice(0, 16).replace("T", " "),

    realPath: (path) => allowing(["read"], setup.links?.[path] ?? path),
    readText: (path) => allowing(["read"], fake.files.get(placeOf(path, fake.files, setup.links))),
    updateTexts: (paths, edit) =>
      Promise.try(() => allowing(["read", "write"], saveIn(fake, setup))(paths, edit)),
    checkReplaceable: () => allowing(["read", "write"], undefined),
    refuseReadOnly: () => allowing(["read"], undefined),
    looseMode: () => allowing(["read"], undefined),
    takesLocks: () => Promise.resolve(allowing(["read"], true)),
    removeOwn: (folders, _files, dry = false) => {
      const all = [...allowing(["write"], fake.files).keys()]
        .filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)));
      const removed = all.filter((path) => isDisposable(path.slice(path.lastIndexOf("/") + 1)));
      if (!dry) { for (const path of removed) fake.files.delete(path); }
      return Promise.resolve({ removed, left: all.filter((path) => !removed.includes(path)) });
    },
    windowsAccessList: () => Promise.resolve(allowing(["run"], undefined)),
    fileInfo: (path) =>
      allowing(["read"], fake.files).has(path) ? { linkTo: setup.links?.[path], modified: NOW } : undefined,
    listFolder: (path) => allowing(["read"], namesIn(fake.files, path)),
    checkPrivateFolder: () => allowing(["read"], undefined),
    readPrivateText: (path) => allowing(["read"], fake.files.get(path)),
    withLock: (path, work) => allowing(["read", "write"], withLock)(path, work),
    appendText: (path, text) => {
      fake.files.set(path, (allowing(["write"], fake.files).get(path) ?? "") + text);
      fake.saves.push(path);
    },

    parseYaml: (text, path) => Promise.try(() => parseYaml(text, path)),
    runForText: async (command, seconds) => {
      fake.commands.push(allowing(["run"], command));
      const wished = Number(/^(\d+)m$/.exec(env["AWSMFA_CODE_TIMEOUT"] ?? "")?.[1] ?? 0.5) * 60;
      if (seconds !== wished) throw new Error(`a code command has ${wished} seconds, not ${seconds}`);
      if (setup.codeCommand === undefined) throw new Error("no program may be run");
      return await setup.codeCommand(command);
    },
    runProgram: (program, variables) => {
      fake.programs.push(allowing(["run", "env"], { program, variables }));
      return Promise.resolve(setup.exitCode ?? 0);
    },
    editCopy: async (path, text, editor, whenAtOnce) => {
      fake.edits.push(allowing(["read", "write", "run"], { path, text, editor }));
      if (setup.editor === undefined) throw new Error("no editor may be started");
      const edited = await setup.editor(text);
      if (setup.savedLater === undefined) return edited;
      await whenAtOnce?.();
      return setup.savedLater;
    },
    leftCopies: () => Promise.resolve(fake.left),
    removeCopy: (folder) => {
      fake.left.splice(fake.left.findIndex((each) => each.folder === folder), 1);
      return Promise.resolve();
    },
    ownCommand: () => Promise.resolve(["/usr/local/bin/awsmfa"]),
    withPrivateFile: async (folder, name, text, work) => {
      const path = `${folder}/exec-1/${name}`;
      fake.files.set(allowing(["read", "write"], path), text);
      try {
        return await work(path);
      } finally {
        fake.files.delete(path);
      }
    },
    syntaxSoFar: () =>
      syntaxOf(shellAmong([parentProgram && setup.parentProgram, env["SHELL"]], false)) ?? "posix",
    parentProgram: () => parentProgram ??= Promise.resolve(mayRun() ? setup.parentProgram : undefined),

    sleep: (milliseconds) => {
      fake.sleeps.push(milliseconds);
      fake.clock.now = new Date(fake.clock.now.getTime() + milliseconds);
      return Promise.resolve();
    },
    hash: async (text) => {
      const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
      return new Uint8Array(digest).toHex();
    },
    salt: () => `salt-${++salts}`,

    interactive: setup.answers !== undefined,
    piped: setup.stdin !== undefined,
    ask: (question) => {
      fake.questions.push(question);
      return Promise.resolve(answers.shift());
    },
    askKeyId: (question) => {
      fake.questions.push(question);
      return Promise.resolve(answers.shift());
    },
    askHidden: (question) => {
      fake.questions.push(question);
      return Promise.resolve(answers.shift());
    },
    canPick: setup.picks !== undefined,
    pick: (question, choices) => {
      fake.questions.push(question);
      fake.offered.push(choices);
      const name = picks.shift();
      return Promise.resolve(choices.findIndex((choice) => choice.name === name)).then((i) =>
        i < 0 ? undefined : i
      );
    },
    readLine: () => Promise.resolve(setup.stdin ?? ""),
    out: (text) => void fake.out.push(text),
    colour: false,
    columns: 80,
    err: (text) => void fake.err.push(text),
    showWaiting: (_label, work) => work,

    keepPermissions: (needed) => void fake.kept.push(needed),
    keepHosts: ({ region }) => Promise.resolve(region !== "xx-new-1"),
    mayReach: (host) => /(^|\.)(amazonaws\.com|localhost)(:\d+)?$/.test(host),
    clockAheadSeconds: () => Promise.resolve(setup.clockAheadSeconds ?? 0),
    prepareCalls: () => Promise.try(() => setup.prepareCalls?.()),
    caller: (access) => {
      fake.identityCalls.push(allowing(["net"], access));
      return Promise.try(() => ({
        arn: setup.callerArn === undefined ? ALICE : setup.callerArn(),
        clockAheadSeconds: setup.clockAheadSeconds ?? 0,
        via: setup.via ?? "direct",
      }));
    },
    listMfaDevices: (access) => {
      fake.deviceLists.push(allowing(["net"], access));
      return Promise.try(() => (setup.mfaDevices ?? (() => [ALICES_DEVICE]))().map(enabledDevice));
    },
    accessKeyCreated: (access) => {
      fake.keyLists.push(allowing(["net"], access));
      return Promise.try(setup.keyCreated ?? (() => new Date("2026-08-12T09:00:00Z")));
    },
    listAccessKeys: noIam,
    accessKeyLastUse: noIam,
    createAccessKey: noIam,
    setAccessKeyActive: noIam,
    deleteAccessKey: noIam,
    sessionWithoutMfa: (access, seconds) => {
      fake.withoutMfa.push(allowing(["net"], access));
      const session = sessionNumber(fake.sessions.length + 1, seconds, fake.clock.now);
      fake.sessions.push(session);
      return Promise.resolve(session);
    },
    requestSession: (access, request) => {
      fake.requests.push(allowing(["net"], { access, request }));
      return Promise.try(() => {
        setup.sts?.(access, request);
        const session = sessionNumber(fake.sessions.length + 1, request.seconds, fake.clock.now);
        fake.sessions.push(session);
        return session;
      });
    },
    assumeRole: (access, request) => {
      fake.roleRequests.push(allowing(["net"], { access, request }));
      return Promise.try(() => {
        if (!access.keys.sessionToken && request.mfa === undefined && !setup.rolesWithoutMfa) throw WANTS_MFA;
        setup.assumeRole?.(access, request);
        const role = roleNumber(fake.roles.length + 1, request, fake.clock.now);
        fake.roles.push(role);
        return role;
      });
    },
    ...setup.but,
  };
  return { ...fake, world };
}

/** tests/support/fake_iam.ts has one. */
function noIam(): never {
  throw new Error("this world has no IAM");
}

/** Virtual and hardware devices were all assigned on one day. */
function enabledDevice(serial: string): MfaDevice {
  return { serial, enabledAt: new Date("2025-03-01T00:00:00Z") };
}

function namesIn(files: ReadonlyMap<string, string>, folder: string): string[] {
  const below = [...files.keys()].filter((path) => path.startsWith(`${folder}/`))
    .map((path) => path.slice(folder.length + 1).replace(/\/.*$/, ""));
  return [...new Set(below)].toSorted();
}

/** One at a time for each path, in the order in which they came. */
function locksIn({ locks }: Pick<FakeWorld, "locks">): World["withLock"] {
  const last = new Map<string, Promise<unknown>>();
  return async (path, work) => {
    const before = last.get(path);
    const mine = (async () => {
      await before;
      locks.push(path);
      return await work();
    })();
    last.set(path, mine.catch(() => {}));
    return await mine;
  };
}

/** Behind a link to a file that is in the world. */
function placeOf(path: string, files: ReadonlyMap<string, string>, links: FakeSetup["links"]): string {
  const target = links?.[path];
  return target === undefined || files.has(path) ? path : target;
}

/** As the adapter does it: `edit` sees what is there, and again where that changed before the save. */
function saveIn(
  { files, saves }: Pick<FakeWorld, "files" | "saves">,
  { meanwhile = () => {}, links }: Pick<FakeSetup, "meanwhile" | "links">,
): (paths: readonly string[], edit: FilesEdit) => void {
  const interrupts = [meanwhile];
  const real = (path: string): string => placeOf(path, files, links);
  return (paths, edit) => {
    for (;;) {
      const before = paths.map((path) => files.get(real(path)));
      const changes = edit(before);
      interrupts.shift()?.(files);
      if (paths.some((path, i) => files.get(real(path)) !== before[i])) continue;
      for (const { path, text } of changes) {
        if (files.get(real(path)) === text) continue;
        saves.push(text === undefined ? `-${path}` : path);
        if (text === undefined) files.delete(path);
        else files.set(real(path), text);
      }
      return;
    }
  };
}
