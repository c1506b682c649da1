import assert from "node:assert/strict";
import { complaints, daysAgo, diagnose, openHealthyStage, typeFix } from "../../support/doctor.ts";
import { needs } from "../../support/needs.ts";
import { section, type Stage } from "../../support/stage.ts";

const FILE = ".aws/credentials";
const CONFIG = ".aws/config";
const BACKUP = ".aws/credentials_backup_by_awsmfa";
const DRAFT = "awsmfa-0f8fad5b-d9cb-469f-a165-70867728950e";
const SAFE = "safe=value\n";

interface Row {
  readonly title: string;
  readonly args?: readonly string[];
  /** The variables that it needs. */
  readonly breaks: (stage: Stage) => Record<string, string> | void | Promise<void>;
  /** How its line begins, with its state and what was looked at. */
  readonly finds: (stage: Stage) => `${"problem" | "warning"} ${string}`;
  readonly fix: (stage: Stage) => string;
  /** What is typed when the fix asks. */
  readonly answers?: (stage: Stage) => string;
  readonly tools?: Parameters<typeof needs>;
  /** What no fix takes away. */
  readonly stays?: RegExp;
}

const keysAnew = ({ sts, user }: Stage): string => {
  const { accessKeyId, secretAccessKey } = sts.addUser({ name: "alice-anew", keyCreated: daysAgo(1) });
  return `${accessKeyId}\n${secretAccessKey}\n\n\n${user.name}\n`;
};
const sameKeys = ({ user }: Stage): string => `${user.accessKeyId}\n${user.secretAccessKey}\n\n\n`;
const unprefixed = (line: number, { home }: Stage): string =>
  `perl -pi -e 's/\\[\\s*(?!profile\\s)/[profile / if $. == ${line}' ${home.file(CONFIG)}`;

const rows: Row[] = [
  ...[0o644, 0o640, 0o666].map((mode): Row => ({
    title: `credentials of mode 0${mode.toString(8)}`,
    breaks: ({ home }) => Deno.chmodSync(home.file(FILE), mode),
    finds: ({ home }) =>
      `warning credentials: ${home.file(FILE)} can be read by other users (mode 0${mode.toString(8)})`,
    fix: ({ home }) => `chmod 600 ${home.file(FILE)}`,
  })),
  {
    title: "a backup that others can read",
    breaks: async (stage) => {
      await stage.login();
      Deno.chmodSync(stage.home.file(BACKUP), 0o644);
    },
    finds: ({ home }) => `warning backup: ${home.file(BACKUP)} can be read by other users (mode 0644)`,
    fix: ({ home }) => `chmod 600 ${home.file(BACKUP)}`,
  },
  ...[0o770, 0o757].map((mode): Row => ({
    title: `awsmfa's own folder of mode 0${mode.toString(8)}`,
    breaks: async (stage) => {
      await stage.login();
      Deno.chmodSync(stage.home.file(".aws/awsmfa"), mode);
    },
    finds: ({ home }) =>
      `problem kept: ${home.file(".aws/awsmfa")} can be written by other users (mode 0${mode.toString(8)})`,
    fix: ({ home }) => `chmod 700 ${home.file(".aws/awsmfa")}`,
  })),
  {
    title: "a folder of the AWS files that others can write into",
    breaks: ({ home }) => Deno.chmodSync(home.file(".aws"), 0o777),
    finds: ({ home }) => `problem folder: ${home.file(".aws")} can be written by other users (mode 0777)`,
    fix: ({ home }) => `chmod 700 ${home.file(".aws")}`,
  },
  ...[FILE, CONFIG].map((name): Row => ({
    title: `a byte order mark in ${name}`,
    tools: ["perl"],
    breaks: ({ home, user }) =>
      home.write(
        name,
        `\ufeff${name === FILE ? section("default", user) : "[default]\nregion = eu-west-1\n"}`,
      ),
    finds: ({ home }) =>
      `problem ${name.slice(5)}: ${
        home.file(name)
      } begins with a byte order mark, which the AWS CLI can't read`,
    fix: ({ home }) => `perl -pi -e 's/^\\xEF\\xBB\\xBF//' ${home.file(name)}`,
  })),
  {
    title: "a profile that is defined twice in credentials",
    breaks: ({ home, user }) => home.write(FILE, `${section("default", user)}[default]\n${SAFE}`),
    finds: ({ home }) =>
      `problem credentials: profile 'default' is defined twice in ${home.file(FILE)}, in lines 1 and 4`,
    fix: ({ home }) => `vi +4 ${home.file(FILE)}`,
  },
  {
    title: "a profile that is defined twice in config",
    breaks: ({ home }) =>
      home.write(CONFIG, "[profile work]\nregion = eu-west-1\n\n[profile work]\noutput = json\n"),
    finds: ({ home }) =>
      `problem config: profile 'work' is defined twice in ${home.file(CONFIG)}, in lines 1 and 4`,
    fix: ({ home }) => `vi +4 ${home.file(CONFIG)}`,
  },
  {
    title: "a line in credentials that is no key",
    breaks: ({ home, user }) => home.write(FILE, `${section("default", user)}secretwithoutname\n`),
    finds: ({ home }) =>
      `problem credentials: ${home.file(FILE)}: line 4: Expected an '=' sign defining a property`,
    fix: ({ home }) => `vi +4 ${home.file(FILE)}`,
  },
  {
    title: "a line in config that is no key",
    breaks: ({ home }) => home.write(CONFIG, "region = eu-west-1\n[default]\noutput = json\n"),
    finds: ({ home }) => `problem config: ${home.file(CONFIG)}: line 1: `,
    fix: ({ home }) => `vi +1 ${home.file(CONFIG)}`,
  },
  ...["[work]", "[ work ]", "[a.b/c@d:e+f%]"].map((header): Row => ({
    title: `${header} in config`,
    tools: ["perl"],
    breaks: ({ home }) => home.write(CONFIG, `[default]\nregion = eu-west-1\n${header}\noutput = json\n`),
    finds: ({ home }) => `warning config: line 3 of ${home.file(CONFIG)}: the AWS CLI ignores [`,
    fix: (stage) => unprefixed(3, stage),
  })),
  {
    title: "[profile work] in credentials",
    args: ["-p", "work"],
    tools: ["perl"],
    breaks: ({ home, user }) => {
      home.write(FILE, section("default", user) + section("profile work", user));
      home.write(CONFIG, "[profile work]\nawsmfa_source = default\n");
    },
    finds: ({ home }) =>
      `warning credentials: line 4 of ${
        home.file(FILE)
      }: AWS tools ignore [profile work]; here it must be [work]`,
    fix: ({ home }) => `perl -pi -e 's/\\[\\s*profile\\s+/[/ if $. == 4' ${home.file(FILE)}`,
  },
  ...["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].map((variable): Row => ({
    title: `${variable}, which hides the profile`,
    args: ["-p", "default"],
    breaks: () => ({ [variable]: "other" }),
    finds: () => `warning environment: ${variable} is 'other', and hides profile 'default'`,
    fix: () => `unset ${variable}`,
  })),
  {
    title: "AWS_ACCESS_KEY_ID, which hides every profile",
    args: ["-p", "default"],
    breaks: () => ({
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    }),
    finds: () => "warning environment: AWS_ACCESS_KEY_ID is set, and wins over every profile",
    fix: () => "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN",
  },
  ...[FILE, CONFIG, ".aws/awsmfa/AKIAIOSFODNN7EXAMPLE.json"].map((name): Row => ({
    title: `the draft of a killed run beside ${name}`,
    breaks: ({ home }) => home.write(`${name}.${DRAFT}`, "half a fi"),
    finds: ({ home }) => `warning leftover: ${home.file(name)}.${DRAFT} was left by a run that was killed`,
    fix: ({ home }) => `rm ${home.file(name)}.${DRAFT}`,
  })),
  {
    title: "keys put aside of a profile that is no longer in either file",
    breaks: ({ home, user }) => home.write(BACKUP, section("gone", user)),
    finds: () => "warning backup: backed up, and no longer in either file: 'gone'",
    fix: () => "awsmfa --restore",
  },
  {
    title: "a key that was deleted",
    tools: ["aws"],
    breaks: ({ sts, user }) => sts.deleteKey(user.accessKeyId),
    finds: ({ user }) =>
      `problem keys: AWS doesn't recognize the access key '${user.accessKeyId}' of profile 'default'`,
    fix: () => "aws configure",
    answers: keysAnew,
  },
  {
    title: "a key that is not active, in a profile whose name has a blank",
    args: ["-p", "'my work'"],
    tools: ["aws"],
    stays: /: JavaScript, Java, Rust and the AWS CRT find no keys in 'my work' /,
    breaks: ({ home, sts, user }) => {
      home.write(FILE, section("my work", user));
      sts.deactivate(user.accessKeyId);
    },
    finds: ({ user }) =>
      `problem keys: AWS doesn't recognize the access key '${user.accessKeyId}' of profile 'my work'`,
    fix: () => "aws configure --profile 'my work'",
    answers: keysAnew,
  },
  {
    title: "a secret without its last letter",
    tools: ["aws"],
    breaks: ({ home, user }) =>
      home.write(FILE, section("default", { ...user, secretAccessKey: user.secretAccessKey.slice(0, -1) })),
    finds: ({ user }) =>
      `problem keys: the secret access key of profile 'default' does not belong to '${user.accessKeyId}' (it has 39 characters instead of 40`,
    fix: () => "aws configure",
    answers: sameKeys,
  },
  {
    title: "a key id without its last letter",
    tools: ["aws"],
    breaks: ({ home, user }) =>
      home.write(FILE, section("default", { ...user, accessKeyId: user.accessKeyId.slice(0, -1) })),
    finds: () => "warning keys: the access key id of 'default' does not look like one",
    fix: () => "aws configure",
    answers: sameKeys,
  },
  {
    title: "no files at all",
    tools: ["aws"],
    breaks: ({ home }) => Deno.removeSync(home.file(".aws"), { recursive: true }),
    finds: ({ home }) =>
      `problem profile: no profile 'default' in ${home.file(FILE)} or ${home.file(CONFIG)}`,
    fix: () => "aws configure",
    answers: sameKeys,
  },
  {
    title: "a profile without keys",
    tools: ["aws"],
    breaks: ({ home }) => {
      home.write(FILE, "");
      home.write(CONFIG, "[default]\nregion = eu-west-1\n");
    },
    finds: () => "problem profile: profile 'default' has no access key in ",
    fix: () => "aws configure",
    answers: sameKeys,
  },
];

for (const { title, args = [], breaks, finds, fix, answers, tools = [], stays } of rows) {
  Deno.test({
    ...needs(...tools),
    name: `doctor finds it, and the fix that it prints heals it: ${title}`,
    fn: async () => {
      await using stage = await openHealthyStage();
      const env = await breaks(stage) ?? {};
      const found = await diagnose(stage, args.map((arg) => arg.replaceAll("'", "")), { env });
      const check = found.checks.find(({ state, what, says }) =>
        `${state} ${what}: ${says}`.startsWith(finds(stage))
      );
      assert.equal(check?.fix, fix(stage), complaints(found).join("\n"));
      assert.equal(found.code, found.checks.some(({ state }) => state === "problem") ? 1 : 0);
      const healed = await typeFix(stage, fix(stage), args, env, answers?.(stage));
      const left = complaints(healed).filter((complaint) => !stays?.test(complaint));
      assert.deepEqual([healed.code, left], [0, []]);
    },
  });
}
