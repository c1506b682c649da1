import assert from "node:assert/strict";
import { parseIni } from "../../../src/domain/aws_files/ini.ts";
import { configAsDefault, configAsking } from "../../../src/domain/sessions/private_config.ts";
import { programSettings } from "../../../src/domain/aws_files/program_settings.ts";

const filesOf = (config: string, credentials = "") => ({
  config: parseIni(config, "config", "CONFIG"),
  credentials: parseIni(credentials, "credentials", "CREDENTIALS"),
});
const P = "[profile P]\n";
const LOCAL = "http://127.0.0.1:4566";

const CASES: [
  what: string,
  config: string,
  variables: Record<string, string>,
  unsaid?: string[],
  wish?: Record<string, string>,
][] = [
  ["nothing", "", {}],
  ["the region of the profile", `${P}region = eu-west-1\n`, {
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
  }],
  ["a region that [default] alone has", `[default]\nregion = eu-west-1\n${P}`, {}, ["region"]],
  [
    "a region that the person set",
    `${P}region = eu-west-1\n`,
    { AWS_REGION: "us-west-2", AWS_DEFAULT_REGION: "eu-west-1" },
    [],
    {
      AWS_REGION: "us-west-2",
    },
  ],
  [
    "two of them",
    `${P}region = eu-west-1\n`,
    { AWS_REGION: "us-west-2", AWS_DEFAULT_REGION: "us-west-1" },
    [],
    {
      AWS_REGION: "us-west-2",
      AWS_DEFAULT_REGION: "us-west-1",
    },
  ],
  ["an address that [default] alone has", `[default]\nendpoint_url = ${LOCAL}\n${P}`, {
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
  }],
  [
    "services that [default] alone has",
    `[default]\nservices = l\n${P}[services l]\ns3 =\n  endpoint_url = ${LOCAL}\n`,
    {
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
    },
  ],
  ["the profile's own address", `[default]\nendpoint_url = http://other\n${P}endpoint_url = ${LOCAL}\n`, {
    AWS_ENDPOINT_URL: LOCAL,
  }],
  ["the profile's services", `${P}services = l\n[services l]\ns3 =\n  endpoint_url = ${LOCAL}\n`, {
    AWS_ENDPOINT_URL_S3: LOCAL,
  }],
  [
    "the profile's services, and an address of [default]",
    `[default]\nendpoint_url = http://o\n${P}services = l\n[services l]\ns3 =\n  endpoint_url = ${LOCAL}\n`,
    {
      AWS_ENDPOINT_URL_S3: LOCAL,
    },
    ["endpoint_url"],
  ],
  ["an address of [default] beside one of a variable", `[default]\nendpoint_url = http://o\n${P}`, {}, [
    "endpoint_url",
  ], {
    AWS_ENDPOINT_URL_STS: LOCAL,
  }],
  [
    "FIPS, dualstack, CA bundle, retries",
    `${P}use_fips_endpoint = true\nuse_dualstack_endpoint = true\nca_bundle = /ca.pem\nretry_mode = adaptive\nmax_attempts = 9\n`,
    {
      AWS_USE_FIPS_ENDPOINT: "true",
      AWS_USE_DUALSTACK_ENDPOINT: "true",
      AWS_CA_BUNDLE: "/ca.pem",
      AWS_RETRY_MODE: "adaptive",
      AWS_MAX_ATTEMPTS: "9",
    },
  ],
  ["FIPS of [default]", `[default]\nuse_fips_endpoint = true\noutput = text\n${P}`, {
    AWS_USE_FIPS_ENDPOINT: "false",
    AWS_DEFAULT_OUTPUT: "json",
  }],
  ["S3 settings of [default]", `[default]\ns3 =\n  addressing_style = path\n${P}`, {}, ["s3"]],
  ["S3 settings of the profile", `[default]\n${P}s3 =\n  addressing_style = path\n`, {}, ["s3"]],
  ["the same S3 settings", `[default]\ns3 =\n  a = b\n${P}s3 =\n  a = b\n`, {}],
];
for (const [what, config, variables, unsaid = [], wish = {}] of CASES) {
  Deno.test(`a program gets what --profile would give it, and nothing of [default]: ${what}`, () => {
    const found = programSettings(filesOf(config), "P", (name) => wish[name]);
    assert.deepEqual([Object.fromEntries(found.variables), found.unsaid], [variables, unsaid]);
  });
}

Deno.test("the default profile is where programs look: nothing is unsaid", () => {
  const found = programSettings(
    filesOf("[default]\nregion = eu-west-1\ns3 =\n  a = b\n"),
    "default",
    () => undefined,
  );
  assert.deepEqual([found.variables.get("AWS_REGION"), found.unsaid], ["eu-west-1", []]);
});

const CONFIG =
  "# mine\n[default]\nregion = us-west-2\nsource_profile = x\n[profile P]\nrole_arn = arn:aws:iam::1:role/r\n" +
  "source_profile = default\nregion = eu-west-1\ns3 =\n  addressing_style = path\nmfa_serial = m\n[profile other]\noutput = text";

Deno.test("a config where [default] has the settings of another profile, and nobody's keys or role", () => {
  const text = configAsDefault(filesOf(CONFIG, "[P]\naws_access_key_id = A\nmax_attempts = 3\n"), "P");
  assert.equal(
    text,
    "# mine\n[profile P]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = default\nregion = eu-west-1\ns3 =\n" +
      "  addressing_style = path\nmfa_serial = m\n[profile other]\noutput = text\n[default]\nregion = eu-west-1\ns3 =\n" +
      "  addressing_style = path\nmax_attempts = 3\n",
  );
  assert.equal(parseIni(text, "config", "").sections.filter(({ name }) => name === "default").length, 1);
});

Deno.test("a config with one more profile, whose name no file has, and that asks a command", () => {
  const { text, asking } = configAsking(
    filesOf(CONFIG, "[P-awsmfa]\n"),
    "P",
    "/bin/awsmfa credential-process -p P",
  );
  assert.equal(asking, "P-awsmfa-");
  assert.equal(
    text,
    `${CONFIG}\n[profile P-awsmfa-]\ncredential_process = /bin/awsmfa credential-process -p P\nregion = eu-west-1\ns3 =\n` +
      "  addressing_style = path\n",
  );
});
