import { run } from "./cli/run.ts";
import { hintIn, visible, visibleLines } from "./errors.ts";
import type { World } from "./world.ts";
import { shellAmong, syntaxOf } from "./domain/shell/shell_of_program.ts";
import type { ShellSyntax } from "./domain/shell/shell_word.ts";
import { resolveLinks } from "./adapters/disk/paths.ts";
import { keepPermissions, mayReach } from "./adapters/disk/permissions.ts";
import { checkReplaceable } from "./adapters/files/check_replaceable.ts";
import {
  appendText,
  fileInfo,
  listFolder,
  looseMode,
  readText,
  refuseReadOnly,
} from "./adapters/files/files.ts";
import { checkPrivateFolder, readPrivateText } from "./adapters/files/private_folder.ts";
import { warnOnce } from "./adapters/files/save_warnings.ts";
import { type Telling, updateTexts } from "./adapters/files/update_texts.ts";
import { withLock } from "./adapters/locks/lock.ts";
import { formatLocalTime } from "./adapters/system/clock.ts";
import { hash } from "./adapters/system/hash.ts";
import { homeOfUser } from "./adapters/system/home_of_user.ts";
import { ignoredAtStart, prepareToEnd } from "./adapters/system/signals.ts";
import { readVariable } from "./adapters/system/variable.ts";
import {
  ask,
  canDraw,
  columnsOfTerminal,
  hasColour,
  isInteractive,
  isPiped,
  readFirstLine,
  showWaiting,
  writeErr,
  writeOut,
} from "./adapters/terminal/terminal.ts";

/** Seconds that somebody waits for another process. */
const PATIENCE = 60;
// Who sits at a terminal can end it; what a tool started, there too, is waited for by that tool.
const isEndless = isInteractive() && !Deno.args.includes("credential-process");
const telling: Telling = {
  waiting: {
    onWait: (holder) =>
      writeErr(`waiting for ${holder} to finish${isEndless ? "" : `, for ${PATIENCE}s at most`} ...\n`),
    seconds: isEndless ? Infinity : PATIENCE,
    // Its command word alone: what stands behind it may be a code.
    command: ["awsmfa", ...Deno.args.filter((arg) => /^[a-z]+(-[a-z]+)?$/.test(arg)).slice(0, 1)].join(" "),
  },
  warn: warnOnce((says, hint) =>
    writeErr(`warning: ${visible(says)}\nhint: ${hintIn(hint, syntaxSoFar())}\n`)
  ),
};

prepareToEnd((code) => Deno.exit(code));

// The SDK's own packages listen to signals: which ones were ignored at the start can't be told afterwards.
const loadSts = async (): Promise<typeof import("./adapters/aws/sts.ts")> => {
  ignoredAtStart();
  return await import("./adapters/aws/sts.ts");
};
const loadIam = async (): Promise<typeof import("./adapters/aws/iam.ts")> => {
  ignoredAtStart();
  return await import("./adapters/aws/iam.ts");
};
const loadIamKeys = async (): Promise<typeof import("./adapters/aws/iam_keys.ts")> => {
  ignoredAtStart();
  return await import("./adapters/aws/iam_keys.ts");
};

const loadConfig = async (): Promise<{ version: string; permissions: { awsmfa: { net: string[] } } }> =>
  (await import("../deno.json", { with: { type: "json" } })).default;

let parentProgram: Promise<string | undefined> | undefined;
let parentSoFar: string | undefined;
const findParentProgram = async (): Promise<string | undefined> =>
  parentSoFar = (await import("./adapters/processes/process_tree.ts")).parentProgram();
const syntaxSoFar = (): ShellSyntax =>
  syntaxOf(shellAmong([parentSoFar, readVariable("SHELL")], Deno.build.os === "windows")) ?? "posix";

// Asked at the start, since commands give the permission up.
const homeWithoutVariable = await homeOfUser();

// What few commands need is loaded on the way to it, and not before: the SDK above all.
const world: World = {
  version: async () => (await loadConfig()).version,
  windows: Deno.build.os === "windows",
  env: (name) => name === "HOME" ? readVariable(name) || homeWithoutVariable : readVariable(name),
  now: () => new Date(),
  localTime: formatLocalTime,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  hash,
  salt: () => crypto.randomUUID(),

  realPath: resolveLinks,
  readText,
  updateTexts: (paths, edit) => updateTexts(paths, edit, telling),
  checkReplaceable: (paths) => checkReplaceable(paths, telling.warn),
  refuseReadOnly,
  looseMode,
  takesLocks: async (path) => (await import("./adapters/locks/takes_locks.ts")).takesLocks(path),
  windowsAccessList: async (path) =>
    (await import("./adapters/files/windows_access.ts")).windowsAccessList(path),
  fileInfo,
  listFolder,
  checkPrivateFolder,
  readPrivateText,
  removeOwn: async (folders, files, dry = false) =>
    (await import("./adapters/files/remove_own.ts")).removeOwn(folders, files, dry, telling.waiting),
  withLock: (path, work) => withLock(path, work, telling.waiting),
  appendText,
  parseYaml: async (text, path) => (await import("./adapters/files/yaml.ts")).parseYaml(text, path),

  runForText: async (command, seconds, variables) =>
    (await import("./adapters/processes/run_for_text.ts")).runForText(
      command,
      seconds,
      variables,
      Deno.args.includes("credential-process"),
    ),
  editCopy: async (path, text, editor, whenAtOnce) =>
    (await import("./adapters/processes/editor.ts")).editCopy(path, text, editor, whenAtOnce),
  leftCopies: async (path) => (await import("./adapters/processes/editor.ts")).leftCopies(path),
  removeCopy: async (folder) => (await import("./adapters/processes/editor.ts")).removeCopy(folder),
  runProgram: async (program, variables, afterwards = []) =>
    (await import("./adapters/processes/run_program.ts")).runProgram(program, variables, {
      giveUp: (but) => keepPermissions([...but, ...afterwards]),
    }),
  syntaxSoFar,
  parentProgram: () => parentProgram ??= findParentProgram(),
  ownCommand: async () => (await import("./adapters/system/own_command.ts")).ownCommand(),
  withPrivateFile: async (folder, name, text, work) =>
    await (await import("./adapters/files/private_file.ts")).withPrivateFile(folder, name, text, work),

  interactive: isInteractive(),
  piped: isPiped(),
  ask: (question) => {
    // A call follows the answer: what it needs is loaded while a person types.
    void loadSts();
    return ask(visibleLines(question));
  },
  askKeyId: async (question) =>
    canDraw()
      ? (await import("./adapters/terminal/keyboard.ts")).askKeyId(question)
      : ask(visibleLines(question)),
  askHidden: async (question) => (await import("./adapters/terminal/keyboard.ts")).askHidden(question),
  canPick: isInteractive() && canDraw(),
  pick: async (question, choices) =>
    (await import("./adapters/terminal/keyboard.ts")).pick(question, choices, !Deno.env.get("NO_COLOR")),
  readLine: async () => await readFirstLine() ?? "",
  out: writeOut,
  colour: hasColour(),
  columns: columnsOfTerminal(),
  err: (text) => writeErr(visibleLines(text)),
  showWaiting,

  keepPermissions,
  keepHosts: async (targets) => {
    const { keepHosts } = await import("./adapters/network/keep_hosts.ts");
    return keepHosts(targets, (await loadConfig()).permissions.awsmfa.net);
  },
  mayReach,
  prepareCalls: async (access) => (await import("./adapters/network/way.ts")).prepareCalls(access),
  clockAheadSeconds: async () => (await loadSts()).clockAheadSeconds(),
  caller: async (access) => (await loadSts()).caller(access),
  sessionWithoutMfa: async (access, seconds) => (await loadSts()).sessionWithoutMfa(access, seconds),
  requestSession: async (access, request) => (await loadSts()).requestSession(access, request),
  listMfaDevices: async (access) => (await loadIam()).listMfaDevices(access),
  accessKeyCreated: async (access) => (await loadIam()).accessKeyCreated(access),
  listAccessKeys: async (access, user) => (await loadIamKeys()).listAccessKeys(access, user),
  accessKeyLastUse: async (access, id) => (await loadIamKeys()).accessKeyLastUse(access, id),
  createAccessKey: async (access, user) => (await loadIamKeys()).createAccessKey(access, user),
  setAccessKeyActive: async (access, user, id, active) =>
    (await loadIamKeys()).setAccessKeyActive(access, user, id, active),
  deleteAccessKey: async (access, user, id) => (await loadIamKeys()).deleteAccessKey(access, user, id),
  assumeRole: async (access, request) => (await loadSts()).assumeRole(access, request),
};

Deno.exit(await run(Deno.args, world));
