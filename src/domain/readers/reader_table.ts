import { botocore, crt, go, go1, java, java1, javascript, net, ruby, rust } from "./grammars.ts";
import { GO_VALUES, JAVA_VALUES, NET_VALUES } from "./known_values.ts";
import { LESS_USUAL, SSO, TOKEN } from "./less_usual_readers.ts";
import { ANY, goNames, javaNames, rustNames } from "./profile_names.ts";
import type { Reader } from "./reader.ts";

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

const RUBY_NAME = /^profile[ \t-\r]+([^]+)$|^([^]+)$/;

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
      both: "prefixed with keys",
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
    id: "go1",
    name: "Go 1",
    usual: true,
    grammar: go1,
    names: { credentials: /^profile ([^]+)$|^([^]+)$/, config: /^profile ([^]+)$|^([^]+)$/, both: "bare" },
    choice: {
      files: "both",
      merging: "file",
      order: [
        "+role_arn",
        "+source_profile|+credential_source|+web_identity_token_file",
        "+sso_session !sso-session",
        "keys credentials",
        "keys config",
        `+${SSO.replaceAll("|", "|+")}`,
        "+credential_process",
      ],
      tokens: TOKEN,
      passesHalf: true,
      values: {
        sts_regional_endpoints: /^(?:regional|legacy)$/i,
        s3_us_east_1_regional_endpoint: /^(?:regional|legacy)$/i,
        ec2_metadata_service_endpoint_mode: /^ipv[46]$/i,
      },
    },
  },
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
      values: NET_VALUES,
    },
  },
  {
    id: "java",
    name: "Java",
    usual: true,
    grammar: java,
    names: javaNames,
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
      takesEmpty: "beside a token",
      clientValues: JAVA_VALUES,
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
    names: rustNames,
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
  {
    id: "crt",
    name: "the AWS CRT",
    usual: true,
    grammar: crt,
    names: {
      credentials: /^([\w\\\-/.%@:+]+)$/,
      config: /^profile[ \t]+([\w\\\-/.%@:+]+)$|^(default)$/,
      others: /^(?:sso-session|services)[ \t]+[\w\\\-/.%@:+]+$/,
      both: "prefixed",
    },
    choice: { files: "both", merging: "joined", order: ["role_arn", "keys"], tokens: TOKEN },
  },
  {
    id: "ruby",
    name: "Ruby",
    usual: true,
    grammar: ruby,
    names: { credentials: RUBY_NAME, config: RUBY_NAME, both: "merged" },
    choice: {
      files: "both",
      merging: "file",
      order: [
        "sso_account_id|sso_role_name config-file",
        "role_arn|source_profile|credential_source",
        "keys credentials",
        "keys config",
        "credential_process",
      ],
      tokens: TOKEN,
      passesHalf: true,
      blocks: true,
    },
  },
  ...LESS_USUAL,
];
