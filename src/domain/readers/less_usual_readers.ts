import { minio, rustIni } from "./grammars.ts";
import { ANY } from "./profile_names.ts";
import type { Reader } from "./reader.ts";

/** The key of a session token, for nearly all. */
export const TOKEN = ["aws_session_token"];
/** Any key of SSO, for the order of a choice. */
export const SSO = "sso_session|sso_start_url|sso_region|sso_account_id|sso_role_name";

/** Readers that few people have. */
export const LESS_USUAL: readonly Reader[] = [
  {
    id: "minio",
    name: "minio-go",
    usual: false,
    grammar: minio,
    names: {
      credentials: /^(?!profile |DEFAULT$)([^]+)$/,
      config: /^profile ([^]+)$|^(?!DEFAULT$)([Dd][Ee][Ff][Aa][Uu][Ll][Tt])$/,
      both: "prefixed",
    },
    choice: {
      files: "both",
      merging: "pair",
      passesHalf: true,
      dots: true,
      order: ["keys", `+${SSO.replaceAll("|", "|+")}`, "+credential_process"],
      tokens: TOKEN,
    },
  },
  {
    id: "reqsign",
    name: "OpenDAL",
    usual: false,
    grammar: rustIni,
    names: { credentials: /^([^\\]+)$/, config: /^profile (?!default$)([^\\]+)$|^(default)$/, both: "bare" },
    choice: {
      files: "both",
      merging: "file",
      order: ["keys credentials", "keys config", "credential_process"],
      tokens: TOKEN,
      takesEmpty: true,
      passesHalf: true,
      configLast: true,
    },
  },
  {
    id: "aws-creds",
    name: "rust-s3",
    usual: false,
    grammar: { ...rustIni, skipsMark: true, badByte: "refuse" },
    names: { credentials: /^([^\\]+)$/, config: ANY, both: "bare" },
    choice: { files: "credentials", merging: "file", order: ["keys"], tokens: TOKEN, takesEmpty: true },
  },
];
