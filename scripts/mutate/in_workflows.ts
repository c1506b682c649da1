import { type Mutation, mutationsOf } from "./mutation.ts";

/** What commands do. */
export const IN_WORKFLOWS: readonly Mutation[] = [
  ...mutationsOf("workflows/sessions/ready_session.ts", [
    [`code === undefined && !force`, `!force`, "code-asks"],
  ]),
  ...mutationsOf("workflows/sessions/ready_session.ts", [
    [
      `request.seconds === undefined || cached?.askedSeconds === request.seconds ? cached`,
      `true ? cached`,
      "asked-seconds",
    ],
    [`mark?.binding === bindingOf(id) &&`, `mark !== undefined &&`, "binding"],
    [`isOwnValue(mark, "aws_secret_access_key", found.keys.secretAccessKey) &&`, ``, "own-secret"],
    [`isOwnValue(mark, "aws_session_token", sessionToken) &&`, ``, "own-token"],
    [`if (isMarked && request.seconds === undefined) return`, `if (isMarked) return`, "duration-as-given"],
    [
      `cached?.sessionToken === sessionToken && sameKeys(cached, found.keys) &&`,
      `cached !== undefined &&`,
      "cached-is-it",
    ],
    [`formatExpiration(cached.expiration) === formatExpiration(expiration)`, `true`, "cached-end"],
  ]),
  ...mutationsOf("workflows/undo/restore.ts", [
    [`(text ?? "") !== "" || texts[i] !== undefined`, `true`, "no-file"],
    [
      `refuseLoss(now, after, cached);`,
      ``,
      "loss",
    ],
    [`refuseNothing(files, files, profile);`, ``, "nothing"],
  ]),
  ...mutationsOf("workflows/login/log_in.ts", [
    [`mayUseCached(request) && !request.save &&`, `mayUseCached(request) &&`, "save"],
  ]),
  ...mutationsOf("workflows/sessions/say_clock.ts", [
    [`if (off !== undefined) world`, `if (false) world`, "said"],
  ]),
  ...mutationsOf("workflows/doctor/check_variables.ts", [
    [`["AWSMFA_SERIAL", checkSerial],`, ``, "serial"],
    [`wrong.add(name);`, ``, "rest"],
  ]),
  ...mutationsOf("workflows/doctor/check_placement.ts", [
    [`placement.roles.length === 0 ? setting`, `true ? setting`, "role-duration"],
    [`checkSetting("device", device, checkSerial) ?? `, ``, "device"],
  ]),
  ...mutationsOf("workflows/sessions/obtain_session.ts", [
    [`return seconds ?? usualSeconds ?? `, `return seconds ?? `, "variable"],
    [`(found && parseDuration(found.value, found.source, SESSION_SECONDS)) ??`, ``, "profile"],
  ]),
  ...mutationsOf("workflows/sessions/obtain_role.ts", [
    [
      `Math.min(role.seconds ?? ROLE_SECONDS.usual, CHAINED_ROLE_SECONDS)`,
      `(role.seconds ?? ROLE_SECONDS.usual)`,
      "hour-in-chain",
    ],
    [`keys = credentials;`, ``, "next-keys"],
    [`needsName ? await`, `true ? await`, "asked-for-name"],
    [`const itsSeconds = isLast ? seconds : `, `const itsSeconds = true ? seconds : `, "seconds-of-step"],
    [
      `const withSession = { ...access, keys: session.credentials };`,
      `const withSession = access;`,
      "asked-with-session",
    ],
  ]),
  ...mutationsOf("workflows/undo/log_out.ts", [
    [
      `error instanceof NoCredentialsError || error instanceof UsageError`,
      `error instanceof NoCredentialsError`,
      "wrong-setting",
    ],
    [`cached.length === 0) {`, `true) {`, "only-cached"],
  ]),
  ...mutationsOf("workflows/sessions/call_with_code.ts", [
    [
      `if (settings.code === undefined && command === undefined) refuseWithoutTerminal(world);`,
      ``,
      "refused-early",
    ],
    [`settings.code ?? await getCode(device.serial)`, `await getCode(device.serial)`, "given-code"],
    [`isWrongCode(error) && canAsk && --chances > 0`, `isWrongCode(error) && canAsk`, "chances"],
    [`if (isWrongDevice(error)) {`, `if (false) {`, "wrong-device"],
    [`canAsk || command !== undefined`, `canAsk`, "command-waits"],
    [
      `const canAsk = world.interactive && command === undefined;`,
      `const canAsk = world.interactive;`,
      "command-asks",
    ],
    [`await world.sleep(wait);`, ``, "waits"],
  ]),
  ...mutationsOf("workflows/devices/find_device.ts", [
    [`search.tried.add(wrong.serial);`, ``, "tried"],
    [`showsCodes(serial) && !search`, `!search`, "fido"],
    [`usable.length === 1 ? first : await chooseDevice(world, usable)`, `first`, "several"],
    [
      `if (!error.code.startsWith("AccessDenied")) throw explainRefusal`,
      `if (false) throw explainRefusal`,
      "other-refusal",
    ],
    [`serials[Number(answer.trim()) - 1]`, `serials[Number(answer.trim())]`, "chosen"],
    [`{ serial: meant, insteadOf: checked, ...how }`, `{ serial: checked, ...how }`, "user-arn"],
    [`if (wrong.how === "remembered") {`, `if (false) {`, "remembered-then-derived"],
  ]),
  ...mutationsOf("workflows/devices/known_device.ts", [
    [`serial ?? serialSetting(placement)`, `serialSetting(placement) ?? serial`, "flag-first"],
  ]),
  ...mutationsOf("workflows/support/sts_access.ts", [
    [
      `["AWS_REGION", world.env("AWS_REGION")],\n      ["AWS_DEFAULT_REGION", world.env("AWS_DEFAULT_REGION")],`,
      `["AWS_DEFAULT_REGION", world.env("AWS_DEFAULT_REGION")],\n      ["AWS_REGION", world.env("AWS_REGION")],`,
      "region-order",
    ],
    [`[ofService, "AWS_ENDPOINT_URL"]`, `["AWS_ENDPOINT_URL", ofService]`, "service-first"],
  ]),
  ...mutationsOf("workflows/support/ask_for.ts", [
    [`CHANCES = 3`, `CHANCES = 4`, "chances"],
    [`if (usual !== undefined && answer.trim() === "") return usual;`, ``, "enter"],
  ]),
  ...mutationsOf("workflows/setup/ask_keys.ts", [
    [`there = undefined;`, ``, "offered-once"],
    [`world.interactive && source.downloaded === undefined ? CHANCES : 1`, `CHANCES`, "without-terminal"],
    [`if (!isWrongKey(error) || `, `if (`, "other-refusal"],
    [`if (secret.trim() === "") {`, `if (false) {`, "no-secret"],
  ]),
  ...mutationsOf("workflows/devices/ask_device.ts", [
    [`answer === AT_A_LOGIN ? undefined : answer`, `answer`, "at-a-login"],
    [`namedDevice(world, search, owner) ?? `, ``, "named"],
    [`if (error instanceof RefusedError) return undefined;`, ``, "unlisted"],
  ]),
  ...mutationsOf("workflows/setup/set_up.ts", [
    [`if (profile !== undefined) refuseOtherKinds(files, profile);`, ``, "other-kinds"],
    [`for (const file of [files.config, files.credentials]) findSection(file, name);`, ``, "twice"],
    [`!sameKeys(found.keys, keys)`, `false`, "new-keys"],
    [`keysBeside(files, name) ?? ownKeys`, `ownKeys`, "beside"],
    [`source !== undefined && source !== profile.name`, `false`, "source-profile"],
  ]),
  ...mutationsOf("workflows/setup/link_profile.ts", [
    [`if (isOwn && row !== "section beside") {`, `if (false) {`, "itself"],
    [`if (!isOwn && inCredentials.length > 0) {`, `if (false) {`, "taken"],
    [`section !== undefined && there !== command`, `false`, "taken-in-config"],
    [`if (region !== undefined && !isOwn) values.push`, `if (false) values.push`, "region"],
  ]),
  ...mutationsOf("workflows/sessions/goes_without_code.ts", [
    [`request.code === undefined &&`, `true &&`, "code"],
    [
      `files.at) }) ===
      undefined;`,
      `files.at) }) !==
      undefined || true;`,
      "device",
    ],
  ]),
  ...mutationsOf("workflows/sessions/without_code.ts", [
    [`if (!request.noMfa) return undefined;`, ``, "wants-a-code"],
  ]),
  ...mutationsOf("workflows/setup/import_setup.ts", [
    [`if (beginsWithSection(text)) {`, `if (false) {`, "other-aws-file"],
    [`(text !== "" && text === knownText)`, `false`, "another-way"],
    [`before !== after)`, `true)`, "no-change"],
  ]),
  ...mutationsOf("workflows/support/apply_changes.ts", [
    [`if ((texts[i] || undefined) !== before) {`, `if (false) {`, "meanwhile"],
  ]),
  ...mutationsOf("workflows/setup/edit_file.ts", [
    [`if (edited === before) return`, `if (false) return`, "unchanged"],
    [`if (now !== there) found.push(changedMeanwhile(file, path));`, ``, "meanwhile"],
    [`if (answer === "x") throw`, `if (answer === "q") throw`, "leave"],
    [
      `[editor, world.env("VISUAL"), world.env("EDITOR")]`,
      `[editor, world.env("EDITOR"), world.env("VISUAL")]`,
      "visual-first",
    ],
    [`if (texts[paths.indexOf(path)] === there) return`, `if (true) return`, "cached-changing"],
  ]),
  ...mutationsOf("workflows/doctor/check_access.ts", [
    [`days < OLD_KEY_DAYS`, `true`, "old-key"],
    [`devices.some(({ serial }) => showsCodes(serial))`, `devices.length > 0`, "fido"],
    [
      `>= CLOCK_TOLERANCE_SECONDS ? problem : warning`,
      `>= CLOCK_TOLERANCE_SECONDS ? warning : problem`,
      "clock",
    ],
  ]),
  ...mutationsOf("workflows/doctor/check_files.ts", [
    [`file !== "devices.json"`, `true`, "devices"],
  ]),
  ...mutationsOf("workflows/login/choose_profile.ts", [
    [`stemOfKeys(name) ?? name`, `name`, "keys-section"],
    [`if (names.includes(typed)) return typed;`, `return typed;`, "none-of-them"],
  ]),
  ...mutationsOf("workflows/devices/code_command.ts", [
    [`if (code !== undefined) return undefined;`, ``, "given-code"],
    [`codeCommand ?? setting`, `setting(placement, "mfa_process")?.value ?? codeCommand ?? setting`, "order"],
  ]),
  ...mutationsOf("workflows/devices/list_devices.ts", [
    [`usable.length === 1 ? usable : []`, `usable`, "only-one"],
    [`isListed ? first.serial : only?.serial`, `first.serial`, "unlisted"],
  ]),
  ...mutationsOf("workflows/sessions/status.ts", [
    [`isLoggedIn(status) && error instanceof NoCredentialsError`, `false`, "foreign-session"],
  ]),
  ...mutationsOf("workflows/doctor/doctor.ts", [
    [`if (request.offline) return checks;`, ``, "offline"],
  ]),
  ...mutationsOf("workflows/support/name_profiles.ts", [
    [`.filter((name) => !/\\p{Cc}/u.test(name))`, ``, "control"],
  ]),
  ...mutationsOf("workflows/setup/ask_region.ts", [
    [`if (itsPartition === partition) return region;`, `return region;`, "partition"],
  ]),
  ...mutationsOf("workflows/setup/edit_findings.ts", [
    [`check.state === "problem" || !known.has(wordsOf(check))`, `true`, "known-warning"],
  ]),
  ...mutationsOf("workflows/doctor/check_environment.ts", [
    [`variable !== undefined && named !== name`, `variable !== undefined`, "hidden-profile"],
  ]),
  ...mutationsOf("workflows/setup/save_setup.ts", [
    [
      `if (after?.first === "backup") changes.unshift(...backups);\n    else changes`,
      `changes`,
      "backup-first",
    ],
  ]),
  ...mutationsOf("workflows/doctor/check_backup.ts", [
    [`findProfile(files, name) === undefined)`, `false)`, "orphans"],
  ]),
];
