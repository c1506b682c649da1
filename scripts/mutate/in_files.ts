import { type Mutation, mutationsOf } from "./mutation.ts";

/** How the two AWS files are read and edited. */
export const IN_FILES: readonly Mutation[] = [
  ...mutationsOf("domain/ini.ts", [
    [`const trimmed = raw.trim();`, `const trimmed = raw.trimEnd();`, "indent"],
    [`first === "#" || first === ";"`, `first === "#"`, "semicolon"],
    [`indent > property.indent`, `indent > 0`, "continuation"],
    [`start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0`, `start = 0`, "mark"],
    [`property !== undefined && !property.skipped`, `property !== undefined`, "odd-key"],
    [`.search(/\\s[#;]/)`, `.search(/[#;]/)`, "comment"],
    [`key: key.toLowerCase()`, `key`, "capitals"],
    [`nested: value === ""`, `nested: false`, "sub-property"],
    [`properties.findLast(`, `properties.find(`, "last-value"],
    [`property.valueEnd = valueEnd;`, ``, "value-end"],
    [`property.end = end;`, ``, "property-end"],
    [`if (section !== undefined) section.end = start;`, ``, "section-end"],
    [`trimmed.search(/[#;]/)`, `trimmed.search(/[#]/)`, "header-comment"],
    ["property.value += `\\n${trimmed}`", "property.value += trimmed", "joined"],
  ]),
  ...mutationsOf("domain/ini_edit.ts", [
    [`if (first !== undefined && second !== undefined) {`, `if (false) {`, "twice"],
    [`for (const [key, value] of values) refuseUnwritable(key, value);`, ``, "unwritable"],
    [
      `for (const property of present) edits`,
      `for (const property of present.slice(0, 1)) edits`,
      "every-value",
    ],
    [`const name = rename(ini.text.slice(start, end));`, `const name = rename(property.key);`, "as-written"],
    [`spaced ? \` \${value}\` : value`, `value`, "empty-value"],
    [`const end = newline ?? lineEnd(ini);`, `const end = "\\n";`, "line-end"],
    [`(newline === undefined ? end : "") + lines`, `lines`, "no-last-line-end"],
    [
      `const blankAfter = empty ? before !== "" : after !== "";`,
      `const blankAfter = after !== "";`,
      "spacing",
    ],
    [`ini.text[newline - 1] === "\\r" ? "\\r\\n" : "\\n"`, `"\\n"`, "crlf"],
    [`controls.test(value) || `, ``, "line-break"],
    [`value.trim() !== value || `, ``, "outer-blanks"],
    [` || /(^|\\s)[#;]/.test(value)`, ``, "comment-in-value"],
    [`[...edits].sort((a, b) => a.start - b.start)`, `edits`, "order-of-edits"],
  ]),
  ...mutationsOf("domain/section_header.ts", [
    [`|| profile === "default") return`, `) return`, "default"],
    [`PLAIN_NAME.test(profile) ? `, `true ? `, "quotes"],
    [`if (inside === "default") return`, `if (inside === "Default") return`, "default-in-config"],
    [`if (CLI_SECTIONS.includes(inside)) return`, `if (inside === "") return`, "plugins"],
    [`/^(profile|sso-session)\\s/.test(inside)`, `/^(profile)\\s/.test(inside)`, "sso-session"],
    [`/^(["'])(.*)\\1$/s`, `/^(")(.*)\\1$/s`, "single-quotes"],
  ]),
  ...mutationsOf("domain/profile_name.ts", [
    [`  refuseInherited(name);\n  const unread`, `  const unread`, "inherited"],
    [`name.trim() !== name || `, ``, "outer-blanks"],
    [` || UNWRITABLE.test(name)) return false`, `) return false`, "brackets"],
    [`!UNWRITABLE.test(meant)`, `true`, "no-good-advice"],
  ]),
  ...mutationsOf("domain/profiles.ts", [
    [`profile.own(key) ?? profile.included()?.get(key)`, `profile.own(key)`, "included"],
    [`own("include_profile") ?? own("parent_profile")`, `own("include_profile")`, "parent"],
    [
      `sections.some(({ prefixed }) => prefixed) ? sections.filter`,
      `false ? sections.filter`,
      "prefixed-default",
    ],
    [`sections.toReversed()`, `sections`, "last-section"],
    [
      `return [...new Set(named.map(({ name }) => name))];`,
      `return named.map(({ name }) => name);`,
      "names-once",
    ],
  ]),
  ...mutationsOf("domain/includes.ts", [
    [`included === undefined || findProfile`, `included === undefined || !findProfile`, "missing"],
  ]),
  ...mutationsOf("domain/role_aside.ts", []),
  ...mutationsOf("domain/check_text.ts", [
    [`if (text.startsWith("\\ufeff")) {`, `if (false) {`, "mark"],
    [`if (text.includes("\\r\\n"))`, `if (false)`, "windows"],
    [`if (before === undefined) first.set(`, `first.set(`, "first-line"],
    [
      `if (before === undefined || !kind.endsWith("profile")) return [];`,
      `if (before === undefined) return [];`,
      "other-kinds",
    ],
    [`file === "config" && kind === "unprefixed"`, `false`, "unprefixed"],
    [
      `file === "credentials" && kind === "other" && profile !== undefined`,
      `false`,
      "profile-in-credentials",
    ],
  ]),
  ...mutationsOf("domain/check_keys.ts", [
    [`!looksLikeKeyId(value)`, `false`, "key-id"],
    [`value.length !== SECRET_LENGTH`, `value.length < SECRET_LENGTH`, "secret"],
    [`text.slice(0, start).split("\\n").length`, `text.slice(0, start).split("\\n").length - 1`, "line"],
  ]),
];
