// Run by Deno on Windows, with nothing of this project at hand: what people do there, and what came of it, as JSON on
// the last line. stories_test.ts starts it, and says what it should be.

interface Setting {
  readonly command: readonly string[];
  readonly sts: string;
  /** Answers with the next MFA code. */
  readonly codes: string;
  readonly serial: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const setting: Setting = JSON.parse(Deno.args[0] ?? "");
const ROOT = "C:\\awsmfa-stories";
const told: Record<string, unknown> = {};

const nextCode = async (): Promise<string> => await (await fetch(setting.codes)).text();
const keys =
  `aws_access_key_id = ${setting.accessKeyId}\r\naws_secret_access_key = ${setting.secretAccessKey}\r\n`;

async function awsmfa(
  args: readonly string[],
  env: Record<string, string>,
  before: readonly string[] = [],
): Promise<Ran> {
  const [program = "", ...rest] = [...before, ...setting.command, ...args];
  const child = new Deno.Command(program, {
    args: rest,
    env: {
      AWS_ENDPOINT_URL_STS: setting.sts,
      AWS_REGION: "us-east-1",
      AWSMFA_SERIAL: setting.serial,
      ...env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  const { code, stdout, stderr } = await child.output();
  const [out = "", err = ""] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, stdout: out.replaceAll("\r\n", "\n"), stderr: err.replaceAll("\r\n", "\n") };
}

/** A home with a credentials file, and the environment that leads there. */
function makeHome(folder: string, text: string): { file: string; env: Record<string, string> } {
  Deno.mkdirSync(`${folder}\\.aws`, { recursive: true });
  const file = `${folder}\\.aws\\credentials`;
  Deno.writeTextFileSync(file, text);
  return { file, env: { USERPROFILE: folder } };
}

const names = (folder: string): string[] => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

async function story(name: string, tell: () => Promise<unknown>): Promise<void> {
  told[name] = await tell();
}

await story("login and restore", async () => {
  const found: Record<string, unknown> = {};
  for (const folder of ["Ünï çødé", "R&D (x86)", "a b\\c%d"]) {
    const text = `# Schlüssel\r\n[default]\r\n${keys}region = eu-west-1\r\n\r\n[other]\r\nx = 1`;
    const { file, env } = makeHome(`${ROOT}\\${folder}`, text);
    const login = await awsmfa([await nextCode()], env);
    const during = Deno.readTextFileSync(file);
    const restore = await awsmfa(["--restore"], env);
    found[folder] = {
      codes: [login.code, restore.code],
      hasToken: during.includes("aws_session_token = "),
      hasBareLineFeed: /[^\r]\n/.test(during),
      isSame: Deno.readTextFileSync(file) === text,
    };
  }
  return found;
});

await story("a drive's root", async () => {
  const found: Record<string, unknown> = {};
  const file = "C:\\awsmfa-creds";
  const editor = `${ROOT}\\keep.cmd`;
  Deno.writeTextFileSync(editor, "@exit /b 0\r\n");
  Deno.chdir(ROOT);
  for (const path of [file, `\\\\?\\${file}`]) {
    Deno.writeTextFileSync(file, `[default]\r\n${keys}`);
    const env = { USERPROFILE: ROOT, AWS_SHARED_CREDENTIALS_FILE: path };
    const edit = await awsmfa(["edit", "credentials", "--editor", editor], env);
    const login = await awsmfa([await nextCode()], env);
    const restore = await awsmfa(["--restore"], env);
    found[path] = {
      codes: [edit.code, login.code, restore.code],
      isSame: Deno.readTextFileSync(file) === `[default]\r\n${keys}`,
      left: names("C:\\").filter((name) => name.startsWith("awsmfa-creds")),
    };
  }
  for (const name of names("C:\\").filter((name) => /^(\.awsmfa-)?awsmfa-creds/.test(name))) {
    Deno.removeSync(`C:\\${name}`, { recursive: true });
  }
  return found;
});

await story("commands in quotes", async () => {
  const { env } = makeHome(`${ROOT}\\quotes`, `[default]\r\n${keys}`);
  const folder = `${ROOT}\\Program Files (x86)\\e & d`;
  Deno.mkdirSync(folder, { recursive: true });
  Deno.writeTextFileSync(`${folder}\\edit.cmd`, "@echo edited %~f1\r\n");
  Deno.writeTextFileSync(`${folder}\\code.cmd`, `@echo ${await nextCode()}\r\n`);
  const edited = async (editor: string): Promise<unknown> => {
    const { code, stdout } = await awsmfa(["edit", "credentials"], { ...env, EDITOR: editor });
    return [code, /^edited .*\\credentials\.awsmfa-[0-9a-f-]{36}\\credentials$/m.test(stdout)];
  };
  return {
    bare: await edited(`"${folder}\\edit.cmd"`),
    "for cmd": await edited(`echo first & "${folder}\\edit.cmd"`),
    code: (await awsmfa(["--code-command", `"${folder}\\code.cmd"`], env)).code,
  };
});

await story("a file in use", async () => {
  const { file, env } = makeHome(`${ROOT}\\in use`, `[default]\r\n${keys}`);
  const held = Deno.openSync(file);
  setTimeout(() => held.close(), 1500);
  const login = await awsmfa([await nextCode()], env);
  return [login.code, Deno.readTextFileSync(file).includes("aws_session_token")];
});

await story("programs", async () => {
  const { env } = makeHome(`${ROOT}\\programs`, `[default]\r\n${keys}`);
  await awsmfa([await nextCode()], env);
  Deno.writeTextFileSync(`${ROOT}\\seven.cmd`, "@if defined AWS_SESSION_TOKEN exit /b 7\r\n");
  Deno.writeTextFileSync(`${ROOT}\\text.txt`, "no program\r\n");
  const text = await awsmfa(["exec", "--", `${ROOT}\\text.txt`], env);
  return {
    cmd: (await awsmfa(["exec", "--", `${ROOT}\\seven.cmd`], env)).code,
    text: [text.code, text.stderr.split("\n").slice(0, 2)],
    missing: (await awsmfa(["exec", "--", "no-such-program"], env)).code,
  };
});

await story("env in cmd", async () => {
  const { env } = makeHome(`${ROOT}\\env`, `[default]\r\n${keys}`);
  await awsmfa([await nextCode()], env);
  Deno.writeTextFileSync(
    `${ROOT}\\env.cmd`,
    `@for /f "delims=" %%i in ('${
      setting.command.join(" ")
    } env') do @%%i\r\n@echo %AWS_ACCESS_KEY_ID:~0,4%\r\n`,
  );
  const { code, stdout } = await awsmfa([], env, ["cmd", "/c", `${ROOT}\\env.cmd`]);
  return [code, stdout.trim()];
});

await story("eight at once", async () => {
  const profiles = Array.from({ length: 8 }, (_, i) => `p${i}`);
  const text = profiles.map((name) => `[${name}]\r\n${keys}`).join("");
  const { file, env } = makeHome(`${ROOT}\\eight`, text);
  const first = await awsmfa(["-p", "p0", await nextCode()], env);
  const rest = await Promise.all(profiles.slice(1).map((name) => awsmfa(["-p", name], env)));
  const restore = await awsmfa(["--restore"], env);
  return [[first, ...rest, restore].map(({ code }) => code), Deno.readTextFileSync(file) === text];
});

await story("a home that is none", async () => {
  makeHome(`${ROOT}\\both`, `[here]\r\n${keys}`);
  makeHome(`${ROOT}\\msys`, `[there]\r\n${keys}`);
  Deno.mkdirSync(`${ROOT}\\file`, { recursive: true });
  Deno.writeTextFileSync(`${ROOT}\\file\\.aws`, "");
  const both = await awsmfa(["status"], { USERPROFILE: `${ROOT}\\both`, HOME: `${ROOT}\\msys` });
  const file = await awsmfa(["status"], { USERPROFILE: `${ROOT}\\file` });
  return {
    both: [both.stdout.includes("here"), both.stdout.includes("there")],
    file: [file.code, file.stderr.split("\n", 1)[0]],
  };
});

await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify(told)}\n`));
