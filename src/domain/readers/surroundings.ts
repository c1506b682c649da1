/** What a reader takes from outside of the two files, as it was measured with the real ones. */
export interface Surroundings {
  /** The variables that name the profile, the first that is set wins. */
  readonly profile: readonly string[];
  /** Such a variable that is set and empty: the profile of the empty name is looked for; else the default. */
  readonly emptyProfile?: "looked for";
  /** The variables that name the credentials and the config file. */
  readonly paths: readonly string[];
  /** A leading `~/` in them is the home. */
  readonly tilde?: true;
  /** `$NAME` in them is replaced. */
  readonly dollar?: true;
  /** Such a variable that is set and empty: there is no such file; else it is where it is by default. */
  readonly emptyPath?: "no file";
  /** Without AWS_CONFIG_FILE the config file is looked for beside the credentials file. */
  readonly configBeside?: true;
  /** AWS_PROFILE wins over keys in the environment; else they win. */
  readonly profileFirst?: true;
  /** AWS_WEB_IDENTITY_TOKEN_FILE wins over the files, and over AWS_PROFILE; a profile named to the reader wins over it. */
  readonly webIdentityFirst?: true;
  /**
   * Who splits the line of a credential_process. `shell`: a shell, as it stands. `shell, cut`: a shell, up to ` #` and
   * ` ;`. `shell, doubled`: a shell, each backslash doubled. `words`: shell words, no shell. `blanks`: at blanks, quotes
   * stay. `never`: it follows none.
   */
  readonly process: "shell" | "shell, cut" | "shell, doubled" | "words" | "blanks" | "never";
}

const PATHS = ["AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"];
const GO: Surroundings = {
  profile: ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
  paths: PATHS,
  webIdentityFirst: true,
  process: "shell, cut",
};
const SDK: Surroundings = {
  profile: ["AWS_PROFILE"],
  emptyProfile: "looked for",
  paths: PATHS,
  tilde: true,
  emptyPath: "no file",
  process: "shell, cut",
};

/** By the id of the row. */
export const SURROUNDINGS: Readonly<Record<string, Surroundings>> = {
  cli: {
    ...SDK,
    profile: ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"],
    dollar: true,
    webIdentityFirst: true,
    process: "words",
  },
  js: { profile: ["AWS_PROFILE"], paths: PATHS, tilde: true, profileFirst: true, process: "shell" },
  go: GO,
  tf: GO,
  go1: { ...GO, process: "shell" },
  net: { profile: ["AWS_PROFILE"], paths: PATHS, configBeside: true, process: "shell, doubled" },
  java: { ...SDK, webIdentityFirst: true },
  java1: { profile: ["AWS_PROFILE"], paths: ["AWS_CREDENTIAL_PROFILES_FILE"], process: "shell" },
  rust: SDK,
  crt: { ...SDK, process: "shell, cut" },
  ruby: {
    profile: ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
    emptyProfile: "looked for",
    paths: PATHS,
    emptyPath: "no file",
    process: "shell",
  },
  reqsign: { ...SDK, process: "blanks" },
  "aws-creds": { profile: [], paths: ["AWS_SHARED_CREDENTIALS_FILE"], process: "never" },
  minio: { profile: ["AWS_PROFILE"], paths: PATHS, process: "blanks" },
};
