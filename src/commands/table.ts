import type { CommandBuilder } from "./context.ts";

/** A command word. Its file is loaded when it is typed, and not before. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Words behind `--` mean something to it. */
  readonly takesRest: boolean;
  /** Not for people: no help names it. */
  readonly hidden?: true;
  readonly load: () => Promise<CommandBuilder>;
}

/** Every command word, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "login",
    summary: "log in: the same as awsmfa without a word",
    takesRest: true,
    load: async () => (await import("./login.ts")).loginCommand,
  },
  {
    name: "env",
    summary: 'a session for this shell: eval "$(awsmfa env)"',
    takesRest: false,
    load: async () => (await import("./env.ts")).envCommand,
  },
  {
    name: "exec",
    summary: "run one program with a session: awsmfa exec -- terraform plan",
    takesRest: true,
    load: async () => (await import("./exec.ts")).execCommand,
  },
  {
    name: "status",
    summary: "who is logged in, and for how long",
    takesRest: false,
    load: async () => (await import("./status.ts")).statusCommand,
  },
  {
    name: "devices",
    summary: "the user's MFA devices, and the one that awsmfa would use",
    takesRest: false,
    load: async () => (await import("./devices.ts")).devicesCommand,
  },
  {
    name: "doctor",
    summary: "look for what is wrong, and say what to type",
    takesRest: false,
    load: async () => (await import("./doctor.ts")).doctorCommand,
  },
  {
    name: "logout",
    summary: "take the session out of the file, and put back what the login put aside",
    takesRest: false,
    load: async () => (await import("./logout.ts")).logoutCommand,
  },
  {
    name: "restore",
    summary: "put the long-term keys back: the same as awsmfa --restore",
    takesRest: false,
    load: async () => (await import("./restore.ts")).restoreCommand,
  },
  {
    name: "credential-process",
    summary: "what AWS's tools ask, through credential_process in the config file",
    takesRest: false,
    load: async () => (await import("./credential_process.ts")).credentialProcessCommand,
  },
  {
    name: "link",
    summary: "make a profile that gets its credentials from awsmfa whenever a tool asks",
    takesRest: false,
    load: async () => (await import("./link.ts")).linkCommand,
  },
  {
    name: "completions",
    summary: "print the completions of a shell: bash, zsh, fish, powershell",
    takesRest: false,
    load: async () => (await import("./completions.ts")).completionsCommand,
  },
  {
    name: "__complete",
    summary: "",
    takesRest: false,
    hidden: true,
    load: async () => (await import("./completions.ts")).completeCommand,
  },
];
