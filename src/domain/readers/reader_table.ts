import { botocore, go, java, java1, javascript, net, rust, SIGNS } from "./grammars.ts";
import type { Names, Reader } from "./reader.ts";

const PLAIN_PROFILE = new RegExp(`^profile[ \\t]+(${SIGNS})$|^(default)$`);
const ANY = /^([^]+)$/;

const TOKEN = ["aws_session_token"];
const SSO = "sso_session|sso_start_url|sso_region|sso_account_id|sso_role_name";

const sdkNames: Names = {
  credentials: new RegExp(`^(${SIGNS})$`),
  config: PLAIN_PROFILE,
  others: new RegExp(`^(?:sso-session|services)[ \\t]+${SIGNS}$`),
  both: "prefixed",
};
const goNames: Names = {
  credentials: /^(?!profile[ \t])([^]+)$/,
  config: /^profile[ \t]+([^]+)$|^(default|DEFAULT|Default)$/,
  both: "prefixed",
};
const YES_OR_NO = /^(?:true|false)$/i;
const WHEN = /^when_(?:supported|required)$/i;
/** Up to 10485760, nearly. */
const COMPRESSION_BYTES = /^\+?0*(?:\d{1,7}|10[0-4]\d{5})$/;
const GO_VALUES = {
  ec2_metadata_service_endpoint_mode: /^(?:ipv4|ipv6|)$/i,
  defaults_mode: /^(?:auto|cross-region|in-region|legacy|mobile|standard|)$/i,
  max_attempts: /^[+-]?(?:\d+|0x[\da-f]+|0b[01]+|0o[0-7]+)$/i,
  retry_mode: /^(?:standard|adaptive)$/,
  disable_request_compression: /^(?:true|false)$/,
  disable_clock_skew_correction: /^(?:true|false)$/,
  request_min_compression_size_bytes: COMPRESSION_BYTES,
  account_id_endpoint_mode: /^(?:preferred|required|disabled)$/,
  request_checksum_calculation: WHEN,
  response_checksum_validation: WHEN,
};
const goReader: Omit<Reader, "id" | "name" | "usual"> = {
  grammar: go,
  names: goNames,
  choice: {
    files: "both",
    merging: "pair",
    alone:
      /^(?:endpoint_url|services|sdk_ua_app_id|.*_compression.*|.*_checksum_.*|.*clock_skew.*|account_id_.*)$/,
    order: [
      "+role_arn",
      "+source_profile|+credential_source|+web_identity_token_file",
      "+sso_session !sso-session",
      "keys",
      `+${SSO.replaceAll("|", "|+")}`,
      "+login_session",
      "+credential_process",
    ],
    tokens: TOKEN,
    values: GO_VALUES,
  },
};

/** The readers of readers.md, those that a person is likely to use before the rest. */
export const READERS: readonly Reader[] = [
  {
    id: "cli",
    name: "the AWS CLI",
    usual: true,
    grammar: botocore,
    names: {
      credentials: ANY,
      config: /^(default)$|^(profile[^]*)$/,
      words: true,
      both: "later",
      base: "DEFAULT",
    },
    choice: {
      files: "both",
      merging: "file",
      order: [
        "role_arn !web_identity_token_file",
        "+web_identity_token_file",
        "sso_account_id|sso_role_name",
        "keys credentials",
        "login_session",
        "credential_process",
        "keys config",
      ],
      tokens: ["aws_security_token", "aws_session_token"],
      takesEmpty: true,
      blocks: true,
      values: {
        ec2_metadata_service_endpoint_mode: /^ipv[46]$/i,
        ec2_metadata_service_endpoint: /^https?:\/\/\S+$/i,
      },
    },
  },
  {
    id: "js",
    name: "JavaScript",
    usual: true,
    grammar: javascript,
    names: {
      credentials: /^(?![\w-]+\s(["'])?[\w\-@+.%:/]+\1$)([^]+)$/,
      config:
        /^profile\s(?:([\w\-@+.%:/]+)|"([\w\-@+.%:/]+)"|'([\w\-@+.%:/]+)')$|^profile\.([^]*)$|^(default)$/,
      both: "prefixed",
    },
    choice: {
      files: "both",
      merging: "joined",
      order: [
        "role_arn source_profile !credential_source",
        "role_arn credential_source !source_profile",
        "keys",
        "web_identity_token_file role_arn",
        "credential_process",
        SSO,
        "login_session",
      ],
      tokens: TOKEN,
    },
  },
  { id: "go", name: "Go", usual: true, ...goReader },
  { id: "tf", name: "Terraform", usual: true, ...goReader },
  {
    id: "net",
    name: ".NET",
    usual: true,
    grammar: net,
    names: {
      credentials: /^profile[ \t]+([^]+)$|^([^]+)$/,
      config: /^profile[ \t]+([^]+)$|^(default)$/,
      both: "bare",
    },
    choice: {
      files: "both",
      merging: "joined",
      order: [
        "services !config-file",
        "sso_session",
        `+sso_registration_scopes|+${SSO.replaceAll("|", "|+")}`,
        "+role_arn|+source_profile|+credential_source|+web_identity_token_file|+credential_process|+mfa_serial|" +
        "+external_id|+role_session_name",
        "keys",
      ],
      tokens: TOKEN,
      values: {
        use_fips_endpoint: YES_OR_NO,
        use_dualstack_endpoint: YES_OR_NO,
        endpoint_discovery_enabled: YES_OR_NO,
        ignore_configured_endpoint_urls: YES_OR_NO,
        s3_use_arn_region: YES_OR_NO,
        s3_disable_express_session_auth: YES_OR_NO,
        s3_disable_multiregion_access_points: YES_OR_NO,
        s3_force_path_style: YES_OR_NO,
        disable_request_compression: YES_OR_NO,
        s3_us_east_1_regional_endpoint: /^(?:regional|legacy)$/i,
        retry_mode: /^(?:standard|adaptive|[+-]?\d+)$/i,
        max_attempts: /^\+?0*[1-9]\d*$/,
        ec2_metadata_service_endpoint_mode: /^ipv[46]$/i,
        account_id_endpoint_mode: /^(?:preferred|disabled|required|[+-]?\d+)$/i,
        request_checksum_calculation: WHEN,
        response_checksum_validation: WHEN,
        ec2_metadata_service_endpoint: /^[a-z][a-z\d+.-]*:\S+$/i,
        toolkit_artifact_guid: /^(?:\{?[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}\}?)?$/i,
        // What can't be a part of a host name.
        region: /^(?:[a-z\d][a-z\d-]{0,62})?$/i,
        request_min_compression_size_bytes: COMPRESSION_BYTES,
      },
    },
  },
  {
    id: "java",
    name: "Java",
    usual: true,
    grammar: java,
    names: sdkNames,
    choice: {
      files: "both",
      merging: "joined",
      order: [
        "role_arn web_identity_token_file",
        SSO,
        "role_arn source_profile|credential_source",
        "credential_process",
        "login_session",
        "keys",
      ],
      tokens: TOKEN,
      takesEmpty: true,
    },
  },
  {
    id: "java1",
    name: "Java 1",
    usual: true,
    grammar: java1,
    names: { credentials: /^profile ([^]+)$|^([^]+)$/, config: /^profile ([^]+)$|^([^]+)$/, both: "bare" },
    choice: {
      files: "credentials, else config",
      merging: "joined",
      order: ["role_arn", "credential_process", "keys"],
      tokens: TOKEN,
      tokenFilled: true,
    },
  },
  {
    id: "rust",
    name: "Rust",
    usual: true,
    grammar: rust,
    names: sdkNames,
    choice: {
      files: "both",
      merging: "joined",
      order: [
        "role_arn !web_identity_token_file",
        "credential_source",
        "web_identity_token_file",
        SSO,
        "login_session",
        "credential_process",
        "keys",
      ],
      tokens: TOKEN,
      takesEmpty: true,
    },
  },
];
