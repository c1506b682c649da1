/** Which of the two AWS files a text is: they name their sections differently. */
export type FileKind = "config" | "credentials";

/** What the brackets of a section say. */
export interface SectionHeader {
  /**
   * `profile`: every AWS tool reads it. `cli-profile`: a profile whose name has blanks or characters that the SDKs
   * skip and the AWS CLI reads. `unprefixed`: in the config file, a name without `profile `, which all ignore.
   * `broken`: the line can't be read as a header; it was meant to be that of a profile.
   */
  readonly kind: "profile" | "cli-profile" | "unprefixed" | "sso-session" | "broken" | "other";
  readonly name: string;
  /** `[profile default]`, which hides `[default]` in the config file. */
  readonly prefixed: boolean;
}

/** The characters of a profile name that every SDK reads (shared/vectors, profile-parser-tests.json). */
const PLAIN_NAME = /^[A-Za-z0-9\-_/.%@:+]+$/;

/** A name that the AWS CLI takes without quotes: its shlex makes one word of it, as it is (botocore/configloader.py). */
const ONE_WORD = /^[^\s"'\\]+$/;

/** What the AWS CLI keeps of its own in the config file (AWS CLI user guide, "plugins"; botocore/configloader.py). */
const CLI_SECTIONS = ["plugins", "preview"];

/** True for a name that every tool reads in both files. */
export function isPlainName(profile: string): boolean {
  return PLAIN_NAME.test(profile);
}

/** `inside` is the trimmed text between the brackets. */
export function readHeader(inside: string, file: FileKind): SectionHeader {
  return file === "config" ? readConfigHeader(inside) : readCredentialsHeader(inside);
}

/** The header line of a profile's section, without line end; in quotes, which the AWS CLI alone takes off, where it must. */
export function writeHeader(profile: string, file: FileKind): string {
  if (file === "credentials" || profile === "default") return `[${profile}]`;
  return ONE_WORD.test(profile) ? `[profile ${profile}]` : `[profile "${profile}"]`;
}

/** The same for a line that can't be read as a header: what stands below it is nobody's. */
export function brokenHeader(header: SectionHeader): SectionHeader {
  const isProfile = header.kind !== "sso-session" && header.kind !== "other";
  return { ...header, kind: isProfile ? "broken" : "other" };
}

function readCredentialsHeader(inside: string): SectionHeader {
  if (PLAIN_NAME.test(inside)) return { kind: "profile", name: inside, prefixed: false };
  const kind = /^(profile|sso-session)\s/.test(inside) || inside === "" ? "other" : "cli-profile";
  return { kind, name: inside, prefixed: false };
}

function readConfigHeader(inside: string): SectionHeader {
  const [, prefix, rest] = /^(profile|sso-session|services|plugins)\s+(.*)$/s.exec(inside) ?? [];
  if (prefix === undefined || rest === undefined) {
    if (inside === "default") return { kind: "profile", name: inside, prefixed: false };
    if (CLI_SECTIONS.includes(inside)) return { kind: "other", name: inside, prefixed: false };
    return { kind: PLAIN_NAME.test(inside) ? "unprefixed" : "other", name: inside, prefixed: false };
  }
  const { name, quoted } = unquote(rest);
  if (prefix === "profile") {
    const kind = PLAIN_NAME.test(name) ? "profile" : quoted || ONE_WORD.test(name) ? "cli-profile" : "other";
    return { kind, name, prefixed: true };
  }
  return { kind: prefix === "sso-session" && PLAIN_NAME.test(name) ? prefix : "other", name, prefixed: true };
}

function unquote(text: string): { name: string; quoted: boolean } {
  const [, , name] = /^(["'])(.*)\1$/s.exec(text) ?? [];
  return name === undefined ? { name: text, quoted: false } : { name, quoted: true };
}
