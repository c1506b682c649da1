import assert from "node:assert/strict";
import { canMount, mountSmallDisk } from "../../support/machine.ts";
import { openStage, section, type Stage, type StageRun } from "../../support/stage.ts";

const KIB = 1024;

// dash counts blocks of 512 bytes, bash of 1024: 8 or 16 KiB.
const through = ["sh", "-c", 'trap "" XFSZ; ulimit -f 16; exec "$@"', "sh"];

// Which file meets the end of the disk depends on what is in the way: the section, or the rest of the file.
const FILES: [title: string, size: number, text: (stage: Stage) => string][] = [
  ["the backup", 20 * KIB, ({ user }) => section("default", user) + comment(20 * KIB)],
  ["the credentials file", 20 * KIB, ({ user }) => `${section("default", user)}[b]\n${comment(20 * KIB)}`],
];

for (const [title, size, text] of FILES) {
  Deno.test({
    // The limit on file sizes, below, is for everybody.
    ignore: !canMount(),
    name: `a full disk leaves every file as it was, and nothing beside: ${title} does not fit`,
    fn: async () => {
      await using stage = await openStage();
      // A page for each of the small files, and room for the big one but not for two of it.
      using _disk = mountSmallDisk(stage.home.file(".aws"), size / KIB + 16);
      stage.home.write(".aws/credentials", text(stage));
      await assertNoRoom(
        stage,
        /no space left on the disk\nhint: df -h shows how full it is; nothing was changed\n$/,
      );
    },
  });

  Deno.test(`a limit on file sizes leaves every file as it was, and nothing beside: ${title}`, async () => {
    await using stage = await openStage();
    stage.home.write(".aws/credentials", text(stage));
    const files = stage.files();
    const reason = /the file size limit is exceeded\nhint: ulimit -f shows the limit; nothing was changed\n$/;
    await assertNoRoom(stage, reason, { through });
    await stage.login();
    await assertNoRoom(stage, reason, { through });
    await assertNoRoom(stage, reason, { through }, ["--restore"]);
    await stage.restore();
    assert.deepEqual(stage.filesOfUser(), files);
  });
}

async function assertNoRoom(
  stage: Stage,
  stderr: RegExp,
  options: StageRun = {},
  args: readonly string[] = [stage.code()],
): Promise<void> {
  const before = stage.files();
  const ran = await stage.awsmfa(args, options);
  assert.deepEqual([ran.code, ran.stdout], [5, ""], ran.stderr);
  assert.match(ran.stderr, /^awsmfa: can't save \S+\/credentials(_backup_by_awsmfa)?: /);
  assert.match(ran.stderr, stderr);
  assert.deepEqual(stage.files(), before);
}

function comment(size: number): string {
  return `# ${"x".repeat(61)}\n`.repeat(size / 64);
}
