import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { makeHome } from "../../support/home.ts";
import { needs } from "../../support/needs.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const LINT = `${ROOT}scripts/lint_workflows.py`;
const RELEASE = Deno.readTextFileSync(`${ROOT}.github/workflows/release.yml`);

Deno.test({
  ...needs("yaml"),
  name: "the workflows pin their actions, ask for the least, and show secrets to protected jobs only",
  fn: async () => {
    await using home = makeHome();
    const { code, stdout } = await home.run("python3", [LINT]);
    assert.deepEqual([code, stdout], [0, "2 workflows: nothing found\n"]);
  },
});

const BROKEN: [what: string, from: string | RegExp, to: string, says: RegExp][] = [
  ["an action by tag", /checkout@\w{40} # v[\d.]+/, "checkout@v6", /not pinned by commit/],
  ["more rights for all", "permissions:\n  contents: read", "permissions: write-all", /not 'contents: read'/],
  [
    "more rights for a job",
    "    needs: test\n",
    "    needs: test\n    permissions: { contents: write }\n",
    /compile: permissions/,
  ],
  ["a secret without protection", "    environment: release\n", "", /sees a secret outside/],
  [
    "others' text as code",
    '"$GITHUB_REF_NAME" = ',
    '"${{ github.head_ref }}" = ',
    /an expression inside of a script/,
  ],
  [
    "a token that is kept",
    "persist-credentials: false",
    "persist-credentials: true",
    /checkout keeps the token/,
  ],
  ["a job without an end", "    timeout-minutes: 5\n", "", /no timeout-minutes/],
];
for (const [what, from, to, says] of BROKEN) {
  Deno.test({
    ...needs("yaml"),
    name: `the lint of the workflows finds ${what}`,
    fn: async () => {
      await using home = makeHome();
      const broken = RELEASE.replace(from, to);
      assert.notEqual(broken, RELEASE);
      home.write("release.yml", broken);
      const { code, stdout } = await home.run("python3", [LINT, home.file("release.yml")]);
      assert.equal(code, 1);
      assert.match(stdout, says);
    },
  });
}
