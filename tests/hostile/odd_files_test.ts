import assert from "node:assert/strict";
import { cachedFile, keepSession } from "../support/cached_session.ts";
import { openStage, type Stage } from "../support/stage.ts";

// A run that waits for a pipe would wait for ever.
const through = ["timeout", "--signal=KILL", "60"];

const FILES = [
  ".aws/credentials",
  ".aws/config",
  ".aws/credentials_backup_by_awsmfa",
];

const KINDS: [what: string, make: (stage: Stage, path: string) => Promise<void>, says: RegExp][] = [
  ["a named pipe", async (stage, path) => {
    assert.equal((await stage.home.run("mkfifo", [path])).code, 0);
  }, /^awsmfa: can't read \S+: it is a named pipe, not a file\nhint: ls -ld \S+ shows it\n$/],
  [
    "a link to /dev/zero",
    (_stage, path) => Promise.resolve(Deno.symlinkSync("/dev/zero", path)),
    /^awsmfa: can't read \S+: it is a device, not a file\n/,
  ],
  [
    "a file of 1 GB",
    (_stage, path) => {
      Deno.writeTextFileSync(path, "", { mode: 0o600 });
      Deno.truncateSync(path, 1024 ** 3);
      return Promise.resolve();
    },
    /^awsmfa: can't read \S+: it has 1024 MB, and awsmfa reads files of at most 10 MB\nhint: is it the right file\? /,
  ],
];

for (const [what, make, says] of KINDS) {
  Deno.test(`${what} in the place of a file is named, and nothing is asked`, async () => {
    for (const name of FILES) {
      await using stage = await openStage();
      const path = stage.home.file(name);
      await Deno.remove(path).catch((error) => assert.ok(error instanceof Deno.errors.NotFound));
      await make(stage, path);
      for (const args of [[stage.code()], ["status"], ["--restore"], ["env"]]) {
        const { code, stderr } = await stage.awsmfa(args, { through });
        assert.equal(code, 5, stderr);
        assert.match(stderr, says);
        assert.ok(stderr.includes(path), stderr);
      }
      const doctor = await stage.awsmfa(["doctor", "--offline"], { through });
      assert.equal(doctor.code, 1, doctor.stderr);
      assert.equal(stage.sts.requests.length, 0);
    }
  });

  Deno.test(`${what} in the place of what awsmfa keeps, or of what is imported, is named`, async () => {
    await using stage = await openStage();
    await keepSession(stage);
    const path = stage.home.file(cachedFile(stage));
    Deno.removeSync(path);
    await make(stage, path);
    for (const args of [["credential-process"], ["import", path]]) {
      const { code, stdout, stderr } = await stage.awsmfa(args, { through });
      assert.deepEqual([code, stdout], [5, ""], stderr);
      assert.match(stderr, says);
    }
  });
}

Deno.test("a file of just 10 MB is read, and one byte more is too much", async () => {
  await using stage = await openStage();
  const most = 10 * 1024 * 1024;
  const line = "#".repeat(1023) + "\n";
  stage.home.write(".aws/config", line.repeat(most / 1024));
  assert.equal((await stage.awsmfa(["status"])).code, 0);
  stage.home.write(".aws/config", `${line.repeat(most / 1024)}#`);
  const { code, stderr } = await stage.awsmfa(["status"]);
  assert.equal(code, 5);
  assert.match(stderr, /it has 10 MB, and awsmfa reads files of at most 10 MB/);
});

Deno.test("/dev/null as one of the files is no file at all, as for the AWS tools", async () => {
  await using stage = await openStage();
  const env = { AWS_CONFIG_FILE: "/dev/null" };
  const status = await stage.awsmfa(["status"], { env });
  assert.equal(status.code, 0, status.stderr);
});

Deno.test("a named pipe as GITHUB_ENV is refused", async () => {
  await using stage = await openStage();
  await keepSession(stage);
  const path = stage.home.file("pipe");
  assert.equal((await stage.home.run("mkfifo", [path])).code, 0);
  const env = { GITHUB_ENV: path };
  const args = ["env", "-s", "github"];
  const { code, stderr } = await stage.awsmfa(args, { through, env, secretsOnStdout: true });
  assert.equal(code, 5);
  assert.match(stderr, /can't save \S+pipe: it is a named pipe, not a file/);
});

Deno.test("a stdout that takes no more is told, and so is what became of it", async () => {
  await using stage = await openStage();
  await keepSession(stage);
  const into = (file: string): string[] => ["sh", "-c", `exec "$@" ${file}`, "sh"];
  for (const args of [["status"], ["env", "-s", "json"], ["doctor", "--offline"], ["--help"]]) {
    const { code, stderr } = await stage.awsmfa(args, { through: into("> /dev/full") });
    assert.equal(code, 5, stderr);
    assert.equal(
      stderr,
      "awsmfa: can't write to stdout: no space left on the disk\n" +
        "hint: what stdout leads to takes no more; what is saved in files stays\n",
    );
  }
  const both = await stage.awsmfa(["status"], { through: into("> /dev/full 2> /dev/full") });
  assert.deepEqual(both, { code: 5, stdout: "", stderr: "" });
});
