import { assertFails } from "../../support/failure.ts";
import { openStage } from "../../support/stage.ts";

interface Row {
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
  readonly says: string;
  readonly hint: string;
}

const notDuration = "seconds, or 90m, 12h, 1h30m";
const limits = "from 900 seconds (15m) to 129600 seconds (36h)";
const serialHint =
  "for example arn:aws:iam::123456789012:mfa/alice, or the number printed on a hardware token";
const restoreHint = "awsmfa --restore, or awsmfa --restore -p NAME";

const rows: Row[] = [
  { args: ["--profil", "x"], says: "unknown option '--profil'", hint: "did you mean --profile?" },
  { args: ["--xyzzy"], says: "unknown option '--xyzzy'", hint: "awsmfa --help" },
  { args: ["-p"], says: "option '-p, --profile <name>' needs a value", hint: "awsmfa --help" },
  { args: ["-p", ""], says: "--profile: the name is empty", hint: "awsmfa -p NAME" },
  { args: ["-r", "-p", ""], says: "--profile: the name is empty", hint: "awsmfa -p NAME" },
  {
    args: ["123456", "-d", "899"],
    says: "--duration: '899' is too short",
    hint: limits,
  },
  {
    args: ["123456", "-d", "129601"],
    says: "--duration: '129601' is too long",
    hint: limits,
  },
  { args: ["123456", "-d", "37h"], says: "--duration: '37h' is too long", hint: limits },
  { args: ["123456", "-d", "abc"], says: "--duration: 'abc' isn't a duration", hint: notDuration },
  { args: ["123456", "-d", "-1"], says: "--duration: '-1' isn't a duration", hint: notDuration },
  { args: ["-d", "abc"], says: "--duration: 'abc' isn't a duration", hint: notDuration },
  {
    args: ["123456"],
    env: { AWSMFA_DURATION: "soon" },
    says: "AWSMFA_DURATION: 'soon' isn't a duration",
    hint: notDuration,
  },
  {
    args: ["123456", "--serial", "my phone"],
    says: "--serial: 'my phone' isn't an MFA device's serial number",
    hint: serialHint,
  },
  {
    args: ["123456"],
    env: { AWSMFA_SERIAL: "short" },
    says: "AWSMFA_SERIAL: 'short' isn't an MFA device's serial number",
    hint: serialHint,
  },
  {
    args: ["123456", "--region", "evil.example.com/"],
    says: "--region: 'evil.example.com/' isn't a region",
    hint: "for example us-east-1 or eu-central-1",
  },
  { args: ["-r", "123456"], says: "--restore can't be used with an MFA code", hint: restoreHint },
  { args: ["-r", "-d", "1h"], says: "--restore can't be used with --duration", hint: restoreHint },
  {
    args: ["123456"],
    env: { AWS_ENDPOINT_URL_STS: "sts" },
    says: "AWS_ENDPOINT_URL_STS is not an address",
    hint: "for example https://sts.eu-central-1.amazonaws.com",
  },
  {
    args: ["123456"],
    env: { AWS_ENDPOINT_URL_STS: "http://sts.us-east-1.amazonaws.com" },
    says: "AWS_ENDPOINT_URL_STS: 'sts.us-east-1.amazonaws.com' must be reached by https",
    hint: "AWS_ENDPOINT_URL_STS=https://sts.us-east-1.amazonaws.com",
  },
];

Deno.test("wrong usage is refused before a file is read or a request sent", async (test) => {
  await using stage = await openStage();
  // Whoever read it would stumble.
  stage.home.write(".aws/credentials", "no such format");
  for (const { args, env = {}, says, hint } of rows) {
    const name = [...Object.entries(env).map((each) => each.join("=")), "awsmfa", ...args].join(" ");
    await test.step(name, () => assertFails(stage, args, { code: 2, says, hint }, { env }));
  }
});
