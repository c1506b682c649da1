import assert from "node:assert/strict";
import { valuesOf } from "../support/aws_file.ts";
import { needs } from "../support/needs.ts";
import { seededRandom } from "../support/seeded_random.ts";
import { openStage, section, type Stage } from "../support/stage.ts";
import { traceCalls, type TracedCall } from "../support/traced_calls.ts";

// The system says no at any one call of a login, a logout or a restore: no key is lost, what is said is in words, and the
// next command works.

const FILE = ".aws/credentials";
const BACKUP = ".aws/credentials_backup_by_awsmfa";
const FAULTS = Number(Deno.env.get("AWSMFA_FAULTS") ?? 12);
const SEED = Number(Deno.env.get("AWSMFA_FAULT_SEED") ?? Date.now() % 1_000_000);
/** None that the runtime makes to load code, whose number differs from run to run. */
const CALLS =
  "write,pwrite64,fsync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,flock,fchmod," +
  "fchown,chmod,getdents64";
const ERRORS = [
  "EIO",
  "ENOSPC",
  "EACCES",
  "EPERM",
  "EROFS",
  "EDQUOT",
  "ENOENT",
  "EMFILE",
  "ENOTSUP",
] as const;

type Operation = "login" | "restore" | "logout";

Deno.test({
  ...needs("strace"),
  name: `whatever the system refuses in the midst of a command, no key is lost: ${FAULTS} faults`,
  fn: async () => {
    await using stage = await openStage();
    const { home, user } = stage;
    home.write(FILE, `# mine\n[a]\nregion = eu-west-1\n${section("default", user)}\n[z]\nlast = line`);
    const original = home.read(FILE);
    const random = seededRandom(SEED);
    const calls = new Map<Operation, TracedCall[]>();
    for (const operation of ["login", "restore", "login", "logout"] as const) {
      calls.set(operation, await record(stage, operation));
    }
    for (let n = 1; n <= FAULTS; n++) {
      const operation: Operation = isLoggedIn(stage) ? random.pick(["login", "restore", "logout"]) : "login";
      const [first, ...others] = calls.get(operation) ?? [];
      assert.ok(first !== undefined);
      const { name, count } = random.pick([first, ...others]);
      const error = random.pick(ERRORS);
      const inject = `inject=${name}:error=${error}:when=${count}`;
      const how = `fault ${n} of AWSMFA_FAULT_SEED=${SEED}: ${operation}, ${inject}`;
      const strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", `trace=${name}`, "-e", inject];
      // A thread of the runtime that may not wake the first one leaves it waiting for ever: that run is killed.
      const through = [...strace, "timeout", "--signal=KILL", "120"];
      const { code, stderr } = await stage.awsmfa(argsOf(stage, operation), { through });
      try {
        assert.doesNotMatch(stderr, /unexpected/);
        if (code === 0) assert.equal(isLoggedIn(stage), operation === "login");
        assertNothingLost(stage, original);
        await works(stage, isLoggedIn(stage) ? random.pick(["login", "restore"]) : "login");
        assertNothingLost(stage, original);
      } catch (error) {
        throw new Error(`${how}: exit ${code}, ${stderr}`, { cause: error });
      }
    }
    if (isLoggedIn(stage)) await works(stage, "restore");
    assert.equal(home.read(FILE), original, `AWSMFA_FAULT_SEED=${SEED}`);
  },
});

/** The calls of an undisturbed run that have to do with the AWS files, by their path or their descriptor. */
async function record(stage: Stage, operation: Operation): Promise<TracedCall[]> {
  const calls = await traceCalls(stage, argsOf(stage, operation), CALLS);
  return calls.filter(({ line }) => line.includes("/.aws"));
}

async function works(stage: Stage, operation: Operation): Promise<void> {
  const { code, stderr } = await stage.awsmfa(argsOf(stage, operation));
  assert.equal(code, 0, `${operation} afterwards: ${stderr}`);
  assert.equal(isLoggedIn(stage), operation === "login");
}

function argsOf(stage: Stage, operation: Operation): string[] {
  if (operation !== "login") return operation === "restore" ? ["--restore"] : ["logout"];
  return [stage.code(), "-f", "--serial", stage.user.serial];
}

function isLoggedIn({ home }: Stage): boolean {
  return valuesOf(home.read(FILE), "default").aws_access_key_id?.startsWith("ASIA") ?? false;
}

function assertNothingLost({ home, user }: Stage, original: string): void {
  const text = home.read(FILE);
  if (text === original) return;
  const backup = valuesOf(home.read(BACKUP), "default");
  assert.deepEqual(
    [backup.aws_access_key_id, backup.aws_secret_access_key],
    [user.accessKeyId, user.secretAccessKey],
  );
  assert.ok(text.startsWith("# mine\n[a]\nregion = eu-west-1\n") && text.endsWith("\n[z]\nlast = line"));
}
