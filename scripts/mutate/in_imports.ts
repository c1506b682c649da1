import { type Mutation, mutationsOf } from "./mutation.ts";

/** The set-ups of other tools. */
export const IN_IMPORTS: readonly Mutation[] = [
  ...mutationsOf("domain/imports/config_layouts.ts", [
    [`?? standard?.own(key)`, ``, "default-profile"],
    [`!included.includes(name)`, `true`, "heirs"],
  ]),
  ...mutationsOf("domain/imports/credentials_layouts.ts", [
    [`roleValue(profile, key) !== undefined ? []`, `false ? []`, "kept-value"],
    [`holder?.own("aws_mfa_device") ?? `, ``, "broamski-device"],
    [`role === undefined ? undefined : source`, `source`, "source-without-role"],
    [`/^(["']).+\\1$/`, `/^(").+\\1$/`, "single-quotes"],
  ]),
  ...mutationsOf("domain/imports/cwells.ts", [
    [`.toReversed()`, ``, "inherit-order"],
    [`if (!profiles.has(parent)) {`, `if (false) {`, "missing-parent"],
    [`hasKeys(files, name) ? name : awsProfile`, `awsProfile`, "own-keys"],
    [`/^[\\w+=,.@-]{1,64}$/`, `/^.*$/`, "username"],
  ]),
  ...mutationsOf("domain/imports/foreign_setup.ts", [
    [`sectionsOf(config, name).length === 0 &&`, ``, "second-header"],
    [`).toReversed().reduce(`, `).reduce(`, "order"],
  ]),
  ...mutationsOf("domain/imports/wizard_shack.ts", [
    [`/^\\d+$/.test(name) && itsAccount !== name`, `false`, "account"],
    [`region !== undefined && partitionOfRegion(region) !== partition`, `false`, "partition"],
    [`filter(({ name }) => name === user.name).length > 1`, `length > 1`, "one-of-many"],
    [`one.account === other.account && `, ``, "same-user"],
    [`&& findProfile(files, name) !== undefined ? name`, `? name`, "older-layout"],
  ]),
  ...mutationsOf("domain/imports/yaml_data.ts", [
    [`value === undefined || value === ""`, `value === undefined`, "empty"],
    [`if (known.includes(key)) continue;`, `continue;`, "unknown-key"],
    [`/^\\d{12}$/.test(account)`, `/^\\d+$/.test(account)`, "account"],
  ]),
];
