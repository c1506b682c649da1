import assert from "node:assert/strict";
import { needs } from "../support/needs.ts";
import { openStage, section, type Stage } from "../support/stage.ts";
import { traceCalls, type TracedCall } from "../support/traced_calls.ts";

// A command that changes several files, and a system that refuses one step in the midst of it: those that were replaced
// before get their old bytes back, the files that were not reached stay, and nothing is left lying beside them.

const FILES = [".aws/credentials", ".aws/config", ".aws/credentials_backup_by_awsmfa"];
const CALLS = "rename,renameat,renameat2,unlink,unlinkat,fsync";
const ERRORS = ["EIO", "EACCES", "ENOSPC"];

/** What is done, after what, and which files it changes. */
const COMMANDS: [what: string, before: string[] | undefined, args: string[], changes: string[]][] = [
  ["a login in place", undefined, [], [".aws/credentials", ".aws/credentials_backup_by_awsmfa"]],
  ["a restore", [], ["--restore"], [".aws/credentials", ".aws/credentials_backup_by_awsmfa"]],
  ["a login to a role", undefined, ["-p", "admin"], [".aws/credentials", ".aws/config"]],
  ["the logout of a role", ["-p", "admin"], ["logout", "-p", "admin"], [".aws/credentials", ".aws/config"]],
  ["a login that is remembered", undefined, ["--source-profile", "default", "--to", "x", "--save"], [
    ".aws/credentials",
    ".aws/config",
  ]],
];

for (const [what, before, args, changes] of COMMANDS) {
  Deno.test({
    ...needs("strace"),
    name: `${what} that fails at any step changes none of ${changes.length} files`,
    fn: async () => {
      await using stage = await openStage();
      const { home, user, sts } = stage;
      const { arn } = sts.addRole({ name: "admin", trusts: [user.arn] });
      home.write(".aws/credentials", `# mine\n${section("default", user)}\n[z]\nlast = line`);
      home.write(
        ".aws/config",
        `[default]\nregion = us-east-1\n[profile admin]\nrole_arn = ${arn}\nsource_profile = default\n`,
      );
      if (before !== undefined) await stage.login(before);
      const start = snapshotOf(stage);
      const calls = await record(stage, args);
      assert.deepEqual(
        changes.filter((name) => home.snapshot()[name] === start[name]),
        [],
        "all are changed",
      );
      assert.ok(calls.length >= changes.length, JSON.stringify(calls));
      let failures = 0;
      for (const [n, { name, count, line }] of calls.entries()) {
        putBack(stage, start);
        const inject = `inject=${name}:error=${ERRORS[n % ERRORS.length]}:when=${count}`;
        const through = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", `trace=${name}`, "-e", inject];
        const ran = await stage.awsmfa(argsOf(stage, args), { through });
        const how = `${inject} (${line}): ${ran.code}, ${ran.stderr}`;
        // A folder that can't be flushed, where that is no promise, is no failure.
        if (ran.code === 0) continue;
        failures++;
        assert.equal(ran.code, 5, how);
        assert.match(ran.stderr, /^awsmfa: can't (save|remove) /m, how);
        assert.deepEqual(filesOf(stage), only(start), how);
        assert.deepEqual(drafts(stage), [], how);
      }
      assert.ok(failures >= changes.length, `${failures} failures`);
      putBack(stage, start);
      assert.equal((await stage.awsmfa(argsOf(stage, args))).code, 0);
    },
  });
}

function argsOf(stage: Stage, args: readonly string[]): string[] {
  return /^(--restore|logout)$/.test(args[0] ?? "") ? [...args] : [...args, stage.code(), "-f"];
}

/** What an undisturbed run does to the files, in its order. */
async function record(stage: Stage, args: readonly string[]): Promise<TracedCall[]> {
  const calls = await traceCalls(stage, argsOf(stage, args), CALLS);
  // What is tried before anything is saved has a name of its own.
  return calls.filter(({ line }) => /\/\.aws[/>"]/.test(line) && !/\.try-|\.lock|\/awsmfa\//.test(line));
}

function snapshotOf({ home }: Stage): Record<string, string | undefined> {
  return Object.fromEntries(FILES.map((name) => [name, home.snapshot()[name]]));
}

function filesOf(stage: Stage): Record<string, string> {
  return only(snapshotOf(stage));
}

function only(files: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).flatMap(([name, text]): [string, string][] =>
      text === undefined ? [] : [[name, text]]
    ),
  );
}

/** The files as they were; a snapshot has the mode and the bytes of each. */
function putBack({ home }: Stage, start: Record<string, string | undefined>): void {
  for (const [name, entry] of Object.entries(start)) {
    if (entry === undefined) {
      if (home.snapshot()[name] !== undefined) Deno.removeSync(home.file(name));
    } else {
      home.write(name, Uint8Array.fromBase64(entry.split(" ")[1] ?? ""));
    }
  }
}

function drafts({ home }: Stage): string[] {
  return Object.keys(home.snapshot()).filter((name) => /\.awsmfa-|\.try-/.test(name));
}
