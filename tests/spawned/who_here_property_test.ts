import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { run } from "../../src/cli.ts";
import { CONFIG, CREDENTIALS, type FakeWorld, fakeWorld } from "../support/fake_world.ts";
import { handedOutIn, OWN_PROFILE, readHandedOut } from "../../src/domain/handed_out.ts";
import { javascriptSdk } from "../support/consumers.ts";
import { needs } from "../support/needs.ts";
import { cleanEnvironment } from "../../scripts/program.ts";
import { askProgram } from "../../scripts/record_readers/ask_program.ts";
import { seededRandom } from "../support/seeded_random.ts";

const ORACLE = fileURLToPath(new URL("../support/botocore_who.py", import.meta.url));
const STATES = Number(Deno.env.get("AWSMFA_WHO_STATES") ?? 300);

/** What botocore is told, and what it answers. */
interface State {
  readonly files: Record<string, string>;
  readonly env: Record<string, string>;
  readonly profile?: string;
}
interface Answer {
  readonly error?: string;
  /** The key id that signs; of a role the source's, a blank and the ARN. */
  readonly key?: string;
  readonly region?: string | null;
  readonly endpoint?: string;
}

/** What a program has in the place of a command, with its variables; "said" is all of stderr. */
interface Outcome {
  readonly before: State;
  readonly after: State | undefined;
  readonly said: string;
  readonly what: string;
  readonly owners: ReadonlyMap<string, string>;
  /** What came of it has no region and no endpoint. */
  readonly isKeyAlone?: boolean;
  /** It is about the user whose keys a role is assumed with. */
  readonly isUserAlone?: boolean;
  /** The session of keys that were in the environment: what env could not say of settings it said then. */
  readonly isOfGoneKeys: boolean;
}

const BOTOCORE = ["python3", ORACLE] as const;
const [deno = "", ...denoArgs] = javascriptSdk.command;
const JAVASCRIPT = [
  deno,
  ...denoArgs.slice(0, -1),
  "--allow-write",
  fileURLToPath(new URL("../support/javascript_who.ts", import.meta.url)),
] as const;

/** npx puts the folder of node first, which may hide the python that has boto3. */
function ask(command: readonly [string, ...string[]], states: readonly State[]): Promise<Answer[]> {
  return askProgram<Answer>(command, states, cleanEnvironment("/nowhere"));
}

const keys = (id: string): string =>
  `aws_access_key_id = ${id}\naws_secret_access_key = secret/of/${id}/0123456789012345678\n`;
const arn = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
type Choose = <T>(choices: readonly T[]) => T;

function chooser(seed: number): Choose {
  const { integer } = seededRandom(seed);
  return (choices) => {
    const chosen = choices[integer(choices.length)];
    if (chosen === undefined) throw new Error("no choices");
    return chosen;
  };
}

/** Profiles in the layouts of the design's table; each name has its own user. */
function filesOf(choose: Choose): Record<string, string> {
  let credentials = "";
  let config = "";
  for (const name of ["default", "prod", "dev"]) {
    const id = `AKIA${name.toUpperCase()}`;
    const header = name === "default" ? "[default]\n" : `[profile ${name}]\n`;
    const other = choose(["default", "prod", "dev"].filter((each) => each !== name));
    const settings = choose(["", "", "region = eu-west-1\n", "region = us-west-2\n"]) +
      choose(["", "", "", `endpoint_url = http://localhost:${choose(["4566", "4567"])}\n`]);
    switch (
      choose([
        "keys",
        "keys",
        "keys",
        "config",
        "beside",
        "role",
        "role and keys",
        "settings",
        "stray",
        "none",
      ])
    ) {
      case "keys":
        credentials += `[${name}]\n${keys(id)}`;
        config += settings === "" ? "" : header + settings;
        break;
      case "config":
        config += header + keys(id) + settings;
        break;
      case "beside":
        credentials += `[${name}]\n${keys(id)}[${name}-long-term]\n${keys("AKIABESIDE")}`;
        break;
      case "role":
        config += `${header}role_arn = ${arn(name)}\nsource_profile = ${other}\n${settings}`;
        break;
      case "role and keys":
        credentials += `[${name}]\n${keys(id)}`;
        config += `${header}role_arn = ${arn(name)}\nsource_profile = ${other}\n${settings}`;
        break;
      case "stray":
        credentials += `[${name}]\n${keys(id)}`;
        config += `${header}source_profile = ${other}\n${settings}`;
        break;
      case "settings":
        config += header + settings;
        break;
    }
  }
  return { [CREDENTIALS]: credentials, [CONFIG]: config };
}

function envOf(choose: Choose): Record<string, string> {
  const some = (name: string, values: (string | undefined)[]): Record<string, string> => {
    const value = choose(values.map((each) => ({ value: each }))).value;
    return value === undefined ? {} : { [name]: value };
  };
  const ENV = {
    AWS_ACCESS_KEY_ID: "AKIAENV",
    AWS_SECRET_ACCESS_KEY: "secret/of/env/0123456789012345678901234",
  };
  return {
    ...some("AWS_PROFILE", [undefined, undefined, "prod", "dev", "nobody"]),
    ...some("AWS_DEFAULT_PROFILE", [undefined, undefined, undefined, undefined, "prod", "dev"]),
    ...some("AWS_REGION", [undefined, undefined, undefined, "ap-south-1"]),
    ...some("AWS_DEFAULT_REGION", [undefined, undefined, undefined, "ap-south-2"]),
    ...choose([{}, {}, {}, {}, ENV, { AWS_ACCESS_KEY_ID: "AKIAENV" }, { AWS_SECRET_ACCESS_KEY: "x" }, {
      ...ENV,
      AWS_ACCESS_KEY_ID: "ASIASTRANGE",
      AWS_SESSION_TOKEN: "strange",
    }]),
  };
}

/** A world whose STS gives sessions that tell whose they are. */
function worldOf(files: Record<string, string>): { fake: FakeWorld; owners: Map<string, string> } {
  const owners = new Map<string, string>();
  let count = 0;
  const session = (
    owner: string,
    seconds: number,
  ): { accessKeyId: string; secretAccessKey: string; sessionToken: string; expiration: Date } => {
    const accessKeyId = `ASIA${String(++count).padStart(16, "2")}`;
    owners.set(accessKeyId, owner);
    return {
      accessKeyId,
      secretAccessKey: "s".repeat(40),
      sessionToken: `token-${count}`,
      expiration: new Date(fake.clock.now.getTime() + seconds * 1000),
    };
  };
  const ownerOf = (id: string): string => owners.get(id) ?? id;
  const fake = fakeWorld({
    files,
    codeCommand: () => "123456",
    but: {
      requestSession: ({ keys: { accessKeyId } }, { seconds }) =>
        Promise.resolve(session(accessKeyId, seconds)),
      assumeRole: ({ keys: { accessKeyId } }, { roleArn, seconds }) => {
        const owner = `${ownerOf(accessKeyId)} ${roleArn}`;
        return Promise.resolve({
          ...session(owner, seconds),
          principalArn: roleArn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/x",
        });
      },
    },
  });
  return { fake, owners };
}

async function story(seed: number): Promise<Outcome> {
  const choose = chooser(seed);
  const files = filesOf(choose);
  const { fake, owners } = worldOf(files);
  const shell: Record<string, string> = { HOME: "/home/alice", ...envOf(choose) };
  const command = async (args: readonly string[]): Promise<{ code: number; said: string; out: string }> => {
    fake.out.length = 0;
    fake.err.length = 0;
    fake.kept.length = 0;
    const code = await run([...args], { ...fake.world, env: (name) => shell[name] });
    return { code, said: fake.err.join(""), out: fake.out.join("") };
  };
  const take = (out: string): void => {
    for (const [, name = "", value] of out.matchAll(/^(?:export|unset) (\w+)(?:='(.*)')?;$/gm)) {
      if (value === undefined) delete shell[name];
      else shell[name] = value;
    }
  };
  const codes = ["--code-command", "x"];
  const steps = choose<readonly (readonly string[])[]>([
    [],
    [],
    [["login", "-p", "prod", ...codes]],
    [["login", "-p", "default", ...codes]],
    [["env", "-s", "sh", "-p", "dev", ...codes]],
    [["env", "-s", "sh", ...codes]],
    [["env", "-s", "sh", "-p", "prod", ...codes], ["env", "-s", "sh", "--unset"]],
    [["env", "-s", "sh", "-p", "prod", ...codes], ["env", "-s", "sh", "-p", "dev", ...codes]],
  ]);
  for (const step of steps) {
    const { code, out } = await command(step);
    if (code === 0 && step[0] === "env") take(out);
  }
  const { name: named } = choose<{ name?: string }>([{}, {}, { name: "prod" }, { name: "dev" }]);
  const told = (): Record<string, string> =>
    Object.fromEntries(Object.entries(shell).filter(([name]) => name !== "HOME"));
  const now = (): Record<string, string> => ({
    credentials: fake.files.get(CREDENTIALS) ?? "",
    config: fake.files.get(CONFIG) ?? "",
  });
  // What env handed out is no wish of the person, and what it could not say it said then.
  const handed = handedOutIn((name) => shell[name]);
  const asked = named ?? (handed?.keyId === undefined ? handed?.set.get(OWN_PROFILE) : undefined);
  const marked = readHandedOut((name) => shell[name])?.set;
  const wishes = asked === undefined
    ? told()
    : Object.fromEntries(Object.entries(told()).filter(([name, value]) => marked?.get(name) !== value));
  const before: State = { files: now(), env: wishes, ...(asked === undefined ? {} : { profile: asked }) };
  let privateConfig: string | undefined;
  const original = fake.world.runProgram;
  const spying = {
    ...fake.world,
    env: (name: string) => shell[name],
    runProgram: (program: readonly string[], variables: Parameters<typeof original>[1]) => {
      const path = variables.get("AWS_CONFIG_FILE");
      privateConfig = path === undefined ? undefined : fake.files.get(path);
      return original(program, variables);
    },
  };
  fake.out.length = 0;
  fake.err.length = 0;
  fake.kept.length = 0;
  const by = choose(["exec", "exec", "env", "credential-process", "link", "devices"] as const);
  const args = [
    by,
    ...(by === "env" ? ["-s", "sh"] : by === "link" ? ["tool"] : []),
    ...(named === undefined ? [] : ["-p", named]),
    ...(by === "link" || by === "devices" ? [] : codes),
    ...(by === "exec" ? ["--", "x"] : []),
  ];
  const code = await run(args, spying);
  const what = `seed ${seed}: ${JSON.stringify(steps)} ${args.join(" ")} ${JSON.stringify(told())}\n${
    before.files["credentials"]
  }\n${before.files["config"]}`;
  const common = {
    before,
    said: fake.err.join(""),
    what,
    owners,
    isOfGoneKeys: named === undefined && handed?.keyId !== undefined,
  };
  if (code !== 0) return { ...common, after: undefined };
  if (by === "devices") {
    const id = fake.deviceLists.at(-1)?.keys.accessKeyId ?? "none";
    const env = { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: "x" };
    return { ...common, after: { files: {}, env }, isKeyAlone: true, isUserAlone: true };
  }
  if (by === "link") {
    // Programs ask it from anywhere, without this shell's variables.
    const [, line = ""] = /^credential_process = \S+ (credential-process.*)$/m.exec(now()["config"] ?? "") ??
      [];
    fake.out.length = 0;
    fake.kept.length = 0;
    const other = { ...fake.world, env: (name: string) => name === "HOME" ? shell[name] : undefined };
    assert.equal(await run([...line.split(" "), ...codes], other), 0, what);
  }
  if (by === "credential-process" || by === "link") {
    const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(fake.out.join(""));
    const env = {
      AWS_ACCESS_KEY_ID: AccessKeyId,
      AWS_SECRET_ACCESS_KEY: SecretAccessKey,
      AWS_SESSION_TOKEN: SessionToken,
    };
    return { ...common, after: { files: {}, env }, isKeyAlone: true };
  }
  if (by === "env") {
    take(fake.out.join(""));
    return { ...common, after: { files: now(), env: told() }, isKeyAlone: false };
  }
  const variables = fake.programs.at(-1)?.variables;
  if (variables === undefined) throw new Error(`no program was run: ${what}`);
  const env = { ...told() };
  for (const [name, value] of variables) {
    if (value === undefined) delete env[name];
    else env[name] = value;
  }
  return { ...common, after: { files: { ...now(), private: privateConfig ?? "" }, env }, isKeyAlone: false };
}

Deno.test({
  ...needs("boto3"),
  name:
    `in ${STATES} states exec, env and credential-process are who botocore is in the same place, in the same region and endpoint, or say so; and the SDK for JavaScript is the same`,
  fn: async () => {
    const outcomes = [];
    for (let seed = 1; seed <= STATES; seed++) outcomes.push(await story(seed));
    const befores = await ask(BOTOCORE, outcomes.map(({ before }) => before));
    const withAfter = outcomes.filter(({ after }) => after !== undefined);
    const states = withAfter.flatMap(({ after }) => after ?? []);
    const [afters, inJavascript] = [await ask(BOTOCORE, states), await ask(JAVASCRIPT, states)];
    const silent: string[] = [];
    const refused = new Map<string, number>();
    let same = 0;
    for (const [i, outcome] of outcomes.entries()) {
      const [was, is] = [befores[i] ?? {}, afters[withAfter.indexOf(outcome)] ?? {}];
      const inSdk = inJavascript[withAfter.indexOf(outcome)] ?? {};
      const ownerOf = (key: string | undefined): string =>
        (key ?? "").split(" ").map((word) => outcome.owners.get(word) ?? word).join(" ")
          .replace(outcome.isUserAlone ? / .*/ : /$^/, "");
      if (outcome.after === undefined) {
        const why = outcome.said.split("\n")[0]?.replace(/'[^']*'|\/\S+/g, "...") ?? "";
        if (was.error === undefined) refused.set(why, (refused.get(why) ?? 0) + 1);
        assert.notEqual(outcome.said, "", "a refusal says why");
        continue;
      }
      const differs = was.error !== undefined
        ? `the tools stop: ${was.error}`
        : ownerOf(was.key) !== ownerOf(is.key)
        ? `user: ${ownerOf(was.key)} there, ${ownerOf(is.key)} here`
        // botocore does not know the variable that is for all tools where the profile has no region.
        : outcome.isOfGoneKeys || outcome.isKeyAlone
        ? undefined
        : was.region !== is.region && !(was.region === null && is.region === outcome.before.env["AWS_REGION"])
        ? `region: ${was.region} there, ${is.region} here`
        : was.region === is.region && was.endpoint !== is.endpoint
        ? `endpoint: ${was.endpoint} there, ${is.endpoint} here`
        : undefined;
      // What it leaves is the same for both.
      assert.equal(
        inSdk.key,
        is.key,
        `the SDK for JavaScript is ${inSdk.key ?? inSdk.error}: ${outcome.what}`,
      );
      if (differs === undefined) same++;
      else if (outcome.said === "") silent.push(`${differs}\n${outcome.what}`);
    }
    if (Deno.env.get("AWSMFA_COUNTS")) {
      // deno-lint-ignore no-console
      console.error(
        { same, silent: silent.length, refused: [...refused] },
        silent.slice(0, 12).join("\n---\n"),
      );
    }
    assert.equal(silent.length, 0, silent.slice(0, 3).join("\n---\n"));
    assert.ok(same > STATES / 4, `${same} states are the same`);
  },
});
