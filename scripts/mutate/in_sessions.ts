import { type Mutation, mutationsOf } from "./mutation.ts";

/** Sessions: in the file, kept, undone; and how long they last. */
export const IN_SESSIONS: readonly Mutation[] = [
  ...mutationsOf("domain/changes/session_in_file.ts", [
    [`.replace("T", " ").replace("Z", "")`, ``, "broamski-form"],
    [`? "False" : "True"`, `? "True" : "False"`, "broamski-role"],
  ]),
  ...mutationsOf("domain/keys/expiration.ts", [
    ["`${plain[1]}T${plain[2]}Z`", "`${plain[1]}T${plain[2]}`", "broamski-utc"],
    [
      `valueIn(sections, "x_security_token_expires") || valueIn(sections, "expiration")`,
      `valueIn(sections, "x_security_token_expires")`,
      "broamski-expiration",
    ],
  ]),
  ...mutationsOf("domain/keys/session_mark.ts", [
    [
      `known !== undefined && value !== "" && known === fingerprint(value)`,
      `known !== undefined`,
      "by-value",
    ],
    [`SAME_AS.get(key) ?? key`, `key`, "old-name"],
    [`readMark([section]) ?? markOfCached(section, cached)`, `readMark([section])`, "of-0-1-0"],
    [`SECRET.includes(each.key) && each.value !== "" && !isOwn(each)`, `false`, "foreign"],
    [`![MARKED.length - 1, MARKED.length].includes(words.length)`, `false`, "other-form"],
    [
      `values.length > 0 ? [SESSION_MARK, ...WITH_THEM] : [SESSION_MARK]`,
      `[SESSION_MARK, ...WITH_THEM]`,
      "along",
    ],
  ]),
  ...mutationsOf("domain/changes/refuse_loss.ts", [
    [`lost === undefined) continue;`, `true) continue;`, "loss"],
    [`!values.has(value)`, `values.has("")`, "missing"],
    [`    [before.backup, foreignIn(backup.before, cached)],\n`, ``, "backup"],
    [
      `behind < 0 ? sections.slice(first) : sections.slice(first, behind + 1)`,
      `sections.slice(first, behind)`,
      "behind",
    ],
    [
      `inDanger.every(([, properties]) => missing(properties, near) === undefined)`,
      `inDanger.some(([, properties]) => missing(properties, near) === undefined)`,
      "near",
    ],
    [`flatMap(({ sections }) => foreignIn(sections, []))`, `flatMap(() => near)`, "elsewhere"],
    [`!(withoutSessions && findCredentials([section]).kind === "session")`, `true`, "former-file"],
  ]),
  ...mutationsOf("domain/text/common_ends.ts", [
    [`start = Math.min(start, most);`, ``, "end-of-the-shorter"],
    [`end < rest && one.at`, `end < most && one.at`, "overlap"],
  ]),
  ...mutationsOf("domain/changes/backup_format.ts", [
    [`.some((line) => line.startsWith(REPLACED))`, `.some(() => false)`, "replaced"],
    [`below.startsWith("\\r") ? /\\r\\n$/ : /\\n$/`, `/\\n$/`, "line-ends"],
    [`if (same) return { backup, name };`, ``, "same-again"],
    [`&& /^[A-Z0-9]{4,128}$/.test(value)`, ``, "secret-as-id"],
    [`if (there.length === 0) return addEntry(now, text);`, ``, "merged"],
  ]),
  ...mutationsOf("domain/changes/session_in_file.ts", [
    [`refuseDoubles(credentials, section)`, `section`, "doubles"],
    [`isStale ? removeKeys`, `false ? removeKeys`, "stale-role"],
  ]),
  ...mutationsOf("domain/changes/restore_keys.ts", [
    [`found.kind === "long-term" && foreign.length > 0`, `false`, "other-keys"],
    [`entry.block === undefined && foreign.length > 0`, `false`, "foreign-in-new-section"],
    [`if (done.entry !== "waits") {`, `if (true) {`, "cached-in-backup"],
    [`if (done.entry === "renamed") rest`, `if (false) rest`, "cached-entry-lost"],
    [`foreign.length === 0 || stays || isOfItsTool`, `true`, "foreign-backed-up"],
    [`waits ? "waits" : "done"`, `"done"`, "waits"],
    [`entries.toReversed()`, `entries`, "last-first"],
  ]),
  ...mutationsOf("domain/changes/remove_session.ts", [
    [`(wasOpen || rest.endsWith("\\n"))`, `true`, "own-line-end"],
    [`lineEnds.replaceAll("\\r", "")`, `lineEnds`, "other-line-ends"],
    [`isLast || /^\\r?\\n/.test(kept)`, `isLast`, "one-empty-line"],
  ]),
  ...mutationsOf("domain/changes/put_back.ts", [
    [`isLast && !was.startsWith(is) ? was : is`, `was`, "line-ends-behind"],
    [`isLast && !was.startsWith(is) ? was : is`, `is`, "line-ends-at-end"],
  ]),
  ...mutationsOf("domain/changes/made_by_login.ts", [
    [`if (text.endsWith(added)) return`, `if (false) return`, "at-end"],
    [`whole >= 0 && /^`, `false && /^`, "empty-line"],
  ]),
  ...mutationsOf("domain/changes/log_out.ts", [
    [`if (backup !== files.backup) {`, `if (false) {`, "backed-up-first"],
    [`.filter((profile) => !done.has(profile))`, ``, "done"],
    [`if (only === undefined || only === profile) {`, `if (true) {`, "other-roles"],
  ]),
  ...mutationsOf("domain/changes/new_keys.ts", [
    [`if (there === undefined || !isLost) {`, `if (true) {`, "lost"],
    [`after.again ? reread`, `false ? reread`, "undone-twice"],
    [`if (isSessionKeyId(id, undefined)) {`, `if (false) {`, "session-id"],
    [`typed.replace(/\\s+/g, "")`, `typed.trim()`, "pasted-blanks"],
    [`first = "backup"`, `first = "credentials"`, "backup-first"],
  ]),
  ...mutationsOf("domain/sessions/cached_session.ts", [
    [`...(sts.endpoint === undefined ? {} : { endpoint: sts.endpoint }),`, ``, "endpoint"],
    [`...(partition === "aws" ? {} : { partition }),`, ``, "partition"],
    [`typeof askedSeconds === "number" ? askedSeconds : undefined`, `undefined`, "asked"],
    [`if (JSON.stringify(cached["id"]) !== JSON.stringify(id)) return undefined;`, ``, "id"],
    [`if (cached["version"] !== VERSION) return undefined;`, ``, "version"],
    [`|| Number.isNaN(expiration.getTime())`, ``, "no-expiration"],
  ]),
  ...mutationsOf("domain/aws/clock.ts", [
    [`end.getTime() + aheadSeconds * 1000`, `end.getTime() - aheadSeconds * 1000`, "way"],
    [`off < ON_THE_WAY_SECONDS || `, ``, "on-the-way"],
    [` || off >= CLOCK_TOLERANCE_SECONDS`, ``, "tolerance"],
    [`WORTH_A_WORD_SECONDS = 120`, `WORTH_A_WORD_SECONDS = 60`, "two-minutes"],
  ]),
  ...mutationsOf("domain/sessions/status.ts", [
    [`state !== "none" || roleArn !== undefined`, `state !== "none"`, "roles-shown"],
    [`secondsLeft <= 0) return "expired"`, `secondsLeft < 0) return "expired"`, "last-second"],
    [
      `in place|session|other session|role`,
      `in place|session|other session`,
      "role-is-login",
    ],
    [`|| inConfig.kind === "long-term" ? "long-term"`, `? "long-term"`, "keys-in-config"],
    [`current: name === current`, `current: false`, "current"],
    [`?? profile?.get("aws_mfa_device")`, ``, "broamski-device"],
    [`"x_principal_arn") !== undefined) return "role"`, `"x_principal_arn") === "") return "role"`, "role"],
  ]),
  ...mutationsOf("domain/text/duration.ts", [
    [`{ least: 900, most: 129_600, usual: 43_200 }`, `{ least: 900, most: 129_600, usual: 3_600 }`, "usual"],
    [`seconds < least || `, ``, "least"],
    [`|| seconds > most`, ``, "most"],
    [`text.trim().toLowerCase()`, `text.trim()`, "capitals"],
    [`Number(hours ?? 0) * 3600`, `Number(hours ?? 0) * 60`, "hours"],
    [`const minutes = Math.round(seconds / 60);`, `const minutes = Math.floor(seconds / 60);`, "round"],
    [`if (seconds < 60) return`, `if (seconds < 0) return`, "seconds"],
  ]),
  ...mutationsOf("domain/aws/device_memory.ts", [
    [`used.at - at < CODE_LIFE_MS`, `true`, "old-codes"],
    [`if (memory["version"] !== VERSION) return NOTHING_REMEMBERED;`, ``, "version"],
    [`90_000`, `30_000`, "code-life"],
  ]),
  ...mutationsOf("domain/sessions/variables.ts", [
    [`"AWS_ROLE_ARN",`, ``, "role"],
    [`"AWS_CONTAINER_CREDENTIALS_FULL_URI",`, ``, "container"],
    [`Version: 1,`, `Version: 2,`, "process-version"],
  ]),
  ...mutationsOf("workflows/support/device_memory.ts", [
    [`age < 0 || `, ``, "clock-set-back"],
    [`STEP_MS - world.now().getTime() % STEP_MS`, `STEP_MS`, "new-code"],
    [`=== used.hash ? `, `!== used.hash ? `, "used-code"],
  ]),
  ...mutationsOf("workflows/sessions/cached_sessions.ts", [
    [`(name.startsWith(\`\${stem}-\`) && name.endsWith(".json"))`, `false`, "roles-of-key"],
  ]),
  ...mutationsOf("domain/changes/back_up.ts", [
    [
      `if (!isTheirs || isOfItsTool) return`,
      `if (!isTheirs || isOfItsTool || found.kind !== "long-term") return`,
      "half-a-key-lost",
    ],
    [`if (!isTheirs && own.length > 0) return`, `if (!isTheirs) return`, "no-entry"],
    [`if (isSame || formerKeys.kind === "none") {`, `if (true) {`, "former-key-lost"],
  ]),
  ...mutationsOf("domain/changes/joint.ts", [
    [`if (isGone) return { name, lineEnds, wasOpen };`, ``, "joint-of-gone"],
    [`if (block === undefined || !wasOpen) return undefined;`, `return undefined;`, "joint-of-open"],
  ]),
];
