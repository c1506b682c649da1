import assert from "node:assert/strict";
import { openStage, type Stage } from "../../support/stage.ts";

const BASHRC = `export PATH=$HOME/bin:$PATH
eval "$(awsmfa completions bash)"
if command -v awsmfa >/dev/null; then
  alias tf='awsmfa exec -- terraform'
fi
`;
const ROLE = "arn:aws:iam::123456789012:role/deploy";

/** Every kind of thing that awsmfa makes. */
async function useEverything(stage: Stage): Promise<void> {
  const { home } = stage;
  stage.sts.addRole({ name: "deploy" });
  home.write(
    ".aws/config",
    `[profile deploy]\nrole_arn = ${ROLE}\nsource_profile = default\nregion = eu-west-1\n`,
  );
  await stage.login();
  for (
    const args of [
      ["--to", "t"],
      ["-p", "deploy"],
      ["link", "linked"],
      ["env", "-s", "json"],
    ]
  ) {
    const { code, stderr } = await stage.awsmfa(args, { secretsOnStdout: true });
    assert.equal(code, 0, `${args.join(" ")}: ${stderr}`);
  }
}

Deno.test("after everything was used, uninstall leaves the home as it was found", async () => {
  await using stage = await openStage();
  const { home } = stage;
  home.write(".bashrc", BASHRC);
  const role = `[profile deploy]\nrole_arn = ${ROLE}\nsource_profile = default\nregion = eu-west-1\n`;
  home.write(".aws/config", role);
  const before = home.snapshot();
  await useEverything(stage);

  const planned = await stage.awsmfa(["uninstall", "--dry-run", "--json"]);
  assert.equal(planned.code, 0, planned.stderr);
  assert.deepEqual(JSON.parse(planned.stdout).links, ["linked"]);

  const { code, stdout, stderr } = await stage.awsmfa(["uninstall"]);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^Profile 'default' has its long-term keys back\.$/m);
  assert.match(stdout, /^Removed the link 'linked'\.$/m);
  assert.match(stdout, /^Remove from \S+\/\.bashrc:2: eval "\$\(awsmfa completions bash\)"$/m);
  assert.match(stdout, /^To remove the program: /m);
  assert.deepEqual(home.snapshot(), before);

  const again = await stage.awsmfa(["uninstall", "--json"]);
  assert.deepEqual([again.code, JSON.parse(again.stdout).removed], [0, []]);
  assert.deepEqual(home.snapshot(), before);
});

Deno.test("with --yes the statements that are for awsmfa alone go, and what would break the rest stays", async () => {
  await using stage = await openStage();
  const { home } = stage;
  home.write(".bashrc", BASHRC);
  home.write(".config/fish/completions/awsmfa.fish", "complete -c awsmfa\n");
  const { code, stdout } = await stage.awsmfa(["uninstall", "--yes"]);
  assert.equal(code, 0);
  assert.match(stdout, /^Removed from \S+\/\.bashrc:2: eval/m);
  assert.match(stdout, /^Remove from \S+\/\.bashrc:3: if command/m);
  assert.equal(
    home.read(".bashrc"),
    "export PATH=$HOME/bin:$PATH\nif command -v awsmfa >/dev/null; then\nfi\n",
  );
  assert.ok(!home.has(".config/fish/completions/awsmfa.fish"));
  assert.ok(!home.has(".bashrc.awsmfa.lock"));
});

Deno.test("what may be nowhere else stays, and is named", async () => {
  await using stage = await openStage();
  const { home } = stage;
  await stage.login();
  home.write(".aws/awsmfa/journal.json", "{}");
  home.write(
    ".aws/credentials",
    "[default]\naws_access_key_id = AKIANEWKEYNEWKEYNEW2\naws_secret_access_key = new/secret\n",
  );
  const { code, stderr } = await stage.awsmfa(["uninstall"]);
  assert.equal(code, 0);
  assert.match(stderr, /credentials_backup_by_awsmfa has keys that were not put back, so it stays/);
  assert.match(stderr, /awsmfa\/journal\.json is not a file that awsmfa can do without, so it stays/);
  assert.ok(home.read(".aws/credentials_backup_by_awsmfa").includes(stage.user.secretAccessKey));
  assert.equal(home.read(".aws/awsmfa/journal.json"), "{}");
});
