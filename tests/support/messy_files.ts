import type { User } from "../../scripts/local_sts/server.ts";
import type { Random } from "./seeded_random.ts";

/** A random credentials file with a user's keys in `[target]`, as untidy as botocore can read: no name is defined twice. */
export function messyFile(random: Random, user: User): string {
  const { integer, pick } = random;
  const newline = pick(["\n", "\n", "\r\n"]);
  const count = integer(6);
  const at = integer(count + 1);
  const sections = Array.from({ length: count }, (_, i) => otherSection(random, `${pick(NAMES)}${i}`));
  sections.splice(at, 0, targetSection(random, user));
  const lines = [...noise(random), ...sections.flat()];
  return lines.join(newline) + (integer(4) === 0 ? "" : newline);
}

const NAMES = [
  "work",
  "home office ",
  "a/b.c@d+e:f%",
  "profile x",
  "日本",
  "UPPER",
  "sso-session s",
] as const;
const OTHERS = [
  ["region = eu-west-1"],
  ["output=json"],
  ["s3 =", "  max_concurrent_requests = 20", "  addressing_style = path"],
  ["note = one", "  two", "", "  three"],
  ["Empty ="],
  ['credential_process = /bin/x --y "z" # w'],
  ["url = https://example.com/?a=b&c=d"],
  ["percent = 100%%(x)s %d"],
] as const;

function targetSection(random: Random, user: User): string[] {
  const { integer, pick } = random;
  const equals = pick(["=", " = ", "\t=\t", "   =  ", "= ", " ="]);
  const indent = pick(["", "", "", "  ", "\t"]);
  const key = (name: string): string => indent + (integer(5) === 0 ? name.toUpperCase() : name) + equals;
  const pairs = [
    [`${key("aws_access_key_id")}${user.accessKeyId}`],
    [`${key("aws_secret_access_key")}${user.secretAccessKey}`],
    ...integer(3) === 0 ? [[`${key("aws_session_token")}`.trimEnd()]] : [],
  ];
  // Under an indented key every other line must be indented too, or be a continuation of it.
  if (indent === "") {
    for (const other of others(random)) pairs.splice(integer(pairs.length + 1), 0, [...other]);
  }
  return [
    pick(["[target]", "[target]  "]),
    ...pairs.flatMap((pair) => [...noise(random), ...pair]),
    ...noise(random),
  ];
}

function otherSection(random: Random, name: string): string[] {
  return [`[${name}]`, ...others(random).flatMap((lines) => [...lines, ...noise(random)])];
}

function others({ integer }: Random): (readonly string[])[] {
  return OTHERS.filter(() => integer(3) === 0);
}

/** Comments and blank lines. */
function noise({ integer, pick }: Random): string[] {
  return Array.from(
    { length: integer(3) },
    () => pick(["", "# comment", "; aws_access_key_id = x", "#[target]"]),
  );
}
