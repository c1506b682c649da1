import { cleanEnvironment } from "../../scripts/program.ts";

/** Programs that some stories run, and a command of each that ends well only where it is there and works. */
const PROBES = {
  // Without AWS_ENDPOINT_URL it would ask the real AWS: 1.29 and 2.13 were the first to know it.
  aws: [
    "sh",
    "-c",
    "v=$(aws --version) && v=${v#aws-cli/} && v=${v%% *} && minor=${v#*.} && minor=${minor%%.*} && " +
    'case $v in 1.*) [ "$minor" -ge 29 ] ;; 2.*) [ "$minor" -ge 13 ] ;; *) false ;; esac',
  ],
  boto3: ["python3", "-c", "import boto3"],
  python3: ["python3", "-c", "import pty"],
  bash: ["bash", "-c", "true"],
  dash: ["dash", "-c", "true"],
  zsh: ["zsh", "-fc", "autoload -U compinit"],
  ksh: ["ksh", "-c", "true"],
  fish: ["fish", "--no-config", "-c", "true"],
  tcsh: ["tcsh", "-fc", "true"],
  tclsh: ["sh", "-c", "echo exit | tclsh"],
  elvish: ["elvish", "-norc", "-c", "nop"],
  nu: ["nu", "--no-config-file", "-c", "null"],
  perl: ["perl", "-e", "1"],
  strace: ["strace", "-qq", "-e", "trace=none", "true"],
  man: ["man", "--version"],
  dpkg: ["dpkg-deb", "--version"],
  unzip: ["unzip", "-v"],
  openssl: ["openssl", "version"],
  curl: ["curl", "--version"],
  squid: ["squid", "-v"],
  osslsigncode: ["osslsigncode", "--version"],
  minisign: ["minisign", "-v"],
  yaml: ["python3", "-c", "import yaml"],
  shellcheck: ["shellcheck", "--version"],
  // Of root alone: another user has no such namespaces and capabilities on many machines.
  root: ["sh", "-c", '[ "$(id -u)" = 0 ]'],
  unshare: ["unshare", "--pid", "--fork", "--mount-proc", "true"],
  setpriv: ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "true"],
  systemd: ["systemd-analyze", "--version"],
  prlimit: ["prlimit", "--nofile=64", "true"],
} as const;

/** What is said of a program of which not every version will do. */
const WANTED: { readonly [name in keyof typeof PROBES]?: string } = {
  aws: "aws (at least 2.13, or 1.29 of the first one: they know AWS_ENDPOINT_URL)",
};

/**
 * For the definition of a test that needs other programs: `Deno.test({ ...needs("aws"), name, fn })`. Where one is
 * missing the test is ignored, and with CI=true a test of its own fails and says so.
 */
export function needs(...programs: (keyof typeof PROBES)[]): { ignore: boolean } {
  const missing = programs.filter((program) => !isThere(program));
  if (missing.length > 0) failInCi(missing.map((name) => WANTED[name] ?? name).join(", "));
  return { ignore: missing.length > 0 };
}

/** For tests of the real PowerShell, of ../shared/tools/pwsh: no package has it, and CI goes on where it is missing. */
export function needsPwsh(): { ignore: boolean } {
  return { ignore: !works(["pwsh", "-NoProfile", "-v"]) };
}

/** True where this command ends with exit code 0. */
export function works([command = "", ...args]: readonly string[]): boolean {
  try {
    const options = { args, env: cleanEnvironment("/nowhere"), clearEnv: true } as const;
    return new Deno.Command(command, { ...options, stdout: "null", stderr: "null" }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) return false;
    throw error;
  }
}

const known = new Map<keyof typeof PROBES, boolean>();

function isThere(program: keyof typeof PROBES): boolean {
  const there = known.get(program) ?? works(PROBES[program]);
  known.set(program, there);
  return there;
}

function failInCi(missing: string): void {
  if (Deno.env.get("CI") !== "true") return;
  Deno.test(`the tests find the programs that they need: ${missing}`, () => {
    throw new Error(`not installed, or not working: ${missing}`);
  });
}
