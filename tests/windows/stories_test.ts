import assert from "node:assert/strict";
import { startLocalSts } from "../../scripts/local_sts/server.ts";

/**
 * Windows in Wine, made ready by ../shared/tools/wine, and what was compiled for it: .ci/run sets these where they are
 * there.
 */
const [WINE, WINE_C, WINE_DENO, EXE, BUNDLE] = [
  "WINE",
  "WINE_C",
  "WINE_DENO",
  "AWSMFA_WINDOWS_EXE",
  "AWSMFA_BUNDLE",
].map((name) => Deno.env.get(name));
const isHere = ![WINE, WINE_C, WINE_DENO, EXE, BUNDLE].includes(undefined);

/** The two that are told apart: the executable has a Deno of its own. */
const PROGRAMS: [what: string, command: string[]][] = [
  ["the executable", ["C:\\awsmfa-windows\\awsmfa.exe"]],
  ["the bundle in Deno for Windows", [
    WINE_DENO ?? "",
    "run",
    "--quiet",
    "--no-prompt",
    // All of them as flags are more than a line of cmd's can hold.
    "--no-lock",
    "--config=C:\\awsmfa-windows\\deno.json",
    "-P=awsmfa",
    "C:\\awsmfa-windows\\bundle\\main.js",
  ]],
];

for (const [what, command] of PROGRAMS) {
  Deno.test({ name: `on Windows: ${what}`, ignore: !isHere, fn: () => tellAll(command) });
}

async function tellAll(command: readonly string[]): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const drive = `${WINE_C}/awsmfa-windows`;
  Deno.mkdirSync(`${drive}/bundle`, { recursive: true });
  stack.defer(() => {
    for (const path of [drive, `${WINE_C}/awsmfa-stories`]) Deno.removeSync(path, { recursive: true });
  });
  Deno.copyFileSync(EXE ?? "", `${drive}/awsmfa.exe`);
  for (const { name } of Deno.readDirSync(BUNDLE ?? "")) {
    Deno.copyFileSync(`${BUNDLE}/${name}`, `${drive}/bundle/${name}`);
  }
  Deno.copyFileSync(new URL("inside.ts", import.meta.url), `${drive}/inside.ts`);
  Deno.copyFileSync(new URL("../../deno.json", import.meta.url), `${drive}/deno.json`);
  Deno.mkdirSync(`${WINE_C}/awsmfa-stories`, { recursive: true });

  const sts = await startLocalSts();
  stack.defer(() => sts.close());
  const user = sts.addUser();
  const codes = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response(sts.code(user.serial)),
  );
  stack.defer(() => codes.shutdown());

  const setting = JSON.stringify({
    ...user,
    command,
    sts: sts.url,
    codes: `http://127.0.0.1:${codes.addr.port}`,
  });
  const inside = ["run", "--quiet", "--no-check", "-A", "C:\\awsmfa-windows\\inside.ts", setting];
  const { stdout, stderr, success } = await new Deno.Command(WINE ?? "", {
    args: [WINE_DENO ?? "", ...inside],
  })
    .output();
  const [out = "", err = ""] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert.ok(success, err);
  assert.deepEqual(JSON.parse(out.trim().split("\n").at(-1) ?? ""), EXPECTED);
}

const SAME = { codes: [0, 0], hasToken: true, hasBareLineFeed: false, isSame: true };
const IN_ROOT = {
  codes: [0, 0, 0],
  isSame: true,
  left: ["awsmfa-creds", "awsmfa-creds.awsmfa.lock", "awsmfa-creds.edit.awsmfa.lock"],
};

const EXPECTED = {
  "login and restore": { "Ünï çødé": SAME, "R&D (x86)": SAME, "a b\\c%d": SAME },
  "a drive's root": { "C:\\awsmfa-creds": IN_ROOT, "\\\\?\\C:\\awsmfa-creds": IN_ROOT },
  "commands in quotes": { bare: [0, true], "for cmd": [0, true], code: 0 },
  "a file in use": [0, true],
  programs: {
    cmd: 7,
    text: [126, [
      "awsmfa: can't run 'C:\\awsmfa-stories\\text.txt': it isn't a program",
      "hint: name a file that Windows can run: .exe, .cmd, .bat or .ps1",
    ]],
    missing: 127,
  },
  "env in cmd": [0, "ASIA"],
  "eight at once": [[0, 0, 0, 0, 0, 0, 0, 0, 0], true],
  "a home that is none": {
    both: [true, false],
    file: [5, "awsmfa: C:\\awsmfa-stories\\file\\.aws is a file, not a directory"],
  },
};
