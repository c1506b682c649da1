import { type Mutation, mutationsOf } from "./mutation.ts";

/** Sessions: in the file, kept, undone; and how long they last. */
export const IN_SESSIONS: readonly Mutation[] = [
  ...mutationsOf("domain/session_in_file.ts", [
    ["`${plain[1]}T${plain[2]}Z`", "`${plain[1]}T${plain[2]}`", "broamski-utc"],
    [
      `valueIn(sections, "x_security_token_expires") || valueIn(sections, "expiration")`,
      `valueIn(sections, "x_security_token_expires")`,
      "broamski-expiration",
    ],
    [`.replace("T", " ").replace("Z", "")`, ``, "broamski-form"],
    [`? "False" : "True"`, `? "True" : "False"`, "broamski-role"],
  ]),
  ...mutationsOf("domain/restore_keys.ts", [
    [`entries.toReversed()`, `entries`, "last-first"],
    [`if (there.kind === "long-term") {`, `if (false) {`, "other-keys"],
    [`if (outcome !== "kept") rest`, `rest`, "kept-in-backup"],
    [`.startsWith(REPLACED)`, `.startsWith("nothing")`, "replaced"],
  ]),
  ...mutationsOf("domain/log_out.ts", [
    [`.filter((profile) => !done.has(profile))`, ``, "done"],
    [`if (!holdsSession && !rolesAside.includes(profile)) continue;`, ``, "no-session"],
    [`if (only === undefined || only === profile) config`, `config`, "other-roles"],
  ]),
  ...mutationsOf("domain/new_keys.ts", [
    [`if (isSessionKeyId(id, undefined)) {`, `if (false) {`, "session-id"],
    [`typed.replace(/\\s+/g, "")`, `typed.trim()`, "pasted-blanks"],
    [`? "half"`, `? undefined`, "half"],
    [`first = "backup"`, `first = "credentials"`, "backup-first"],
  ]),
  ...mutationsOf("domain/kept_session.ts", [
    [`if (JSON.stringify(kept["id"]) !== JSON.stringify(id)) return undefined;`, ``, "id"],
    [`if (kept["version"] !== VERSION) return undefined;`, ``, "version"],
    [`|| Number.isNaN(expiration.getTime())`, ``, "no-expiration"],
  ]),
  ...mutationsOf("domain/clock.ts", [
    [`end.getTime() + aheadSeconds * 1000`, `end.getTime() - aheadSeconds * 1000`, "way"],
    [`off < ON_THE_WAY_SECONDS || `, ``, "on-the-way"],
    [` || off >= CLOCK_TOLERANCE_SECONDS`, ``, "tolerance"],
    [`WORTH_A_WORD_SECONDS = 120`, `WORTH_A_WORD_SECONDS = 60`, "two-minutes"],
    [`aheadSeconds > 0 ? "ahead of" : "behind"`, `aheadSeconds < 0 ? "ahead of" : "behind"`, "direction"],
  ]),
  ...mutationsOf("domain/status.ts", [
    [`state !== "none" || roleArn !== undefined`, `state !== "none"`, "roles-shown"],
    [`secondsLeft <= 0) return "expired"`, `secondsLeft < 0) return "expired"`, "last-second"],
    [
      `state === "in place" || state === "session" || state === "role"`,
      `state === "in place" || state === "session"`,
      "role-is-login",
    ],
    [`|| inConfig.kind === "long-term" ? "long-term"`, `? "long-term"`, "keys-in-config"],
    [`current: name === current`, `current: false`, "current"],
    [`?? profile?.get("aws_mfa_device")`, ``, "broamski-device"],
    [`"x_principal_arn") !== undefined) return "role"`, `"x_principal_arn") === "") return "role"`, "role"],
  ]),
  ...mutationsOf("domain/duration.ts", [
    [`{ least: 900, most: 129_600, usual: 43_200 }`, `{ least: 900, most: 129_600, usual: 3_600 }`, "usual"],
    [`seconds < least || `, ``, "least"],
    [`|| seconds > most`, ``, "most"],
    [`text.trim().toLowerCase()`, `text.trim()`, "capitals"],
    [`Number(hours ?? 0) * 3600`, `Number(hours ?? 0) * 60`, "hours"],
    [`if (hours === undefined && minutes === undefined) return undefined;`, ``, "empty"],
    [`const minutes = Math.round(seconds / 60);`, `const minutes = Math.floor(seconds / 60);`, "round"],
    [`if (seconds < 60) return`, `if (seconds < 0) return`, "seconds"],
  ]),
  ...mutationsOf("domain/device_memory.ts", [
    [`used.at - at < CODE_LIFE_MS`, `true`, "old-codes"],
    [`if (memory["version"] !== VERSION) return NOTHING_REMEMBERED;`, ``, "version"],
    [`90_000`, `30_000`, "code-life"],
  ]),
  ...mutationsOf("domain/variables.ts", [
    [`"AWS_SECURITY_TOKEN"]`, `]`, "security-token"],
    [`.set("AWS_DEFAULT_REGION", region)`, ``, "default-region"],
    [`"AWS_ROLE_ARN",`, ``, "role"],
    [`"AWS_CONTAINER_CREDENTIALS_FULL_URI",`, ``, "container"],
    [`Version: 1,`, `Version: 2,`, "process-version"],
  ]),
  ...mutationsOf("workflows/device_memory.ts", [
    [`age < 0 || `, ``, "clock-set-back"],
    [`STEP_MS - world.now().getTime() % STEP_MS`, `STEP_MS`, "new-code"],
    [`=== used.hash ? `, `!== used.hash ? `, "used-code"],
  ]),
  ...mutationsOf("workflows/kept_sessions.ts", [
    [`.expiration) >= minRemaining`, `.expiration) > minRemaining`, "to-the-second"],
    [`(name.startsWith(\`\${stem}-\`) && name.endsWith(".json"))`, `false`, "roles-of-key"],
  ]),
];
