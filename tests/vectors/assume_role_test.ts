import assert from "node:assert/strict";
import { place } from "../../src/domain/placement/placement.ts";
import { findProfile } from "../../src/domain/aws_files/profiles.ts";
import { roleValue } from "../../src/domain/placement/role.ts";
import type { KeyFiles } from "../../src/domain/placement/source_keys.ts";
import { keysOfSource } from "../../src/domain/placement/keys_of_source.ts";
import { resolveRoleChain, type RoleChain } from "../../src/domain/placement/role_chain.ts";
import { NoCredentialsError } from "../../src/errors.ts";
import { keyFiles, type Texts } from "../pure/aws_files/key_files.ts";
import { readVectors } from "./read_vectors.ts";

type Sections = Record<string, Record<string, string>>;

interface Link {
  readonly AccessKey?: { readonly access_key_id: string; readonly secret_access_key: string };
  readonly AssumeRole?: {
    readonly role_arn: string;
    readonly external_id?: string;
    readonly role_session_name?: string;
  };
  readonly NamedSource?: string;
  readonly WebIdentityToken?: object;
  readonly Sso?: object;
}

interface Vector {
  readonly docs: string;
  readonly input: {
    readonly profiles: Sections;
    readonly sso_sessions?: Sections;
    readonly selected_profile: string;
  };
  readonly output: { readonly ProfileChain?: readonly Link[]; readonly Error?: string };
}

/** AWS's words, and awsmfa's for the same. */
const ERRORS: Record<string, RegExp> = {
  "profile must contain `source_profile`": /^profile 'A' has role_arn, but no source_profile /,
  "profile contained both source_profile and credential_source":
    /^profile 'A' has both source_profile and credential_source$/,
  "profile missing aws_secret_access_key": /^profile 'B' has no aws_secret_access_key in /,
  "profile missing aws_access_key_id": /^profile 'B' has no aws_access_key_id in /,
  "profile `B` did not contain credential information": /^profile 'B' has no access key in /,
  "profile `A` did not contain credential information": /^profile 'A' has no access key in /,
  "could not find source profile B referenced from A": /^no profile 'B', the source profile of 'A', in /,
  "No profiles were defined": /^no profile 'A' in /,
  "profile formed an infinite loop": /^the source profiles form a loop: 'A' -> 'B' -> 'A'$/,
};

/** Ways to credentials that awsmfa has no part in, and by what it names them. */
const FOREIGN: [what: string, isIt: (vector: Vector) => boolean, named: RegExp][] = [
  [
    "credential_source",
    ({ output }) => hasLink(output, "NamedSource"),
    /\(credential_source\), which awsmfa has no part in$/,
  ],
  [
    "web identity",
    ({ input }) => holds(input.profiles, "web_identity_token_file"),
    /through a web identity \(web_identity_token_file\), which awsmfa has no part in$/,
  ],
  [
    "IAM Identity Center",
    ({ input }) => holds(input.profiles, "sso_"),
    /through IAM Identity Center \(sso_\w+\), which awsmfa has no part in$/,
  ],
];

const FILE = "smithy-rs/assume-role-tests.json";
const vectors = readVectors<Vector>(FILE);

if (vectors === undefined) {
  Deno.test({ name: `assume role: ../shared/vectors/${FILE} is not here`, ignore: true, fn: () => {} });
} else {
  Deno.test("assume role: there are 28 vectors, each error of those in scope is known", () => {
    assert.equal(vectors.length, 28);
    const errors = vectors.filter((vector) => foreignName(vector) === undefined).map(({ output }) =>
      output.Error
    );
    assert.deepEqual(
      [...new Set(errors.filter((text) => text !== undefined))].toSorted(),
      Object.keys(ERRORS).toSorted(),
    );
  });
  for (const [i, vector] of vectors.entries()) {
    const foreign = foreignName(vector);
    const suffix = foreign === undefined ? "" : `; ${foreign[0]}, named as not awsmfa's business`;
    for (const place of ["config", "credentials"] as const) {
      const name = `assume role ${i + 1}, keys in ${place}: ${vector.docs}${suffix}`;
      Deno.test(name, () => check(vector, keyFiles(render(vector, place)), foreign?.[2]));
    }
  }
}

function check({ input, output }: Vector, files: KeyFiles, foreign: RegExp | undefined): void {
  const name = input.selected_profile;
  const expected = foreign ?? (output.Error === undefined ? undefined : ERRORS[output.Error]);
  if (expected !== undefined) {
    for (
      const resolve of [() => chainOf(files, name), () => place(files, { name, named: true, force: true })]
    ) {
      assert.throws(resolve, (error) => {
        assert.ok(error instanceof NoCredentialsError, String(error));
        assert.match(error.message, expected);
        return true;
      });
    }
    return;
  }
  const { source, roles } = chainOf(files, name);
  const [base, ...assumed] = output.ProfileChain ?? [];
  assert.deepEqual(source.keys, {
    accessKeyId: base?.AccessKey?.access_key_id,
    secretAccessKey: base?.AccessKey?.secret_access_key,
  });
  assert.deepEqual(
    roles.map(({ arn, externalId, sessionName }) => [arn, externalId, sessionName]),
    assumed.map(({ AssumeRole }) => [
      AssumeRole?.role_arn,
      AssumeRole?.external_id,
      AssumeRole?.role_session_name,
    ]),
  );
}

/** As `place` does it, without the check of the ARNs: those of the vectors have account numbers that are too short. */
function chainOf(files: KeyFiles, name: string): RoleChain {
  const profile = findProfile(files, name);
  return profile !== undefined && roleValue(profile, "role_arn") !== undefined
    ? resolveRoleChain(files, profile)
    : { source: keysOfSource(files, name, undefined), roles: [] };
}

/** All in the config file, or the keys of access in the credentials file. */
function render({ input }: Vector, keysIn: "config" | "credentials"): Texts {
  const lines = (values: Record<string, string>, isHere: (key: string) => boolean): string =>
    Object.entries(values).filter(([key]) => isHere(key)).map(([key, value]) => `${key} = ${value}\n`).join(
      "",
    );
  const isKey = (key: string): boolean => /^aws_(access_key_id|secret_access_key)$/.test(key);
  const profiles = Object.entries(input.profiles);
  const sessions = Object.entries(input.sso_sessions ?? {});
  const config = [
    ...profiles.map(([name, values]) =>
      `[profile ${name}]\n${lines(values, (key) => keysIn === "config" || !isKey(key))}`
    ),
    ...sessions.map(([name, values]) => `[sso-session ${name}]\n${lines(values, () => true)}`),
  ];
  const credentials = profiles
    .filter(([, values]) => keysIn === "credentials" && Object.keys(values).some(isKey))
    .map(([name, values]) => `[${name}]\n${lines(values, isKey)}`);
  return { config: config.join(""), credentials: credentials.join("") };
}

function foreignName(vector: Vector): (typeof FOREIGN)[number] | undefined {
  return FOREIGN.find(([, isIt]) => isIt(vector));
}

function hasLink({ ProfileChain = [] }: Vector["output"], kind: keyof Link): boolean {
  return ProfileChain.some((link) => link[kind] !== undefined);
}

function holds(profiles: Sections, start: string): boolean {
  return Object.values(profiles).some((values) => Object.keys(values).some((key) => key.startsWith(start)));
}
