import { run } from "./cli.ts";
import {
  appendText,
  checkPrivateFolder,
  checkReplaceable,
  fileInfo,
  listFolder,
  looseMode,
  readText,
  refuseReadOnly,
} from "./adapters/files.ts";
import { withLock } from "./adapters/lock.ts";
import { resolveLinks } from "./adapters/paths.ts";
import { holdTexts, updateTexts } from "./adapters/update_texts.ts";
import { keepPermissions, mayReach } from "./adapters/permissions.ts";
import {
  ask,
  columnsOfTerminal,
  hasColour,
  isInteractive,
  readFirstLine,
  showWaiting,
  writeAll,
} from "./adapters/terminal.ts";
import { hash } from "./adapters/hash.ts";
import { formatLocalTime } from "./adapters/clock.ts";
import type { World } from "./world.ts";

const sayWaiting = (): void => writeAll(Deno.stderr, "waiting for another awsmfa to finish ...\n");

// What few commands need is loaded on the way to it, and not before: the SDK above all.
const world: World = {
  version: async () => (await import("../deno.json", { with: { type: "json" } })).default.version,
  windows: Deno.build.os === "windows",
  env: (name) => Deno.env.get(name),
  now: () => new Date(),
  localTime: formatLocalTime,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  hash,
  salt: () => crypto.randomUUID(),

  realPath: resolveLinks,
  readText,
  updateTexts: (paths, edit) => updateTexts(paths, edit, sayWaiting),
  holdTexts: (paths, work) => holdTexts(paths, work, sayWaiting),
  checkReplaceable,
  refuseReadOnly,
  looseMode,
  fileInfo,
  listFolder,
  checkPrivateFolder,
  withLock: (path, work) => withLock(path, work, sayWaiting),
  appendText,
  parseYaml: async (text, path) => (await import("./adapters/yaml.ts")).parseYaml(text, path),

  runForText: async (command, seconds) =>
    (await import("./adapters/processes.ts")).runForText(command, seconds, isInteractive()),
  editCopy: async (path, text, editor) => (await import("./adapters/editor.ts")).editCopy(path, text, editor),
  runProgram: async (program, variables) =>
    (await import("./adapters/processes.ts")).runProgram(program, variables),
  parentProgram: async () => (await import("./adapters/processes.ts")).parentProgram(),

  interactive: isInteractive(),
  ask: (question) => {
    // A call follows the answer: what it needs is loaded while a person types.
    void import("./adapters/sts.ts");
    return ask(question);
  },
  askHidden: async (question) => (await import("./adapters/keyboard.ts")).askHidden(question),
  canPick: isInteractive() && Deno.env.get("TERM") !== "dumb",
  pick: async (question, choices) =>
    (await import("./adapters/keyboard.ts")).pick(question, choices, !Deno.env.get("NO_COLOR")),
  readLine: async () => await readFirstLine() ?? "",
  out: (text) => writeAll(Deno.stdout, text),
  colour: hasColour(),
  columns: columnsOfTerminal(),
  err: (text) => writeAll(Deno.stderr, text),
  showWaiting,

  keepPermissions,
  mayReach,
  caller: async (access) => (await import("./adapters/sts.ts")).caller(access),
  requestSession: async (access, request) =>
    (await import("./adapters/sts.ts")).requestSession(access, request),
  listMfaDevices: async (access) => (await import("./adapters/iam.ts")).listMfaDevices(access),
  accessKeyCreated: async (access) => (await import("./adapters/iam.ts")).accessKeyCreated(access),
  assumeRole: async (access, request) => (await import("./adapters/sts.ts")).assumeRole(access, request),
};

Deno.exit(await run(Deno.args, world));
