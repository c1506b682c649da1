import assert from "node:assert/strict";
import { quotePosix } from "../../../src/shells/posix.ts";
import { HOSTILE_NAMES } from "../../support/hostile_names.ts";
import { type Home, makeHome } from "../../support/home.ts";
import { needs } from "../../support/needs.ts";
import { putInPath } from "../../support/program_in_path.ts";
import { openTerminal } from "../../support/terminal.ts";

/** What is typed, a tab among it -> the words that awsmfa gets. */
const TYPED: [typed: string, words: string[]][] = [
  ["sta\t", ["status"]],
  ["-p wo\t", ["-p", "work"]],
  ["--profile wo\t", ["--profile", "work"]],
  ["--prof\two\t", ["--profile", "work"]],
  ["--profile=wo\t", ["--profile=work"]],
  ["status --profile=wo\t", ["status", "--profile=work"]],
  ["env --shell=po\t", ["env", "--shell=powershell"]],
  ["login -p hom\t", ["login", "-p", "home office"]],
  ["--to only\t", ["--to", "only-in-config"]],
  ["--source-profile d\t", ["--source-profile", "default"]],
  ["-p login credential-p\t", ["-p", "login", "credential-process"]],
  ["env -s fi\t", ["env", "-s", "fish"]],
  ["env --unse\t", ["env", "--unset"]],
  ["doctor --off\t", ["doctor", "--offline"]],
  ["completions pow\t", ["completions", "powershell"]],
  ["exec -- printen\t", ["exec", "--", "printenv"]],
  ["edit cred\t", ["edit", "credentials"]],
];

/** The same with a file of this home. */
function typedIn({ path }: Home): typeof TYPED {
  return [...TYPED, [`import ${path}/aws-mf\t`, ["import", `${path}/aws-mfa.yaml`]]];
}

for (const shell of ["bash", "zsh"] as const) {
  Deno.test({
    ...needs(shell, "python3"),
    name: `${shell} completes commands, options, their values and the names of profiles, as they are typed`,
    fn: async () => {
      await using home = makeHome();
      const path = prepare(home);
      const script = await home.awsmfa(["completions", shell]);
      assert.deepEqual([script.code, script.stderr], [0, ""]);
      home.write("completions", script.stdout);
      home.write(START_UP[shell].file, startUp(home, shell));
      await using terminal = openTerminal(START_UP[shell].words(home), home.path, {
        PATH: path,
        ZDOTDIR: home.path,
      });
      await terminal.shows("ready0.");
      const typedLines = typedIn(home);
      for (const [i, [typed]] of typedLines.entries()) {
        await terminal.type(`awsmfa ${typed}\r`);
        await terminal.shows(`ready${i + 1}.`);
      }
      const got = home.read("got").trimEnd().split("\n").map((line): string[] => JSON.parse(line));
      // zsh writes --profile=work where bash writes --profile work.
      assert.deepEqual(got.map(spaced), typedLines.map(([, expected]) => spaced(expected)));

      await terminal.type("awsmfa lo\t\t\t");
      await terminal.shows("logout");
    },
  });
}

for (const shell of ["bash", "zsh", "fish"] as const) {
  Deno.test({
    ...needs(shell, "python3"),
    name: `${shell}: every hostile name that is completed is received as itself, and nothing of it is run`,
    fn: async () => {
      await using home = makeHome();
      const path = prepare(home);
      // What is typed before the tab tells them apart.
      const names = HOSTILE_NAMES.map((name, i) => `n${String(i).padStart(2, "0")}${name}`);
      home.write(".aws/credentials", names.map((name) => `[${name}]\n`).join(""));
      home.write("completions", (await home.awsmfa(["completions", shell])).stdout);
      home.write(START_UP[shell].file, startUp(home, shell));
      const env = { PATH: path, ZDOTDIR: home.path, LANG: "C.UTF-8", XDG_CONFIG_HOME: home.file(".config") };
      await using terminal = openTerminal(START_UP[shell].words(home), home.path, env);
      await terminal.shows("ready0.");
      for (const [i, name] of names.entries()) {
        await terminal.type(`awsmfa -p ${name.slice(0, 3)}\t\r`);
        await terminal.shows(`ready${i + 1}.`);
      }
      const got = home.read("got").trimEnd().split("\n").map((line): string[] => JSON.parse(line));
      assert.deepEqual(got, names.map((name) => ["-p", name]));
      assert.ok(![...Deno.readDirSync(home.path)].some(({ name }) => name === "PWNED"));
    },
  });
}

Deno.test({
  ...needs("fish"),
  name: "fish completes commands, options, their values and the names of profiles",
  fn: async () => {
    await using home = makeHome();
    const PATH = prepare(home);
    const script = await home.awsmfa(["completions", "fish"]);
    home.write(".config/fish/completions/awsmfa.fish", script.stdout);
    const typedLines = typedIn(home);
    const lines = [
      ...typedLines.map(([typed]) => typed.replace("--prof\t", "--profile ").replace("\t", "")),
      "lo",
      "",
    ];
    const asked = lines.map((line) => `complete -C ${quotePosix(`awsmfa ${line}`)}; echo ---`).join("\n");
    const { code, stdout, stderr } = await home.run("fish", ["-c", asked], { env: { PATH } });
    assert.deepEqual([code, stderr], [0, ""]);
    const offered = stdout.split("---\n").map((part) =>
      part.split("\n").filter((line) => line !== "").map((line) => line.split("\t")[0] ?? "")
    );
    for (const [i, [typed, words]] of typedLines.entries()) {
      assert.ok(offered[i]?.includes(words.at(-1) ?? ""), `${typed}: ${offered[i]}`);
    }
    assert.deepEqual(offered[typedLines.length], ["login", "logout"]);
    assert.ok(offered[typedLines.length + 1]?.includes("status"));
    assert.ok(
      !offered[typedLines.length + 1]?.some((word) => word.startsWith("__")),
      "what is hidden stays so",
    );
  },
});

Deno.test("the scripts name every command and option that --help shows, and are the same each time", async () => {
  await using home = makeHome();
  const { stdout: help } = await home.awsmfa(["--help"]);
  const words = [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+|[a-z][\w-]+)(?: |$)/gm)].map(([, word = ""]) =>
    word
  )
    .filter((word) => !["awsmfa", "code", "eval"].includes(word));
  assert.ok(words.includes("--profile") && words.includes("status"), words.join());
  for (const shell of ["bash", "zsh", "fish", "powershell"]) {
    const { stdout } = await home.awsmfa(["completions", shell]);
    for (const word of words) {
      const written = shell === "fish" ? word.replace(/^--/, "-l ") : word;
      assert.ok(stdout.includes(written), `${word} for ${shell}`);
    }
  }
});

Deno.test("the names of profiles are given without a word on what is wrong", async () => {
  await using home = makeHome();
  const rows: [config: string, credentials: string, names: string][] = [
    ['[default]\n[profile "b c"]\n[sso-session x]\n', "[a]\n[default]\n", "a\ndefault\nb c\n"],
    ["broken\n", "[a]\n", "a\n"],
    ["", "broken", ""],
    ["[profile a]\n", "[\x1b[31mred]\n", "a\n"],
  ];
  for (const [config, credentials, stdout] of rows) {
    home.write(".aws/config", config);
    home.write(".aws/credentials", credentials);
    assert.deepEqual(await home.awsmfa(["__complete", "profiles"]), { code: 0, stdout, stderr: "" });
  }
});

/** The two files, and the program in the PATH that is the answer. */
function prepare(home: Home): string {
  home.write(".aws/credentials", "[default]\n[work]\n[home office]\n");
  home.write("aws-mfa.yaml", "");
  home.write(".aws/config", "[profile only-in-config]\n[profile login]\n[sso-session workers]\n");
  return putInPath(home);
}

const START_UP: Record<"bash" | "zsh" | "fish", { file: string; words: (home: Home) => string[] }> = {
  bash: { file: ".bashrc", words: (home) => ["bash", "--rcfile", home.file(".bashrc"), "-i"] },
  zsh: { file: ".zshrc", words: () => ["zsh", "-i"] },
  fish: { file: ".config/fish/config.fish", words: () => ["fish", "-i", "--private"] },
};

/** Completions are asked of the real awsmfa; the words of a finished line are only written down. */
function startUp(home: Home, shell: keyof typeof START_UP): string {
  const [got, completions] = [quotePosix(home.file("got")), quotePosix(home.file("completions"))];
  const toJson = `python3 -c 'import json, sys; print(json.dumps(sys.argv[1:]))'`;
  if (shell === "fish") {
    return `
set -g count 0
function fish_prompt; echo '$ '; end
function awsmfa
  if test "$argv[1]" = __complete; command awsmfa $argv; return; end
  ${toJson} $argv >> ${got}
  set count (math $count + 1); echo ready$count.
end
source ${completions}
echo ready$count.
`;
  }
  return `
${shell === "zsh" ? "autoload -U compinit; compinit -D" : ""}
PS1='$ '
unset HISTFILE # which would be written when the terminal goes, while the home is being removed
count=0
awsmfa() {
  if [ "$1" = __complete ]; then command awsmfa "$@"; return; fi
  ${toJson} "$@" >> ${got}
  count=$((count + 1)); echo "ready$count."
}
. ${completions}
echo ready$count.
`;
}

function spaced(words: readonly string[]): string {
  return words.join("|").replace("=", "|");
}
