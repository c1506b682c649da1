import fc from "fast-check";
import type { LongTermKeys, SessionCredentials } from "../../src/domain/keys/credentials.ts";

/** A profile of a random file, with keys where it has any. */
export interface RandomProfile {
  readonly name: string;
  readonly keys: LongTermKeys | undefined;
}

/** A credentials or config file as people and programs leave it; the names are all different. */
export interface RandomFile {
  readonly text: string;
  readonly profiles: readonly RandomProfile[];
}

/** "caf\udce9" is Latin-1 in a file that should be UTF-8: the byte 0xE9, escaped. */
const NAMES = ["default", "work", "team a", "x.y@z:1", "dev-long-term", "Ünï", "caf\udce9"];
const FILLERS = [
  "",
  "  ",
  "\t",
  "# note",
  "; a = b",
  "  # [work]",
  "#[default]",
  "# caf\udce9",
  "#\ttab",
];
const KEYS = ["region", "output", "foo", "s3", "REGION", "caf\udce9", "b!d", "x_security_token_expires"];
const VALUES = [
  "eu-central-1",
  "a=b",
  "1 # why",
  "val;ue # x",
  "é\udcff\udcfe",
  "",
  " 2  ",
  "[x]",
  "🔑",
  "a b",
];
const EQUALS = [" = ", " = ", "=", "= ", " =", "\t=\t", "   =   "];
const NESTED = ["  max = 1", "\tx=\udcff", "    # note", "      deep = a = b"];

const filler = fc.constantFrom(...FILLERS).map((line) => [line]);
const property = fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...EQUALS), fc.constantFrom(...VALUES))
  .map(([key, equals, value]) => [key + equals + value]);
const continued = property.map(([line = ""]) => [/=\s*$/.test(line) ? line : `${line}x`, "    more = text"]);
const nested = fc.tuple(fc.constantFrom("s3 =", "ec2=", "s3 = "), fc.subarray(NESTED))
  .map(([head, rest]) => [head, ...rest]);
const lines = fc.array(fc.oneof(property, property, filler, filler, continued, nested), { maxLength: 8 });

const digits = fc.integer({ min: 0, max: 36 ** 8 - 1 }).map((n) =>
  n.toString(36).padStart(8, "0").toUpperCase()
);
const longTermKeys: fc.Arbitrary<LongTermKeys> = fc.tuple(digits, digits, fc.constantFrom("/", "+", "A"))
  .map(([id, secret, character]) => ({
    accessKeyId: `AKIA${id}${id}`,
    secretAccessKey: `${secret}${character}${secret}=`,
  }));

/** A session as STS gives it; its secrets stand in no random file. */
export const session: fc.Arbitrary<SessionCredentials> = fc.tuple(digits, fc.nat(1e9)).map((
  [id, seconds],
) => ({
  accessKeyId: `ASIA${id}`,
  secretAccessKey: `SECRET/${id}+s`,
  sessionToken: `TOKEN/${id}//=`,
  expiration: new Date(Date.UTC(2026, 10, 20) + seconds * 1000),
}));

const keyLines = fc.tuple(
  fc.constantFrom(...EQUALS),
  fc.constantFrom("aws_access_key_id", "AWS_ACCESS_KEY_ID"),
  fc.boolean(),
  filler,
  fc.constantFrom([], [], [], ["aws_session_token ="], ["aws_security_token=old"], [
    "aws_session_token = stale",
  ]),
);

interface Layout {
  readonly style: number;
  readonly byteOrderMark: boolean;
  readonly ending: string;
  readonly preamble: readonly string[];
}

const layout: fc.Arbitrary<Layout> = fc.record({
  style: fc.nat(4),
  byteOrderMark: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  ending: fc.constantFrom("whole", "whole", "none", "none", "\r"),
  preamble: fc.subarray(FILLERS, { maxLength: 2 }),
});

interface RandomSection {
  readonly header: number;
  readonly indent: string;
  readonly keys: LongTermKeys | undefined;
  readonly lines: string[];
}

/** Keys on the left margin of their section, then other lines before and behind. */
const randomSection: fc.Arbitrary<RandomSection> = fc.tuple(
  fc.nat(5),
  fc.constantFrom("", "", "", "  ", "\t"),
  fc.option(longTermKeys, { nil: undefined, freq: 2 }),
  keyLines,
  lines,
  lines,
).map(([header, indent, keys, [equals, idKey, swapped, between, stale], before, behind]) => {
  const pair = [
    `${idKey}${equals}${keys?.accessKeyId}`,
    `aws_secret_access_key${equals}${keys?.secretAccessKey}`,
  ];
  const [first = "", second = ""] = swapped ? pair.toReversed() : pair;
  const own = keys === undefined ? [] : [[first], [...between], [second], [...stale]];
  return { header, indent, keys, lines: withoutDoubles([...before, ...own, ...behind]).flat() };
});

/** No key is there twice: a login refuses that. */
function withoutDoubles(chunks: readonly (readonly string[])[]): (readonly string[])[] {
  const seen = new Set<string>();
  return chunks.filter(([line = ""]) => {
    const [, key] = /^\s*([^#;=[\s][^=]*?)\s*=/.exec(line) ?? [];
    if (key === undefined) return true;
    const isNew = !seen.has(key.toLowerCase());
    seen.add(key.toLowerCase());
    return isNew;
  });
}

/** A file of up to seven profiles; {@linkcode RandomFile} tells what is in it. */
export function randomFile(kind: "config" | "credentials"): fc.Arbitrary<RandomFile> {
  return fc.tuple(
    fc.shuffledSubarray(NAMES),
    fc.array(randomSection, { maxLength: NAMES.length }),
    layout,
  )
    .map(([names, sections, how]) => {
      const used = sections.slice(0, names.length);
      const all = [...how.preamble, ...used.flatMap((each, i) => sectionLines(names[i] ?? "", each, kind))];
      return {
        text: layOut(all, how),
        profiles: used.map(({ keys }, i) => ({ name: names[i] ?? "", keys })),
      };
    });
}

function sectionLines(name: string, { header, indent, lines }: RandomSection, kind: string): string[] {
  const inside = kind === "credentials" || name === "default"
    ? name
    : /^[\w\-/.%@:+]+$/.test(name)
    ? `profile ${name}`
    : `profile "${name}"`;
  const head = [`[${inside}]`, `[${inside}]`, `[ ${inside} ]`, `[${inside}] # note`, `[${inside}]  `][header];
  return [head ?? `[${inside}]`, ...lines.map((line) => (line.trim() === "" ? line : indent + line))];
}

function layOut(all: readonly string[], { style, byteOrderMark, ending }: Layout): string {
  const end = (i: number): string =>
    style < 2 ? "\n" : style === 2 ? "\r\n" : i * 7 % style > 1 ? "\r\n" : "\n";
  const last = all.length - 1;
  const text = all.map((line, i) =>
    line + (i < last || ending === "whole" ? end(i) : ending === "\r" ? "\r" : "")
  );
  return (byteOrderMark ? "\ufeff" : "") + text.join("");
}

const roleLines = fc.tuple(
  fc.constantFrom(...EQUALS),
  fc.constantFrom("role_arn", "role_arn", "ROLE_ARN", "Role_Arn"),
  fc.constantFrom([], ["source_profile = s"], ["SOURCE_PROFILE=s # note"], ["role_arn = twice"]),
  fc.constantFrom("arn:aws:iam::111122223333:role/x", "x # note", ""),
).map(([equals, key, more, value]) => [`${key}${equals}${value}`, ...more]);

/** A config file, and the name of a profile in it that has a role; its keys are as people write them. */
export const randomConfigWithRole: fc.Arbitrary<{ text: string; name: string }> = fc.tuple(
  fc.shuffledSubarray(NAMES.filter((name) => !name.includes("\udce9")), { minLength: 1 }),
  fc.array(randomSection, { minLength: 1, maxLength: NAMES.length }),
  layout,
  roleLines,
  fc.nat(),
).map(([names, sections, how, role, chosen]) => {
  const used = sections.slice(0, names.length);
  const at = chosen % used.length;
  const all = used.flatMap((each, i) => {
    const lines = i === at ? [...role, ...each.lines] : each.lines;
    return sectionLines(names[i] ?? "", { ...each, lines }, "config");
  });
  return { text: layOut([...how.preamble, ...all], how), name: names[at] ?? "" };
});
