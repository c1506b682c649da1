import { setValues } from "../../src/domain/aws_files/ini_edit.ts";
import { parseIni } from "../../src/domain/aws_files/ini.ts";
import { CONFIG, CREDENTIALS, type FakeWorld, fakeWorld } from "./fake_world.ts";
import { seededRandom } from "./seeded_random.ts";

export type Choose = <T>(choices: readonly T[]) => T;

interface FileSet {
  readonly credentials: string;
  readonly config: string;
  /** The start of their users' names. */
  readonly users: string;
}
const USUAL: FileSet = { credentials: CREDENTIALS, config: CONFIG, users: "" };
const OTHER: FileSet = {
  credentials: "/home/alice/other/credentials",
  config: "/home/alice/other/config",
  users: "SECOND",
};

const keys = (id: string): string =>
  `aws_access_key_id = ${id}\naws_secret_access_key = secret/of/${id}/0123456789012345678\n`;
const arn = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
export function chooser(seed: number): Choose {
  const { integer } = seededRandom(seed);
  return (choices) => {
    const chosen = choices[integer(choices.length)];
    if (chosen === undefined) throw new Error("no choices");
    return chosen;
  };
}

/** Profiles in the layouts of the design's table; each name has its own user, another one in each set of files. */
function filesOf(choose: Choose, set: FileSet): Record<string, string> {
  let credentials = "";
  let config = "";
  for (const name of ["default", "prod", "dev"]) {
    const id = `AKIA${set.users}${name.toUpperCase()}`;
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
        credentials += `[${name}]\n${keys(id)}[${name}-long-term]\n${keys(`AKIA${set.users}BESIDE`)}`;
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
  return { [set.credentials]: credentials, [set.config]: config };
}

/** The two files that are usual, and the two that only variables name. */
export function allFilesOf(choose: Choose): Record<string, string> {
  return { ...filesOf(choose, USUAL), ...filesOf(choose, OTHER) };
}

/** What `aws configure set` of another user's session, or keys, makes of the profile `prod`. */
export function overwrite(fake: FakeWorld, by: "keys" | "session"): void {
  const text = fake.files.get(CREDENTIALS) ?? "";
  const secret = "secret/of/another/01234567890123456789012";
  const values: [string, string][] = by === "keys"
    ? [["aws_access_key_id", "AKIAANOTHER"], ["aws_secret_access_key", secret]]
    : [
      ["aws_access_key_id", "ASIAANOTHER"],
      ["aws_secret_access_key", secret],
      ["aws_session_token", "another"],
    ];
  fake.files.set(CREDENTIALS, setValues(parseIni(text, "credentials", CREDENTIALS), "prod", values));
}

export function envOf(choose: Choose): Record<string, string> {
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
    ...some("AWS_SHARED_CREDENTIALS_FILE", [...Array(6).fill(undefined), OTHER.credentials]),
    ...some("AWS_CONFIG_FILE", [...Array(6).fill(undefined), OTHER.config]),
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
export function worldOf(files: Record<string, string>): { fake: FakeWorld; owners: Map<string, string> } {
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
