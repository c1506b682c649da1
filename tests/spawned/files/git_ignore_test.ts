import assert from "node:assert/strict";
import { works } from "../../support/needs.ts";
import { openStage } from "../../support/stage.ts";
import { GIT_IGNORE_ROWS } from "../../support/git_ignore_rows.ts";
import { makeHome } from "../../support/home.ts";

const git = { ignore: !works(["git", "--version"]) };

Deno.test({
  ...git,
  name: "git itself leaves out what awsmfa says that it does",
  fn: async () => {
    for (const [files, isIgnored] of GIT_IGNORE_ROWS) {
      await using home = makeHome();
      await home.run("git", ["init", "-q", home.file("repo")]);
      home.write("repo/aws/credentials_backup", "");
      for (const { folder, text } of files) home.write(["repo", ...folder, ".gitignore"].join("/"), text);
      const said = await home.run("git", [
        "-C",
        home.file("repo"),
        "check-ignore",
        "-q",
        "aws/credentials_backup",
      ]);
      assert.equal(said.code === 0, isIgnored, JSON.stringify(files));
    }
  },
});

Deno.test({
  ...git,
  name:
    "in a dotfiles repository git takes no session, and the backup is told: once at a login, and by doctor",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    const repository = home.file("dotfiles");
    await home.run("git", ["init", "-q", repository]);
    home.write("dotfiles/.gitignore", "credentials\n*.lock\n");
    Deno.renameSync(home.file(".aws"), home.file("dotfiles/aws"));
    Deno.symlinkSync("dotfiles/aws", home.file(".aws"));
    const line = "/aws/credentials_backup_by_awsmfa";
    const first = await stage.login();
    assert.match(
      first.stderr,
      new RegExp(`^note: .* lies in the git work tree ${repository}, .*add the line ${line} to `, "m"),
    );
    assert.doesNotMatch((await stage.login()).stderr, /git work tree/);
    const added = async (): Promise<string> => {
      const ran = await home.run("git", ["-C", repository, "add", "-A", "--dry-run"]);
      assert.equal(ran.code, 0, ran.stderr);
      return ran.stdout;
    };
    assert.deepEqual((await added()).trim().split("\n"), ["add '.gitignore'", `add '${line.slice(1)}'`]);
    const doctor = async (): Promise<string> => (await stage.awsmfa(["doctor", "--offline"])).stdout;
    assert.match(
      await doctor(),
      new RegExp(`^problem +backup .*\\n +fix: add the line ${line} to ${repository}/.gitignore$`, "m"),
    );
    home.write("dotfiles/.gitignore", `credentials\n*.lock\n${line}\n`);
    assert.doesNotMatch(await doctor(), /git work tree/);
    assert.equal((await added()).trim(), "add '.gitignore'");
  },
});
