import { assertFails } from "../../support/failure.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

interface Row {
  readonly title: string;
  readonly credentials: string | undefined;
  readonly config?: string;
  readonly args?: readonly string[];
  readonly says: (paths: Paths) => string;
  readonly hint: string | ((paths: Paths) => string);
  readonly code?: number;
}

interface Paths {
  readonly credentials: string;
  readonly config: string;
  readonly backup: string;
}

const keys = section("default", {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
});

const rows: Row[] = [
  {
    title: "no such profile, and few others",
    credentials: keys,
    config: "[profile work]\nregion = eu-west-1\n",
    args: ["-p", "wrok"],
    says: ({ credentials, config }) => `no profile 'wrok' in ${credentials} or ${config}`,
    hint: "there are 'default', 'work'",
  },
  {
    title: "no such profile, and many others",
    credentials: Array.from({ length: 9 }, (_, i) => `[account-${i}]\n`).join("") + "[staging]\n",
    args: ["-p", "stagin"],
    says: ({ credentials, config }) => `no profile 'stagin' in ${credentials} or ${config}`,
    hint: "there is 'staging'",
  },
  {
    title: "no files at all",
    credentials: undefined,
    says: ({ credentials, config }) => `no profile 'default' in ${credentials} or ${config}`,
    hint: "awsmfa setup",
  },
  {
    title: "a profile without keys",
    credentials: "",
    config: "[default]\nregion = eu-west-1\n",
    says: ({ credentials, config }) =>
      `profile 'default' has no access key in ${credentials}, in its backup or in ${config}`,
    hint: "awsmfa setup",
  },
  {
    title: "a key ID without its secret",
    credentials: "[my work]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n",
    args: ["-p", "my work"],
    says: ({ credentials }) =>
      `profile 'my work' has no aws_secret_access_key in ${credentials}, only the other half of the key`,
    hint: "awsmfa setup -p 'my work'",
  },
  {
    title: "a secret without its key ID",
    credentials: "[default]\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
    says: ({ credentials }) =>
      `profile 'default' has no aws_access_key_id in ${credentials}, only the other half of the key`,
    hint: "awsmfa setup",
  },
  {
    title: "the session of a user or an assumed role, and no keys put aside",
    credentials: keys.replace("AKIA", "ASIA") + "aws_session_token = IQoJb3JpZ2luX2VjEXAMPLETOKEN\n",
    says: ({ backup }) => `profile 'default' holds a session, and its long-term keys are not in ${backup}`,
    hint: ({ credentials }) =>
      `put the long-term keys into [default] of ${credentials}, in place of the session`,
  },
  {
    title: "a profile that is defined twice",
    credentials: `${keys}\n${keys}`,
    says: ({ credentials }) => `${credentials}: profile 'default' is defined twice, in lines 1 and 5`,
    hint: ({ credentials }) =>
      `merge the two sections in ${credentials}: the AWS CLI can't read the file, either`,
    code: 5,
  },
  {
    title: "a line that is no key",
    credentials: `${keys}wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n`,
    says: ({ credentials }) => `${credentials}: line 4: Expected an '=' sign defining a property`,
    hint: ({ credentials }) => `correct line 4 of ${credentials}`,
    code: 5,
  },
];

for (const { title, credentials, config, args = [], says, hint, code = 4 } of rows) {
  Deno.test(`without keys to log in with nothing is asked and nothing changes: ${title}`, async () => {
    await using stage = await openStage();
    Deno.removeSync(stage.home.file(".aws/credentials"));
    if (credentials !== undefined) stage.home.write(".aws/credentials", credentials);
    if (config !== undefined) stage.home.write(".aws/config", config);
    const paths = pathsOf(stage);
    await assertFails(stage, ["123456", ...args], {
      code,
      says: says(paths),
      hint: typeof hint === "string" ? hint : hint(paths),
    });
  });
}

Deno.test("a restore without a backup says so and touches nothing", async () => {
  await using stage = await openStage();
  const { backup } = pathsOf(stage);
  const hint = "nothing was changed: the keys are where they were";
  await assertFails(stage, ["-r"], { code: 4, says: `no long-term keys are backed up in ${backup}`, hint });
  const says = `no long-term keys of profile 'work' are backed up in ${backup}`;
  await assertFails(stage, ["-r", "-p", "work"], { code: 4, says, hint });
  await stage.login();
  await assertFails(stage, ["-r", "-p", "work"], { code: 4, says, hint: "there are keys of 'default'" });
  await stage.restore();
  await assertFails(stage, ["-r"], { code: 4, says: `no long-term keys are backed up in ${backup}`, hint });
});

function pathsOf({ home }: Stage): Paths {
  return {
    credentials: home.file(".aws/credentials"),
    config: home.file(".aws/config"),
    backup: home.file(".aws/credentials_backup_by_awsmfa"),
  };
}
