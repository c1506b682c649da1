import { fileURLToPath } from "node:url";
import { permissionFlags } from "./permissions.ts";

/** How awsmfa is started: its first word, and the words before its own arguments. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("../deno.json", import.meta.url));

/** The executable that AWSMFA_BIN names, else the source with the permissions that it ships with. */
export function findProgram(): Program {
  const binary = Deno.env.get("AWSMFA_BIN");
  if (binary) return { command: Deno.realPathSync(binary), args: [] };
  return {
    command: Deno.execPath(),
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--cached-only",
      `--config=${CONFIG}`,
      ...permissionFlags(),
      MAIN,
    ],
  };
}

/**
 * The whole environment of a program under test or in the demo: an empty home, and nothing of the person's own AWS
 * set-up. DENO_DIR is where the packages of a run from source lie already.
 */
export function cleanEnvironment(home: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    HOME: home,
    DENO_DIR: denoFolder(),
    DENO_NO_UPDATE_CHECK: "1",
    TZ: "UTC",
    LANG: "C.UTF-8",
    AWS_EC2_METADATA_DISABLED: "true",
    POWERSHELL_TELEMETRY_OPTOUT: "1",
    POWERSHELL_UPDATECHECK: "Off",
    ...more,
    PATH: ownPath(more["PATH"] ?? Deno.env.get("PATH") ?? ""),
  };
}

/** npx puts the folder of node before all others, which then hides the person's own python: it counts where it was. */
function ownPath(path: string): string {
  const folders = path.split(":");
  return folders.filter((folder, i) => folders.lastIndexOf(folder) === i).join(":");
}

let knownDenoFolder: string | undefined;

function denoFolder(): string {
  if (knownDenoFolder === undefined) {
    const { stdout } = new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).outputSync();
    const info: { denoDir: string } = JSON.parse(new TextDecoder().decode(stdout));
    knownDenoFolder = info.denoDir;
  }
  return knownDenoFolder;
}
