import type { Variables } from "../domain/sessions/variables.ts";
import { byLine, type Writer } from "./variables.ts";

/**
 * One JSON object of what is set, so that a program can take all of it into an environment; where nothing is set, an
 * array of the names to be unset.
 */
function writeJson(variables: Variables): string {
  const set = [...variables].filter(([, value]) => value !== undefined);
  const names = [...variables.keys()];
  const json = set.length === 0 && names.length > 0 ? names : Object.fromEntries(set);
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** A `.env` file: single quotes where they are needed, which dotenv's readers take as they are. */
const writeDotenv = byLine(
  (name, value) => `${name}=${/^[\w+/=.:@,~-]*$/.test(value) ? value : quoteDotenv(value)}`,
  emptied,
);

/** A file for `docker run --env-file`: no quoting at all (Docker documentation, "docker container run"). */
const writeDocker = byLine((name, value) => `${name}=${value}`, emptied);

/** Lines for the file that GITHUB_ENV names (GitHub Actions documentation, "Workflow commands"). */
const writeGithub = byLine((name, value) => `${name}=${value}`, emptied);

/** Every format for another program, and whether it leaves a variable as it is that is to be unset. */
export const FORMATS: Record<string, { readonly write: Writer; readonly leaves: (name: string) => boolean }> =
  {
    json: { write: writeJson, leaves: () => true },
    dotenv: { write: writeDotenv, leaves: isProfile },
    docker: { write: writeDocker, leaves: isProfile },
    github: { write: writeGithub, leaves: isProfile },
  };

/** Makes GitHub Actions hide these values in every log; goes to a step's stdout. */
export function writeGithubMasks(secrets: readonly string[]): string {
  return secrets.map((secret) => `::add-mask::${secret}\n`).join("");
}

/** These files can't unset: an empty key counts as none, but boto3 looks for an empty AWS_PROFILE and fails. */
function emptied(name: string): string | undefined {
  return isProfile(name) ? undefined : `${name}=`;
}

function isProfile(name: string): boolean {
  return name.endsWith("_PROFILE");
}

function quoteDotenv(value: string): string {
  return value.includes("'") ? JSON.stringify(value) : `'${value}'`;
}
