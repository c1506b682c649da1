import { type Mutation, mutationsOf } from "./mutation.ts";

/** Words, options, and what is printed. */
export const IN_COMMANDS: readonly Mutation[] = [
  ...mutationsOf("cli/options/session_request.ts", [
    [`if (codes.length > 1) {`, `if (false) {`, "two-codes"],
    [`if (flag) throw`, `if (false) throw`, "role-flags"],
    [
      `option === undefined ? [world.env(variable)`,
      `world.env(variable) ? [world.env(variable)`,
      "flag-wins",
    ],
    [`if (options.sourceProfile === "") throw`, `if (false) throw`, "empty-source"],
  ]),
  ...mutationsOf("commands/login.ts", [
    [`if (options.to === "") throw`, `if (false) throw`, "empty-target"],
    [`options.save && options.sourceProfile === undefined && options.to === undefined`, `false`, "save"],
    [`options.choose && options.profile !== undefined`, `false`, "choose"],
  ]),
  ...mutationsOf("cli/output/say_login.ts", [
    [`given < login.askedSeconds - 300`, `false`, "less-than-asked"],
    [`endsWith("root-account-mfa-device")`, `endsWith("root")`, "root"],
    [`variable !== undefined && name !== login.profile`, `false`, "other-profile"],
    [`if (login.unprefixedIn !== undefined) {`, `if (false) {`, "unprefixed"],
    [`if (login.looseMode !== undefined) {`, `if (false) {`, "loose"],
    [`if (world.env("AWS_ACCESS_KEY_ID")) {`, `if (false) {`, "environment"],
    [`how === "kept" ? ", reusing an earlier login" : ""`, `""`, "kept"],
  ]),
  ...mutationsOf("cli/root.ts", [
    [`refuseWithRestore(options, context.words);`, ``, "restore-alone"],
    [`/^(profile|json|dryRun)$/`, `/^(profile|json|dryRun|force)$/`, "restore-force"],
  ]),
  ...mutationsOf("cli/dispatch.ts", [
    [`if (words.length > most) {`, `if (false) {`, "too-many"],
    [
      `if (choices !== undefined && first !== undefined && !choices.includes(first)) {`,
      `if (false) {`,
      "choices",
    ],
    [`rest !== undefined && command.behindDashes === undefined`, `false`, "behind-dashes"],
    [`if (foreign !== undefined) {`, `if (false) {`, "foreign-option"],
    [`form?.startsWith("<") && first === undefined`, `false`, "missing"],
  ]),
  ...mutationsOf("cli/read_args.ts", [
    [`!/^-\\D/.test(arg)`, `!/^-/.test(arg)`, "number"],
    [`wrong !== undefined && given["help"] === undefined`, `wrong !== undefined`, "help"],
  ]),
  ...mutationsOf("cli/options/sts_options.ts", [
    [`options[key] !== undefined || taken[key] !== undefined`, `taken[key] !== undefined`, "twice"],
    [`if (value === undefined) throw`, `if (false) throw`, "no-value"],
    [`Object.hasOwn(STS_NAMES, name) ? `, `true ? `, "inherited-name"],
  ]),
  ...mutationsOf("commands/restore.ts", [
    [`for (const profile of profiles) warnOfForeign(world, profile, backupPath);`, ``, "kept"],
    [
      `options.profile === undefined ? undefined : profileOf(world, options.profile)`,
      `profileOf(world, options.profile)`,
      "all",
    ],
  ]),
  ...mutationsOf("cli/output/say_undone.ts", [
    [`if (replaced !== undefined) printWarning`, `if (false) printWarning`, "replaced"],
  ]),
  ...mutationsOf("commands/env.ts", [
    [`if (!path) {`, `if (false) {`, "github"],
    [`world.out(writeGithubMasks(secretsOf(variables)));`, ``, "masks"],
    [`options.shell ?? await findShell(world)`, `await findShell(world)`, "shell"],
  ]),
  ...mutationsOf("commands/exec.ts", [
    [`program === undefined || program.length === 0`, `program === undefined`, "no-program"],
    [`runsProgram: true`, `runsProgram: false`, "may-run"],
  ]),
  ...mutationsOf("commands/credential_process.ts", [
    [`if (request.code !== undefined) {`, `if (false) {`, "code"],
  ]),
  ...mutationsOf("commands/setup.ts", [
    [`if (code === "-") {`, `if (false) {`, "stdin"],
    [`checkProfileName(name);`, ``, "name"],
    [`!world.interactive || changed.length === 0`, `!world.interactive`, "nothing-new"],
  ]),
  ...mutationsOf("cli/output/status_table.ts", [
    [`secondsLeft < SOON_SECONDS ? 33 : 32`, `32`, "soon"],
    [`width - excess >= 8 ? width - excess : 0`, `width - excess`, "narrow"],
    [`secondsLeft > 0 ? describeSeconds`, `secondsLeft >= 0 ? describeSeconds`, "over"],
    [`replace(/^arn:.*:mfa\\//, "")`, `replace(/^arn:.*:/, "")`, "device"],
  ]),
  ...mutationsOf("commands/status.ts", [
    [`if (!isLoggedIn(status) && !isServed) {`, `if (false) {`, "not-logged-in"],
  ]),
  ...mutationsOf("commands/doctor.ts", [
    [
      `state === "problem") ? EXIT.unexpected : EXIT.done`,
      `state === "warning") ? EXIT.unexpected : EXIT.done`,
      "exit-code",
    ],
    [`if (options.offline) world.keepPermissions(["read", "env"]);`, ``, "offline"],
  ]),
  ...mutationsOf("cli/output/confirm_changes.ts", [
    [`!isSure && !world.interactive`, `false`, "no-terminal"],
    [`/^y(es)?$/i`, `/^/i`, "no"],
  ]),
  ...mutationsOf("cli/output/show_changes.ts", [
    [
      `change.path === config ? "config" : isInFolder ? undefined : "credentials"`,
      `change.path === config ? "config" : "credentials"`,
      "own-folder",
    ],
    [`count === 0 ? start - 1 : start`, `start`, "empty-range"],
  ]),
  ...mutationsOf("cli/help.ts", [
    [`Math.max(NARROWEST, Math.min(columns, WIDEST))`, `Math.min(columns, WIDEST)`, "narrow"],
  ]),
  ...mutationsOf("commands/logout.ts", [
    [`if (undone !== undefined) warnOfForeign(world, undone, backupPath);`, ``, "kept"],
  ]),
];
