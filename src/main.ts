import config from "../deno.json" with { type: "json" };
import { run } from "./cli.ts";
import {
  appendText,
  checkPrivateFolder,
  checkReplaceable,
  fileInfo,
  listFolder,
  looseMode,
  readText,
} from "./adapters/files.ts";
import { withLock } from "./adapters/lock.ts";
import { updateTexts } from "./adapters/update_texts.ts";
import { parentProgram, runForText, runProgram } from "./adapters/processes.ts";
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

const world: World = {
  windows: Deno.build.os === "windows",
  env: (name) => Deno.env.get(name),
  now: () => new Date(),
  localTime: formatLocalTime,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  hash,
  salt: () => crypto.randomUUID(),

  readText,
  updateTexts: (paths, edit) => updateTexts(paths, edit, sayWaiting),
  checkReplaceable,
  looseMode,
  fileInfo,
  listFolder,
  checkPrivateFolder,
  withLock: (path, work) => withLock(path, work, sayWaiting),
  appendText,

  runForText: (command, seconds) => runForText(command, seconds, isInteractive()),
  runProgram,
  parentProgram,

  interactive: isInteractive(),
  ask: (question) => {
    // A call follows the answer: what it needs is loaded while a person types.
    void import("./adapters/sts.ts");
    return ask(question);
  },
  readLine: async () => await readFirstLine() ?? "",
  out: (text) => writeAll(Deno.stdout, text),
  colour: hasColour(),
  columns: columnsOfTerminal(),
  err: (text) => writeAll(Deno.stderr, text),
  showWaiting,

  keepPermissions,
  mayReach,
  // The SDK is loaded on the way to a call, and not before.
  caller: async (access) => (await import("./adapters/sts.ts")).caller(access),
  requestSession: async (access, request) =>
    (await import("./adapters/sts.ts")).requestSession(access, request),
  listMfaDevices: async (access) => (await import("./adapters/iam.ts")).listMfaDevices(access),
  accessKeyCreated: async (access) => (await import("./adapters/iam.ts")).accessKeyCreated(access),
  assumeRole: async (access, request) => (await import("./adapters/sts.ts")).assumeRole(access, request),
};

Deno.exit(await run(Deno.args, world, config.version));
