import assert from "node:assert/strict";
import { isGitIgnored } from "../../../src/domain/paths/git_ignore.ts";
import { GIT_IGNORE_ROWS } from "../../support/git_ignore_rows.ts";

for (const [files, isIgnored] of GIT_IGNORE_ROWS) {
  Deno.test(`git ${isIgnored ? "leaves out" : "takes"} a file: ${JSON.stringify(files)}`, () => {
    assert.equal(isGitIgnored(["aws", "credentials_backup"], files), isIgnored);
  });
}
