import assert from "node:assert/strict";
import { permissionFlags } from "../../../scripts/permissions.ts";
import { findProgram } from "../../../scripts/program.ts";
import { openStage } from "../../support/stage.ts";

Deno.test("the program ships with permission to read, write, run programs, know its user, and reach AWS's own hosts and this machine", () => {
  const flags = permissionFlags();
  assert.deepEqual(flags.map((flag) => flag.replace(/=.*/, "")).sort(), [
    "--allow-env",
    "--allow-net",
    "--allow-read",
    "--allow-run",
    "--allow-sys",
    "--allow-write",
    "--ignore-env",
  ]);
  const listOf = (flag: string): string[] =>
    flags.find((each) => each.startsWith(`${flag}=`))?.split(/[=,]/).slice(1) ?? ["none"];
  assert.deepEqual(listOf("--allow-sys"), ["homedir", "uid"]);
  for (const name of listOf("--allow-env")) assert.match(name, /^[A-Za-z_]+\*?$/);
  const own = /^(localhost|127\.0\.0\.0\/8|\[::1\])$/;
  const aws =
    /^(\*|(sts|sts-fips|iam|iam-fips)(\.[a-z0-9-]+)?)\.([a-z0-9-]+\.)+(com|com\.cn|eu|aws|gov|uk):443$/;
  for (const host of listOf("--allow-net")) assert.ok(own.test(host) || aws.test(host), host);
});

Deno.test("from source it is started with these permissions and no other", () => {
  if (Deno.env.get("AWSMFA_BIN")) return;
  const { args } = findProgram();
  const allowed = args.filter((arg) => /^-A|^--(allow|ignore)|^-P/.test(arg));
  assert.deepEqual(allowed, permissionFlags());
  assert.ok(args.includes("--no-prompt"));
});

Deno.test("a restore asks nobody, wherever the endpoint points", async () => {
  await using stage = await openStage();
  const original = stage.files();
  await stage.login();
  const before = stage.sts.requests.length;
  await stage.restore([], { env: { AWS_ENDPOINT_URL_STS: "https://sts.example.com" } });
  assert.deepEqual(stage.filesOfUser(), original);
  await stage.login();
  await stage.restore();
  assert.equal(stage.sts.requests.length, before + 1, "that of the login between");
});
