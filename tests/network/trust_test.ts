import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { certificateEnd } from "../../src/domain/network/certificate_end.ts";
import { readPem } from "../../src/domain/network/pem.ts";
import { type CorporateStage, openCorporateStage, STS_HOST } from "../support/corporate_stage.ts";
import { assertFails } from "../support/failure.ts";
import { asOrdinaryPerson, isRoot } from "../support/machine.ts";
import { works } from "../support/needs.ts";
import type { StageRun } from "../support/stage.ts";
import { CORP_CA_FILE, serverTls, tlsFile } from "../support/tls_files.ts";

const CORP = Deno.readTextFileSync(CORP_CA_FILE);
const BUNDLE = ".aws/corp.pem";
const LOOKED = "Mozilla's list, the system's store";
const HINT = "where a proxy inspects TLS, have its authority as a PEM file: AWS_CA_BUNDLE=FILE.pem";

/** Through the inspecting proxy, with no bundle but what `env` says. */
function through(
  stage: CorporateStage,
  env: Record<string, string> = {},
): StageRun & { env: Record<string, string> } {
  return { env: { ...stage.env, AWS_CA_BUNDLE: "", HTTPS_PROXY: stage.proxy.url, ...env } };
}

const loginArgs = ({ user }: CorporateStage): string[] => ["--serial", user.serial];

const DRESSED: [what: string, text: string][] = [
  ["as it is", CORP],
  ["a byte order mark", `\uFEFF${CORP}`],
  [
    "indented, with Windows line ends and words around",
    `Corp CA\r\n${CORP.replaceAll(/^/gm, "   ").replaceAll("\n", "\r\n")}`,
  ],
  ["X509 CERTIFICATE", CORP.replaceAll("CERTIFICATE", "X509 CERTIFICATE")],
  ["TRUSTED CERTIFICATE", Deno.readTextFileSync(tlsFile("corp-ca-trusted.pem"))],
  ["behind one that is over", Deno.readTextFileSync(tlsFile("expired-ca.pem")) + CORP],
];
for (const [what, text] of DRESSED) {
  Deno.test(`AWS_CA_BUNDLE is read as the AWS CLI reads it: ${what}`, async () => {
    await using stage = await openCorporateStage();
    stage.home.write(BUNDLE, text);
    await stage.login(loginArgs(stage), through(stage, { AWS_CA_BUNDLE: "~/.aws/corp.pem" }));
  });
}

const NAMED: [
  what: string,
  env: (path: (name: string) => string) => Record<string, string>,
  config?: string,
][] = [
  ["AWS_CA_BUNDLE, a folder", (path) => ({ AWS_CA_BUNDLE: path("cas") })],
  ["ca_bundle of the profile", () => ({}), "[default]\nca_bundle = ~/.aws/corp.pem\n"],
  ["REQUESTS_CA_BUNDLE", (path) => ({ REQUESTS_CA_BUNDLE: path(BUNDLE) })],
  ["SSL_CERT_FILE", (path) => ({ SSL_CERT_FILE: path(BUNDLE) })],
  ["SSL_CERT_DIR", (path) => ({ SSL_CERT_DIR: `${path("nowhere")}:${path("cas")}` })],
  ["NODE_EXTRA_CA_CERTS", (path) => ({ NODE_EXTRA_CA_CERTS: path(BUNDLE) })],
  ["DENO_CERT", (path) => ({ DENO_CERT: path(BUNDLE) })],
];
for (const [what, env, config] of NAMED) {
  Deno.test(`an authority is trusted that is named by ${what}`, async () => {
    await using stage = await openCorporateStage();
    const { home } = stage;
    home.write(BUNDLE, CORP);
    home.write("cas/corp.pem", CORP);
    home.write("cas/README", "no certificate\n");
    if (config !== undefined) home.write(".aws/config", config);
    await stage.login(loginArgs(stage), through(stage, env(home.file)));
  });
}

Deno.test("AWS_CA_BUNDLE counts before ca_bundle, and that before REQUESTS_CA_BUNDLE, as for the AWS CLI", async () => {
  await using stage = await openCorporateStage();
  const { home } = stage;
  home.write(BUNDLE, CORP);
  home.write(".aws/config", `[default]\nca_bundle = ${home.file("none.pem")}\n`);
  await stage.login(loginArgs(stage), through(stage, { AWS_CA_BUNDLE: home.file(BUNDLE) }));
  await assertFails(stage, [stage.code(), "-f"], {
    code: 5,
    says: `ca_bundle of profile 'default': ${home.file("none.pem")} is not there`,
    hint: "name a PEM file of certificate authorities, or leave ca_bundle of profile 'default' out",
  }, through(stage, { REQUESTS_CA_BUNDLE: home.file(BUNDLE) }));
});

const REFUSED: [what: string, certificate: string | undefined, ca: string, says: string, hint: string][] = [
  [
    "an authority that nobody named",
    undefined,
    "",
    `its TLS certificate isn't trusted (looked in ${LOOKED})`,
    HINT,
  ],
  [
    "another authority than the named one",
    undefined,
    tlsFile("ca.pem"),
    `its TLS certificate isn't trusted (looked in ${LOOKED}, AWS_CA_BUNDLE (${tlsFile("ca.pem")}))`,
    HINT,
  ],
  [
    "a certificate that is over",
    "aws-expired.pem",
    CORP_CA_FILE,
    "its TLS certificate has expired",
    "is this machine's clock right? If it is, whoever runs the server or the proxy must renew the certificate",
  ],
];
for (const [what, certificate, ca, says, hint] of REFUSED) {
  Deno.test(`what is not trusted is said, and no code is spent: ${what}`, async () => {
    await using stage = await openCorporateStage({}, certificate === undefined ? {} : { certificate });
    await assertFails(stage, [stage.code(), ...loginArgs(stage)], {
      code: 6,
      says: `can't trust ${STS_HOST}: ${says}`,
      hint,
    }, through(stage, { AWS_CA_BUNDLE: ca }));
  });
}

Deno.test("a certificate of another host is told as such, and nobody is told to trust more", async () => {
  await using stage = await openCorporateStage();
  const env = { ...stage.env, AWS_ENDPOINT_URL_STS: stage.sts.url };
  await assertFails(stage, [stage.code(), ...loginArgs(stage)], {
    code: 6,
    says: `can't trust ${new URL(stage.sts.url).host}: its TLS certificate is for ${STS_HOST}, ` +
      "sts.eu-central-1.amazonaws.com, sts.amazonaws.com",
    hint: "something else answers in its place: check the address, the network and its DNS",
  }, { env });
});

Deno.test("an authority that is over is no anchor, and a file with no other is refused", async () => {
  await using stage = await openCorporateStage({}, { certificate: "aws-of-expired-ca.pem" });
  const path = tlsFile("expired-ca.pem");
  await assertFails(stage, [stage.code()], {
    code: 5,
    says: `AWS_CA_BUNDLE: ${path} holds expired certificates only`,
    hint: "name a PEM file of certificate authorities, or leave AWS_CA_BUNDLE out",
  }, through(stage, { AWS_CA_BUNDLE: path }));
  stage.home.write(BUNDLE, Deno.readTextFileSync(path) + CORP);
  const ran = await stage.awsmfa(
    [stage.code(), ...loginArgs(stage)],
    through(stage, { AWS_CA_BUNDLE: "~/.aws/corp.pem" }),
  );
  assert.equal(ran.code, 6);
  assert.match(ran.stderr, /its TLS certificate isn't trusted/);
});

Deno.test("what the runtime's own variables say wrongly is told in words, also by doctor", async () => {
  const rows: [env: Record<string, string>, code: number, says: string][] = [
    [{ DENO_CERT: "/nowhere/ca.pem" }, 5, "DENO_CERT: /nowhere/ca.pem is not there"],
    [
      { DENO_TLS_CA_STORE: "bogus" },
      2,
      "DENO_TLS_CA_STORE: 'bogus' isn't a store of certificate authorities",
    ],
  ];
  for (const [env, code, says] of rows) {
    await using stage = await openCorporateStage();
    const run = through(stage, { AWS_CA_BUNDLE: CORP_CA_FILE, ...env });
    const ran = await stage.awsmfa([stage.code()], run);
    assert.deepEqual([ran.code, ran.stderr.split("\n")[0]], [code, `awsmfa: ${says}`]);
    const doctor = await stage.awsmfa(["doctor"], run);
    assert.ok(doctor.stdout.includes(`problem  network     ${says}\n`), doctor.stdout);
    assert.match(
      doctor.stdout,
      /\nwarning {2}environment DENO_\w+ is set, and counts for whose TLS certificates/,
    );
  }
});

Deno.test("a person's own DENO_TLS_CA_STORE and SSLKEYLOGFILE stay, and a login warns of them", async () => {
  await using stage = await openCorporateStage();
  const log = stage.home.file("keys.log");
  const run = through(stage, {
    AWS_CA_BUNDLE: CORP_CA_FILE,
    DENO_TLS_CA_STORE: "mozilla",
    SSLKEYLOGFILE: log,
  });
  const ran = await stage.login(loginArgs(stage), run);
  assert.match(
    ran.stderr,
    /^warning: SSLKEYLOGFILE is set: .*\nhint: unset SSLKEYLOGFILE\nwarning: DENO_TLS_CA_STORE is set/,
  );
  assert.match(Deno.readTextFileSync(log), /TRAFFIC_SECRET/);
  const unnamed = await stage.awsmfa([stage.code(), "-f"], through(stage, { DENO_TLS_CA_STORE: "mozilla" }));
  assert.match(unnamed.stderr, /\(looked in Mozilla's list\)/);
});

/** The system's store as a test wants it, for one program: in a mount namespace of its own. */
const inOwnMounts = (script: string, ...words: string[]): readonly string[] => [
  "unshare",
  "-m",
  "sh",
  "-c",
  `${script}; shift ${words.length}; exec "$@"`,
  "sh",
  ...words,
];
const STORE = "/etc/ssl/certs/ca-certificates.crt";
const canReplaceStore = isRoot && works(["test", "-f", STORE]) &&
  works(inOwnMounts(`mount --bind "$1" ${STORE}`, CORP_CA_FILE).concat("true"));

Deno.test({
  ignore: !canReplaceStore,
  name: "behind an inspecting proxy whose authority is in the system's store, no setting is needed at all",
  fn: async () => {
    await using stage = await openCorporateStage();
    stage.home.write("store.pem", Deno.readTextFileSync(STORE) + CORP);
    await stage.login(loginArgs(stage), {
      ...through(stage),
      through: inOwnMounts(`mount --bind "$1" ${STORE}`, stage.home.file("store.pem")),
    });
  },
});

Deno.test({
  ignore: !canReplaceStore || asOrdinaryPerson === undefined,
  name:
    "a system whose store is not there or can't be read is no fault, but where DENO_TLS_CA_STORE asks for it",
  fn: async () => {
    await using stage = await openCorporateStage();
    const env = { AWS_CA_BUNDLE: CORP_CA_FILE };
    const empty = "mount -t tmpfs none /etc/ssl && mount -t tmpfs none /usr/lib/ssl";
    await stage.login(loginArgs(stage), { ...through(stage, env), through: inOwnMounts(empty) });
    const closed = [
      ...inOwnMounts(`${empty} && mkdir /etc/ssl/certs && touch ${STORE} && chmod 000 ${STORE}`),
      ...asOrdinaryPerson ?? [],
    ];
    await stage.login(["-f", ...loginArgs(stage)], { ...through(stage, env), through: closed });
    const system = through(stage, { ...env, DENO_TLS_CA_STORE: "system" });
    const ran = await stage.awsmfa([stage.code(), "-f"], { ...system, through: closed });
    assert.deepEqual([ran.code, ran.stderr], [
      5,
      "awsmfa: the system's store of certificate authorities can't be read\n" +
      "hint: unset DENO_TLS_CA_STORE\n",
    ]);
  },
});

Deno.test("a file that is no bundle is named, with what is in it", async () => {
  await using stage = await openCorporateStage();
  stage.home.write(BUNDLE, serverTls().key);
  await assertFails(stage, [stage.code()], {
    code: 5,
    says: `REQUESTS_CA_BUNDLE: ${stage.home.file(BUNDLE)} holds no PEM certificate, but PRIVATE KEY`,
    hint: "name a PEM file of certificate authorities, or leave REQUESTS_CA_BUNDLE out",
  }, through(stage, { REQUESTS_CA_BUNDLE: stage.home.file(BUNDLE) }));
});

const SYSTEM_STORE = "/etc/ssl/certs/ca-certificates.crt";

Deno.test({
  name: "the end of every authority of the system's store is read as OpenSSL reads it",
  ignore: !works(["test", "-r", SYSTEM_STORE]),
  fn: () => {
    const { certificates } = readPem(Deno.readTextFileSync(SYSTEM_STORE));
    assert.ok(certificates.length > 0);
    for (const der of certificates) {
      assert.equal(certificateEnd(der)?.getTime(), new Date(new X509Certificate(der).validTo).getTime());
    }
  },
});
