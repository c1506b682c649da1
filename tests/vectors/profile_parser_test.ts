import assert from "node:assert/strict";
import { type Ini, parseIni, type Section } from "../../src/domain/aws_files/ini.ts";
import { sectionsOf } from "../../src/domain/aws_files/find_section.ts";
import { findProfile, profileNames, type Profiles, valueIn } from "../../src/domain/aws_files/profiles.ts";
import { testVectors } from "./read_vectors.ts";

type Sections = Record<string, Record<string, string>>;

interface Vector {
  readonly name: string;
  readonly input: { readonly configFile?: string; readonly credentialsFile?: string };
  readonly output: {
    readonly config?: { readonly profiles?: Sections; readonly sso_sessions?: Sections };
    readonly errorContaining?: string;
  };
}

/** A colon in the place of `=`, which the AWS CLI and Go read (../shared/readers.md is of what each of them makes of a text). */
const AS_THE_CLI = "[profile foo]\nkey : value";

testVectors<Vector>("profile parser", "smithy-rs/profile-parser-tests.json", 65, ({ input, output }) => {
  const profiles: Profiles = {
    config: parseIni(input.configFile ?? "", "config", "CONFIG"),
    credentials: parseIni(input.credentialsFile ?? "", "credentials", "CREDENTIALS"),
  };
  const { errorContaining, config } = output;
  if (input.configFile === AS_THE_CLI) {
    return assert.deepEqual(profilesOf(profiles), { foo: { key: "value" } });
  }
  if (errorContaining !== undefined) {
    const [fault] = profiles.config.faults;
    return assert.ok(fault?.says.includes(errorContaining), fault?.says);
  }
  assert.deepEqual(profilesOf(profiles), config?.profiles);
  if (config?.sso_sessions !== undefined) {
    assert.deepEqual(ssoSessionsOf(profiles.config), config.sso_sessions);
  }
});

/** What every SDK reads: without the profiles whose names only the AWS CLI takes. */
function profilesOf(profiles: Profiles): Sections {
  const plain = profileNames(profiles).filter((name) =>
    [profiles.credentials, profiles.config].some((ini) =>
      sectionsOf(ini, name).some(({ kind }) => kind === "profile")
    )
  );
  return Object.fromEntries(plain.map((name) => {
    const profile = findProfile(profiles, name);
    assert.ok(profile);
    const keys = keysOf([...profile.inConfig, ...profile.inCredentials]);
    return [name, Object.fromEntries(keys.map((key) => [key, profile.get(key) ?? ""]))];
  }));
}

function ssoSessionsOf(config: Ini): Sections {
  const sections = config.sections.filter(({ kind }) => kind === "sso-session");
  return Object.fromEntries(sections.map(({ name }) => {
    const own = sections.filter((section) => section.name === name);
    return [name, Object.fromEntries(keysOf(own).map((key) => [key, valueIn(own, key) ?? ""]))];
  }));
}

function keysOf(sections: readonly Section[]): string[] {
  return [...new Set(sections.flatMap(({ properties }) => properties.map(({ key }) => key)))];
}
