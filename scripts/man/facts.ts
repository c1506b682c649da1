/** What the manual page tells that no command's help does. */
export const EXIT_CODES: Readonly<Record<string, string>> = {
  "0": "done",
  "1": "unexpected; doctor: something is a problem",
  "2": "wrong usage",
  "3": "refused by AWS: wrong code, no permission, unknown key",
  "4": "no credentials, or no valid session",
  "5": "a file could not be read or saved",
  "6": "network",
  "130": "cancelled",
};

export const VARIABLES: Readonly<Record<string, string>> = {
  "AWS_PROFILE, AWS_DEFAULT_PROFILE": "the profile, where -p names none",
  "AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE": "where the two files are",
  "AWSMFA_DURATION, AWSMFA_SERIAL, AWSMFA_CODE_COMMAND": "as --duration, --serial and --code-command",
  "AWS_REGION, AWS_DEFAULT_REGION": "as --region",
  "AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL_IAM": "another address than AWS's own",
  "AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT, AWS_CA_BUNDLE": "as for the AWS CLI",
  "AWSMFA_CODE_TIMEOUT": "how long a code command may take, else 30s; 2m where somebody answers a dialog",
  "AWSMFA_TIMEOUT": "seconds for a connection, and again for the answer, else 10 and 20",
  "HTTPS_PROXY, ALL_PROXY, NO_PROXY": "the proxy, lower case before upper case",
  "VISUAL, EDITOR": "the editor of awsmfa edit",
  "NO_COLOR": "no colours",
  "CI": "true: nobody is asked, as with --no-input",
};

export const FILES: Readonly<Record<string, string>> = {
  "~/.aws/credentials, ~/.aws/config": "the files of the AWS tools",
  "~/.aws/credentials_backup_by_awsmfa":
    "the long-term keys that logins put aside; itself a credentials file, mode 0600",
  "~/.aws/awsmfa/": "sessions that are kept for env, exec and credential-process, mode 0700",
  "~/.aws/credentials.awsmfa.lock": "keeps two awsmfa apart",
};
