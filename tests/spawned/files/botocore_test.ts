import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { keyOfRenamed } from "../../../src/domain/aws_files/renamed_name.ts";
import { messyFile } from "../../support/messy_files.ts";
import { needs } from "../../support/needs.ts";
import { seededRandom } from "../../support/seeded_random.ts";
import { openStage } from "../../support/stage.ts";

const SCRIPT = fileURLToPath(new URL("../../support/botocore_read.py", import.meta.url));
const SEED = Number(Deno.env.get("AWSMFA_FILES_SEED") ?? Date.now() % 1_000_000);
const FILES = 30;

type Sections = Record<string, Record<string, string>>;

Deno.test({
  ...needs("boto3"),
  name: `botocore reads the session and everything else as before, from ${FILES} untidy files`,
  fn: async () => {
    await using stage = await openStage();
    const { home, user } = stage;
    const random = seededRandom(SEED);
    const names = Array.from({ length: FILES }, (_, i) => `files/${i}`);
    for (const name of names) {
      const text = messyFile(random, user);
      home.write(`${name}.before`, text);
      home.write(name, text);
      const env = { AWS_SHARED_CREDENTIALS_FILE: home.file(name) };
      await stage.login(["-p", "target", "--serial", user.serial], { env });
      Deno.copyFileSync(home.file(name), home.file(`${name}.during`));
      await stage.restore([], { env });
      assert.equal(home.read(name), text, `AWSMFA_FILES_SEED=${SEED}: ${name} byte for byte as before`);
    }

    const paths = names.flatMap((name) => [home.file(`${name}.before`), home.file(`${name}.during`)]);
    const ran = await home.run("python3", [SCRIPT, ...paths]);
    assert.equal(ran.code, 0, `AWSMFA_FILES_SEED=${SEED}: ${ran.stderr}`);
    const read: Sections[] = JSON.parse(ran.stdout);
    for (const i of names.keys()) {
      const where = `AWSMFA_FILES_SEED=${SEED}: file ${i}`;
      const { target: before = {}, ...othersBefore } = read[2 * i] ?? {};
      const { target: during = {}, ...othersDuring } = read[2 * i + 1] ?? {};
      assert.equal(before.aws_secret_access_key, user.secretAccessKey, where);
      assert.deepEqual(othersDuring, othersBefore, where);
      const { aws_access_key_id: id, aws_secret_access_key: secret, aws_session_token: token, ...rest } =
        during;
      assert.match(id ?? "", /^ASIA[A-Z2-7]{16}$/, where);
      assert.match(secret ?? "", /^\S{40}$/, where);
      assert.match(token ?? "", /^\S{300,}$/, where);
      const { x_security_token_expires: until, awsmfa_session: _mark, ...kept } = rest;
      assert.match(until ?? "", /Z$/, where);
      const { aws_access_key_id: _, aws_secret_access_key: __, aws_session_token: ___, ...keptBefore } =
        before;
      // What it would ask before it looks at the session has another name.
      const named = Object.entries(kept).map(([key, value]) => [keyOfRenamed(key) ?? key, value]);
      assert.deepEqual(Object.fromEntries(named), keptBefore, where);
    }
  },
});
