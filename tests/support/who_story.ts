import assert from "node:assert/strict";
import { run } from "../../src/cli/run.ts";
import { handedOutIn, OWN_PROFILE, readHandedOut } from "../../src/domain/sessions/handed_out.ts";
import { allFilesOf, chooser, envOf, overwrite, worldOf } from "./who_states.ts";

/** What botocore and the SDK for JavaScript are asked, with the paths of the tests' home. */
export interface State {
  readonly files: Record<string, string>;
  readonly env: Record<string, string>;
  readonly profile?: string;
}

/** What came of a command in some state, and what to ask about it. */
export interface Outcome {
  readonly by: By;
  /** Who is here, before it. */
  readonly before: State;
  /** Who it acted as, or who a program is after it; undefined where it was refused. */
  readonly after: State | undefined;
  /** All of stderr; of doctor what is not ok. */
  readonly said: string;
  /** To be read by people, where something is wrong. */
  readonly what: string;
  /** Whose the sessions are that awsmfa got: the key id, for a role a blank and its ARN. */
  readonly owners: ReadonlyMap<string, string>;
  /** The owners of the sessions that it took away. */
  readonly removed: readonly string[];
  /** What came of it has no region and no endpoint. */
  readonly isKeyAlone: boolean;
  /** It is about the user whose keys a role is assumed with. */
  readonly isUserAlone: boolean;
  /** The session of keys that were in the environment: what env could not say of settings it said then. */
  readonly isOfGoneKeys: boolean;
}

const COMMANDS = [
  "exec",
  "exec",
  "env",
  "credential-process",
  "link",
  "devices",
  "login",
  "logout",
  "status",
  "doctor",
] as const;
type By = typeof COMMANDS[number];

const CODES = ["--code-command", "x"];
type Step = readonly string[] | "another's keys" | "another's session";
const STEPS: readonly (readonly Step[])[] = [
  [],
  [],
  [["login", "-p", "prod", ...CODES]],
  [["login", "-p", "default", ...CODES]],
  [["login", "-p", "prod", ...CODES], "another's session"],
  [["login", "-p", "prod", ...CODES], "another's keys"],
  [["env", "-s", "sh", "-p", "prod", ...CODES], "another's session"],
  [["env", "-s", "sh", "-p", "dev", ...CODES]],
  [["env", "-s", "sh", ...CODES]],
  [["env", "-s", "sh", "-p", "prod", ...CODES], ["env", "-s", "sh", "--unset"]],
  [["env", "-s", "sh", "-p", "prod", ...CODES], ["env", "-s", "sh", "-p", "dev", ...CODES]],
];

/** A state, what was done before in it, and one command: all of it chosen by the seed. */
export async function tellStory(seed: number): Promise<Outcome> {
  const choose = chooser(seed);
  const { fake, owners } = worldOf(allFilesOf(choose));
  const shell: Record<string, string> = { HOME: "/home/alice", ...envOf(choose) };
  let privateConfig: Record<string, string> = {};
  const runProgram = fake.world.runProgram;
  const world = {
    ...fake.world,
    env: (name: string) => shell[name],
    runProgram: (program: readonly string[], variables: Parameters<typeof runProgram>[1]) => {
      const path = variables.get("AWS_CONFIG_FILE");
      privateConfig = path === undefined ? {} : { [path]: fake.files.get(path) ?? "" };
      return runProgram(program, variables);
    },
  };
  const command = async (args: readonly string[], env = world.env): Promise<number> => {
    fake.out.length = 0;
    fake.err.length = 0;
    fake.kept.length = 0;
    return await run([...args], { ...world, env });
  };
  const take = (): void => {
    for (
      const [, name = "", value] of fake.out.join("").matchAll(/^(?:export|unset) (\w+)(?:='(.*)')?;$/gm)
    ) {
      if (value === undefined) delete shell[name];
      else shell[name] = value;
    }
  };
  const steps = choose(STEPS);
  let saidAtLogin = "";
  for (const step of steps) {
    if (step === "another's keys") overwrite(fake, "keys");
    else if (step === "another's session") overwrite(fake, "session");
    else if (await command(step) === 0 && step[0] === "env") take();
    if (step[0] === "login") saidAtLogin += fake.err.join("");
  }

  const by = choose(COMMANDS);
  const { name: named } = choose<{ name?: string }>(
    by === "status" ? [{}] : [{}, {}, { name: "prod" }, { name: "dev" }],
  );
  const told = (): Record<string, string> =>
    Object.fromEntries(Object.entries(shell).filter(([name]) => name !== "HOME"));
  const files = (): Record<string, string> => Object.fromEntries(fake.files);
  // What env handed out is no wish of the person, and what it could not say it said then.
  const handed = handedOutIn(world.env);
  const asked = named ?? (handed?.keyId === undefined ? handed?.set.get(OWN_PROFILE) : undefined);
  const marked = readHandedOut(world.env)?.set;
  const wishes = asked === undefined
    ? told()
    : Object.fromEntries(Object.entries(told()).filter(([name, value]) => marked?.get(name) !== value));
  const before = stateOf(files(), wishes, asked);
  const idsBefore = idsIn(owners, fake.files);

  fake.identityCalls.length = 0;
  fake.deviceLists.length = 0;
  const args = [by, ...argumentsOf(by, named)];
  const code = await command(args);
  const ids = idsIn(owners, fake.files);
  const common = {
    by,
    before,
    // A login says of tools once what is so of the files.
    said: (by === "login" ? saidAtLogin : "") + fake.err.join(""),
    what: `seed ${seed}: ${JSON.stringify(steps)} ${args.join(" ")} ${JSON.stringify(told())}\n${
      Object.entries(before.files).filter(([path]) => !path.endsWith(".json"))
        .map(([path, text]) => `# ${path}\n${text}`).join("")
    }`,
    owners,
    removed: [...idsBefore].filter((id) => !ids.has(id)).map((id) => owners.get(id) ?? id),
    isOfGoneKeys: named === undefined && handed?.keyId !== undefined,
    isKeyAlone: false,
    isUserAlone: false,
  };
  // It says what is wrong by its exit code, too.
  if (by === "doctor" && fake.out.length > 0) {
    const { checks } = JSON.parse(fake.out.join(""));
    const said = checks.filter(({ state }: { state: string }) => state !== "ok")
      .map(({ says }: { says: string }) => says).join("\n");
    const after = keyState(fake.identityCalls.at(-1)?.keys.accessKeyId);
    return { ...common, said: common.said + said, after, isKeyAlone: true, isUserAlone: true };
  }
  if (code !== 0) return { ...common, after: undefined };
  switch (by) {
    case "devices": {
      const after = keyState(fake.deviceLists.at(-1)?.keys.accessKeyId);
      return { ...common, after, isKeyAlone: true, isUserAlone: true };
    }
    case "link": {
      // Programs ask it from anywhere, without this shell's variables but those that name the files.
      const config = fake.files.get(shell["AWS_CONFIG_FILE"] ?? "/home/alice/.aws/config") ?? "";
      const [, line = ""] = /^credential_process = \S+ (credential-process.*)$/m.exec(config) ?? [];
      const env = (name: string): string | undefined => /^HOME$|_FILE$/.test(name) ? shell[name] : undefined;
      assert.equal(
        await command([...line.split(" "), ...CODES], env),
        0,
        `${fake.err.join("")}${common.what}`,
      );
      return { ...common, after: processState(fake.out.join("")), isKeyAlone: true };
    }
    case "credential-process":
      return { ...common, after: processState(fake.out.join("")), isKeyAlone: true };
    case "env":
      take();
      return { ...common, after: stateOf(files(), told()) };
    case "exec": {
      const variables = fake.programs.at(-1)?.variables;
      if (variables === undefined) throw new Error(`no program was run: ${common.what}`);
      const env = { ...told() };
      for (const [name, value] of variables) {
        if (value === undefined) delete env[name];
        else env[name] = value;
      }
      return { ...common, after: stateOf({ ...files(), ...privateConfig }, env) };
    }
    case "login":
    case "logout":
      return { ...common, after: stateOf(files(), told(), named) };
    default:
      return { ...common, after: claimed(fake.out.join(""), before, told()), isKeyAlone: true };
  }
}

function argumentsOf(by: By, named: string | undefined): string[] {
  const profile = named === undefined ? [] : ["-p", named];
  switch (by) {
    case "env":
      return ["-s", "sh", ...profile, ...CODES];
    case "link":
      return ["tool", ...profile];
    case "exec":
      return [...profile, ...CODES, "--", "x"];
    case "devices":
    case "logout":
      return profile;
    case "status":
    case "doctor":
      return [...profile, "--json"];
    case "login":
    case "credential-process":
      return [...profile, ...CODES];
  }
}

/** Whom the first line of status says that this shell is. */
function claimed(json: string, before: State, env: Record<string, string>): State {
  const here: string = JSON.parse(json).here;
  if (here.includes("in neither file")) return stateOf({}, { AWS_PROFILE: "nobody" });
  const [, profile] = /^profile '([^']*)'/.exec(here) ?? [];
  const without = (names: RegExp): Record<string, string> =>
    Object.fromEntries(Object.entries(env).filter(([name]) => !names.test(name)));
  if (profile === undefined) return stateOf({}, without(/PROFILE/));
  return stateOf(before.files, without(/ACCESS_KEY|SESSION_TOKEN|PROFILE/), profile);
}

function stateOf(files: Record<string, string>, env: Record<string, string>, profile?: string): State {
  return { files, env, ...(profile === undefined ? {} : { profile }) };
}

/** Undefined where AWS was asked nothing. */
function keyState(id: string | undefined): State {
  return stateOf({}, id === undefined ? {} : { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: "x" });
}

/** A program that has what credential_process printed. */
function processState(json: string): State {
  const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(json);
  const env = {
    AWS_ACCESS_KEY_ID: AccessKeyId,
    AWS_SECRET_ACCESS_KEY: SecretAccessKey,
    AWS_SESSION_TOKEN: SessionToken,
  };
  return { files: {}, env };
}

/** The sessions that are in some file. */
function idsIn(owners: ReadonlyMap<string, string>, files: ReadonlyMap<string, string>): Set<string> {
  const all = [...files.values()].join("\n");
  return new Set([...owners.keys()].filter((id) => all.includes(id)));
}
