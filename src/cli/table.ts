import type { Command } from "./options/command.ts";

/** A command word. Its file is loaded when it is typed, and not before. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** The heading that it stands under in the program's help, where it is there. */
  readonly group?: string;
  /** Not for people: no help names it. */
  readonly hidden?: true;
  readonly load: () => Promise<Command>;
}

/** Every command word, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "login",
    group: "Log in and out",
    summary: "Log in to a profile (same as plain awsmfa)",
    load: async () => (await import("../commands/login.ts")).login,
  },
  {
    name: "status",
    group: "Log in and out",
    summary: "Show which profiles are logged in, and for how long",
    load: async () => (await import("../commands/status.ts")).status,
  },
  {
    name: "logout",
    group: "Log in and out",
    summary: "End one profile's session",
    load: async () => (await import("../commands/logout.ts")).logout,
  },
  {
    name: "restore",
    group: "Log in and out",
    summary: "Put your long-term keys back (same as awsmfa --restore)",
    load: async () => (await import("../commands/restore.ts")).restore,
  },
  {
    name: "env",
    group: "Use a session",
    summary: 'Print it as shell variables: eval "$(awsmfa env)"',
    load: async () => (await import("../commands/env.ts")).env,
  },
  {
    name: "exec",
    group: "Use a session",
    summary: "Run one program with it: awsmfa exec -- terraform plan",
    load: async () => (await import("../commands/exec.ts")).exec,
  },
  {
    name: "link",
    group: "Use a session",
    summary: "Add a profile that always gets its credentials from awsmfa",
    load: async () => (await import("../commands/link.ts")).link,
  },
  {
    name: "credential-process",
    summary: "Print it for credential_process, which link writes",
    load: async () => (await import("../commands/credential_process.ts")).credentialProcess,
  },
  {
    name: "setup",
    group: "Set up and fix",
    summary: "Set up a profile: access key, region and MFA device",
    load: async () => (await import("../commands/setup.ts")).setup,
  },
  {
    name: "import",
    group: "Set up and fix",
    summary: "Convert the configuration of another MFA tool",
    load: async () => (await import("../commands/import.ts")).importSetup,
  },
  {
    name: "edit",
    group: "Set up and fix",
    summary: "Edit the AWS config or credentials file, with checks",
    load: async () => (await import("../commands/edit.ts")).edit,
  },
  {
    name: "devices",
    group: "Set up and fix",
    summary: "List your MFA devices",
    load: async () => (await import("../commands/devices.ts")).devices,
  },
  {
    name: "rotate",
    group: "Set up and fix",
    summary: "Replace an access key with a new one",
    load: async () => (await import("../commands/rotate.ts")).rotate,
  },
  {
    name: "doctor",
    group: "Set up and fix",
    summary: "Find problems and show how to fix them",
    load: async () => (await import("../commands/doctor.ts")).doctor,
  },
  {
    name: "completions",
    group: "Set up and fix",
    summary: "Print a completion script for your shell",
    load: async () => (await import("../commands/completions.ts")).completions,
  },
  {
    name: "uninstall",
    group: "Set up and fix",
    summary: "Undo everything awsmfa did on this machine",
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
