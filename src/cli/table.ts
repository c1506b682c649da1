import type { Command } from "./options/command.ts";

/** A command word. Its file is loaded when it is typed, and not before. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Not for people: no help names it. */
  readonly hidden?: true;
  readonly load: () => Promise<Command>;
}

/** Every command word, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "login",
    summary: "log in: the same as awsmfa without a word",
    load: async () => (await import("../commands/login.ts")).login,
  },
  {
    name: "env",
    summary: 'a session for this shell: eval "$(awsmfa env)"',
    load: async () => (await import("../commands/env.ts")).env,
  },
  {
    name: "exec",
    summary: "run one program with a session: awsmfa exec -- terraform plan",
    load: async () => (await import("../commands/exec.ts")).exec,
  },
  {
    name: "setup",
    summary: "a new profile: its access key, its region and its MFA device",
    load: async () => (await import("../commands/setup.ts")).setup,
  },
  {
    name: "import",
    summary: "take over the set-up of another tool: awsmfa import ~/.aws/aws-mfa.yaml",
    load: async () => (await import("../commands/import.ts")).importSetup,
  },
  {
    name: "edit",
    summary: "edit the config or the credentials file, and never save a broken one",
    load: async () => (await import("../commands/edit.ts")).edit,
  },
  {
    name: "status",
    summary: "who is logged in, and for how long",
    load: async () => (await import("../commands/status.ts")).status,
  },
  {
    name: "devices",
    summary: "the user's MFA devices, and the one that awsmfa would use",
    load: async () => (await import("../commands/devices.ts")).devices,
  },
  {
    name: "rotate",
    summary: "a new access key in the place of an old one",
    load: async () => (await import("../commands/rotate.ts")).rotate,
  },
  {
    name: "doctor",
    summary: "look for what is wrong, and say what to type",
    load: async () => (await import("../commands/doctor.ts")).doctor,
  },
  {
    name: "logout",
    summary: "take the session out of the file, and put back what the login put aside",
    load: async () => (await import("../commands/logout.ts")).logout,
  },
  {
    name: "restore",
    summary: "put the long-term keys back: the same as awsmfa --restore",
    load: async () => (await import("../commands/restore.ts")).restore,
  },
  {
    name: "credential-process",
    summary: "what AWS's tools ask, through credential_process in the config file",
    load: async () => (await import("../commands/credential_process.ts")).credentialProcess,
  },
  {
    name: "link",
    summary: "make a profile that gets its credentials from awsmfa whenever a tool asks",
    load: async () => (await import("../commands/link.ts")).link,
  },
  {
    name: "completions",
    summary: "print the completions of a shell: bash, zsh, fish, powershell",
    load: async () => (await import("../commands/completions.ts")).completions,
  },
  {
    name: "uninstall",
    summary: "undo all that awsmfa did here, and say how to remove the program",
    load: async () => (await import("../commands/uninstall.ts")).uninstall,
  },
  {
    name: "__complete",
    summary: "",
    hidden: true,
    load: async () => (await import("../commands/complete.ts")).complete,
  },
];

/** Those that people type. */
export const SHOWN_COMMANDS: readonly CommandEntry[] = COMMANDS.filter(({ hidden }) => !hidden);
