import config from "../deno.json" with { type: "json" };
import { run } from "./cli.ts";
import { checkReplaceable, looseMode, readText, updateTexts } from "./adapters/files.ts";
import { keepPermissions, mayReach } from "./adapters/permissions.ts";
import { ask, isInteractive, readFirstLine, showWaiting, writeAll } from "./adapters/terminal.ts";
import { formatLocalTime } from "./adapters/clock.ts";
import type { World } from "./world.ts";

const world: World = {
  windows: Deno.build.os === "windows",
  env: (name) => Deno.env.get(name),
  now: () => new Date(),
  localTime: formatLocalTime,

  readText,
  updateTexts: (paths, edit) =>
    updateTexts(paths, edit, () => world.err("waiting for another awsmfa to finish ...\n")),
  checkReplaceable,
  looseMode,

  interactive: isInteractive(),
  ask,
  readLine: async () => await readFirstLine() ?? "",
  out: (text) => writeAll(Deno.stdout, text),
  err: (text) => writeAll(Deno.stderr, text),
  showWaiting,

  keepPermissions,
  mayReach,
  // The SDK is loaded on the way to a call, and not before.
  callerArn: async (access) => (await import("./adapters/sts.ts")).callerArn(access),
  requestSession: async (access, request) =>
    (await import("./adapters/sts.ts")).requestSession(access, request),
};

Deno.exit(await run(Deno.args, world, config.version));
