import assert from "node:assert/strict";
import { needs } from "../support/needs.ts";
import { openStage, type Stage } from "../support/stage.ts";

const DOCS = Deno.readTextFileSync(new URL("../../docs/containers.md", import.meta.url));
const BINARY = Deno.env.get("AWSMFA_BIN");

/** The n-th block of a kind. */
function block(kind: string, n = 0): string {
  const blocks = [...DOCS.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\``, "gms"))].map(([, text]) =>
    text
  );
  return blocks[n] ?? assert.fail(`no block ${n} of ${kind}`);
}

Deno.test({
  name: "the executable, seven libraries and /proc are all that a login needs",
  // From source it would be the whole of Deno and its cache.
  ignore: needs("root", "unshare").ignore || BINARY === undefined || Deno.build.arch !== "x86_64",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    const tree = home.file("tree");
    const files = [...DOCS.matchAll(/^\/lib.*$/gm)].map(([file]) => file);
    assert.equal(files.length, 7);
    const copy = files.map(() => `mkdir -p "$0\${1%/*}"; cp -L "$1" "$0$1"; shift`).join("; ");
    const made = await home.run("sh", ["-c", copy, tree, ...files]);
    assert.equal(made.code, 0, made.stderr);
    for (const folder of ["proc", "home/.aws"]) Deno.mkdirSync(`${tree}/${folder}`, { recursive: true });
    Deno.copyFileSync(BINARY ?? "", `${tree}/awsmfa`);
    Deno.copyFileSync(home.file(".aws/credentials"), `${tree}/home/.aws/credentials`);
    const through = [
      "unshare",
      "--mount",
      "sh",
      "-c",
      'mount -t proc proc "$0/proc"; shift; HOME=/home exec chroot "$0" /awsmfa "$@"',
      tree,
    ];
    const env = { PATH: `${Deno.env.get("PATH")}:/usr/sbin:/sbin` };
    const run = async (...args: string[]): Promise<void> => {
      const ran = await stage.awsmfa(args, { through, env });
      assert.equal(ran.code, 0, ran.stderr);
    };
    await run(stage.code());
    assert.match(Deno.readTextFileSync(`${tree}/home/.aws/credentials`), /^aws_session_token = /m);
    await run("exec", "--", "/awsmfa", "--version");
    await run("--restore");
  },
});

Deno.test({
  name: "a user of no database, with a home of the group's, logs in",
  // From source, Deno's cache would have to be the user's, too.
  ignore: needs("root", "setpriv").ignore || BINARY === undefined,
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    const group = home.file("any");
    Deno.mkdirSync(`${group}/.aws`, { recursive: true });
    Deno.copyFileSync(home.file(".aws/credentials"), `${group}/.aws/credentials`);
    Deno.chmodSync(home.path, 0o755);
    for (const [path, mode] of [[group, 0o770], [`${group}/.aws`, 0o770]] as const) {
      Deno.chmodSync(path, mode);
    }
    Deno.chownSync(`${group}/.aws`, 1000650000, 0);
    Deno.chownSync(`${group}/.aws/credentials`, 1000650000, 0);
    const through = ["setpriv", "--reuid=1000650000", "--regid=0", "--clear-groups", "env", `HOME=${group}`];
    const ran = await stage.awsmfa([stage.code()], { through });
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(Deno.readTextFileSync(`${group}/.aws/credentials`), /^aws_session_token = /m);
  },
});

Deno.test({
  ...needs("root", "unshare"),
  name: "on a read-only root a tmpfs for the credentials is enough",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    const run = home.file("run");
    Deno.mkdirSync(run);
    const script = 'mount -t tmpfs -o mode=0700 none "$0"; cp "$1" "$0/credentials"; shift; ' +
      'mount -o remount,ro,bind / 2>/dev/null || mount --bind -o ro "$HOME" "$HOME" || exit 9; "$@"; ' +
      'code=$?; grep -c aws_session_token "$0/credentials" >&2; exit $code';
    const through = ["unshare", "--mount", "sh", "-c", script, run, home.file(".aws/credentials")];
    const env = { AWS_SHARED_CREDENTIALS_FILE: `${run}/credentials` };
    const ran = await stage.awsmfa([stage.code()], { through, env });
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(ran.stderr, /^1$/m);
  },
});

Deno.test("cron's line runs, and asks nobody", async () => {
  await using stage = await openStage();
  await prepare(stage, "backup", "aws");
  const line = block("cron").split("\n").find((each) => each.startsWith("30 "))?.split(" ").slice(5).join(
    " ",
  );
  const ran = await stage.home.run("/bin/sh", ["-c", line ?? ""], {
    env: {
      AWSMFA_CODE_COMMAND: `cat ${stage.home.file("code")}`,
      PATH: `${stage.home.file("bin")}:/usr/bin:/bin`,
    },
  });
  assert.deepEqual(ran, { code: 0, stdout: "s3 sync /srv/data s3://backup\n", stderr: "" });
});

Deno.test({
  ...needs("systemd"),
  name: "systemd takes the units, and the service's line keeps a profile logged in",
  fn: async () => {
    await using stage = await openStage();
    await prepare(stage, "work", "aws");
    const { home } = stage;
    const program = home.file("bin/awsmfa");
    const service = block("ini", 0).replaceAll("/usr/local/bin/awsmfa", program);
    home.write("awsmfa.service", service);
    home.write("awsmfa.timer", block("ini", 1));
    const words = ["verify", "--user", home.file("awsmfa.service"), home.file("awsmfa.timer")];
    const verified = await home.run("systemd-analyze", words, { env: { XDG_RUNTIME_DIR: home.path } });
    assert.deepEqual([verified.code, verified.stderr], [0, ""]);
    await keepsLoggedIn(stage, /^ExecStart=(.*)$/m.exec(service)?.[1]?.split(" ") ?? []);
  },
});

Deno.test({
  ...needs("python3"),
  name: "the property list can be read, and its words keep a profile logged in",
  fn: async () => {
    await using stage = await openStage();
    await prepare(stage, "work", "aws");
    stage.home.write("awsmfa.plist", block("xml"));
    const print = "import json, plistlib, sys; print(json.dumps(plistlib.load(open(sys.argv[1], 'rb'))))";
    const ran = await stage.home.run("python3", ["-c", print, stage.home.file("awsmfa.plist")]);
    const list: { ProgramArguments: string[]; Label: string } = JSON.parse(ran.stdout);
    assert.equal(list.Label, "awsmfa");
    await keepsLoggedIn(stage, list.ProgramArguments);
  },
});

/** The program under its name, another one that prints its words, a profile, and a code for a code command. */
async function prepare(stage: Stage, profile: string, other: string): Promise<void> {
  const { home } = stage;
  const { findProgram } = await import("../../scripts/program.ts");
  const { command, args } = findProgram();
  const words = [command, ...args].map((word) => `'${word}'`).join(" ");
  home.write("bin/awsmfa", `#!/bin/sh\nexec ${words} "$@"\n`);
  home.write(`bin/${other}`, '#!/bin/sh\necho "$@"\n');
  for (const name of ["awsmfa", other]) Deno.chmodSync(home.file(`bin/${name}`), 0o700);
  home.write(".aws/credentials", home.read(".aws/credentials").replace("[default]", `[${profile}]`));
  home.write("code", stage.code());
}

async function keepsLoggedIn(stage: Stage, [, ...args]: string[]): Promise<void> {
  const env = { AWSMFA_CODE_COMMAND: `cat ${stage.home.file("code")}` };
  for (const says of [/^Logged in to 'work'/, /^Already logged in to 'work'/]) {
    const ran = await stage.awsmfa(args, { env });
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(ran.stdout, says);
  }
}
