import { type Mutation, mutationsOf } from "./mutation.ts";

/** How the two AWS files are read and edited. */
export const IN_FILES: readonly Mutation[] = [
  ...mutationsOf("domain/aws_files/ini.ts", [
    [`const trimmed = raw.trim();`, `const trimmed = raw.trimEnd();`, "indent"],
    [`first === "#" || first === ";"`, `first === "#"`, "semicolon"],
    [`indent > property.indent`, `indent > 0`, "continuation"],
    [`start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0`, `start = 0`, "mark"],
    [`property !== undefined && !property.skipped`, `property !== undefined`, "odd-key"],
    [`properties.findLast(`, `properties.find(`, "last-value"],
    [`if (section !== undefined) section.end = start;`, ``, "section-end"],
    [`    fault(returns);\n    if (hasNuls`, `    if (hasNuls`, "return-within"],
    [`if (unreadable !== undefined) return`, `if (false) return`, "encoding"],
  ]),
  ...mutationsOf("domain/aws_files/ini_edit.ts", [
    [`refuseUnwritable(key, value);\n  return`, `return`, "unwritable"],
    [`refuseUnwritable(key, value);\n    parts`, `parts`, "unwritable-added"],
    [`(isOpen ? end : "") + (last.trim() === "" ? "" : end)`, `(isOpen ? end : "")`, "empty-line"],
    [`above.replace(/(?<=\\n)\\r?\\n$/, "")`, `above`, "empty-line-goes"],
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
  ...mutationsOf("domain/aws_files/section_header.ts", [
    [`|| profile === "default") return`, `) return`, "default"],
    [`ONE_WORD.test(profile) ? `, `true ? `, "quotes"],
    [`if (inside === "default") return`, `if (inside === "Default") return`, "default-in-config"],
    [`if (CLI_SECTIONS.includes(inside)) return`, `if (inside === "") return`, "plugins"],
    [`/^(profile|sso-session)\\s/.test(inside)`, `/^(profile)\\s/.test(inside)`, "sso-session"],
    [`/^(["'])(.*)\\1$/s`, `/^(")(.*)\\1$/s`, "single-quotes"],
  ]),
  ...mutationsOf("domain/aws_files/profile_name.ts", [
    [`  refuseInherited(name);\n  const unread`, `  const unread`, "inherited"],
    [`name.trim() !== name || `, ``, "outer-blanks"],
    [` || UNWRITABLE.test(name)) return false`, `) return false`, "brackets"],
    [`!UNWRITABLE.test(meant)`, `true`, "no-good-advice"],
  ]),
  ...mutationsOf("domain/aws_files/profiles.ts", [
    [`profile.own(key) ?? profile.included()?.get(key)`, `profile.own(key)`, "included"],
    [`own("include_profile") ?? own("parent_profile")`, `own("include_profile")`, "parent"],
    [`prefixed.length > 0 ? [] :`, `false ? [] :`, "prefixed-default"],
    [`sections.toReversed()`, `sections`, "last-section"],
    [
      `return [...new Set(named.map(({ name }) => name))];`,
      `return named.map(({ name }) => name);`,
      "names-once",
    ],
  ]),
  ...mutationsOf("domain/placement/includes.ts", [
    [`included === undefined || findProfile`, `included === undefined || !findProfile`, "missing"],
  ]),
  ...mutationsOf("domain/checks/check_text.ts", [
    [`if (text.startsWith("\\ufeff")) {`, `if (false) {`, "mark"],
    [`if (text.includes("\\r\\n"))`, `if (false)`, "windows"],
    [`if (there === undefined) first.set(`, `first.set(`, "first-line"],
    [
      `if (there === undefined || !kind.endsWith("profile")) return [];`,
      `if (there === undefined) return [];`,
      "other-kinds",
    ],
    [`file === "config" && kind === "unprefixed"`, `false`, "unprefixed"],
    [
      `file === "credentials" && kind === "other" && profile !== undefined`,
      `false`,
      "profile-in-credentials",
    ],
  ]),
  ...mutationsOf("domain/checks/check_keys.ts", [
    [`!looksLikeKeyId(value)`, `false`, "key-id"],
    [`value.length !== SECRET_LENGTH`, `value.length < SECRET_LENGTH`, "secret"],
    [`lineAt(ini, start)`, `lineAt(ini, start) - 1`, "line"],
  ]),
  ...mutationsOf("domain/aws_files/find_section.ts", [
    [`if (first !== undefined && second !== undefined) {`, `if (false) {`, "twice"],
  ]),
  ...mutationsOf("domain/aws_files/ini_lines.ts", [
    [`.search(/\\s[#;]/)`, `.search(/[#;]/)`, "comment"],
    [`key: key.toLowerCase()`, `key`, "capitals"],
    [`nested: value === ""`, `nested: false`, "sub-property"],
    [`property.valueEnd = valueEnd;`, ``, "value-end"],
    [`property.end = end;`, ``, "property-end"],
    ["/^\\[(.*?)\\]\\s*(?:[#;].*)?$/s", "/^\\[(.*?)\\]\\s*(?:[#].*)?$/s", "header-comment"],
    ["property.value += `\\n${trimmed}`", "property.value += trimmed", "joined"],
  ]),
];
