import type { Variables } from "../domain/variables.ts";
import { byLine } from "./variables.ts";

/** One JSON object; null for a variable to be unset. */
export function writeJson(variables: Variables): string {
  const object = Object.fromEntries([...variables].map(([name, value]) => [name, value ?? null]));
  return `${JSON.stringify(object, null, 2)}\n`;
}

/** A `.env` file: single quotes where they are needed, which dotenv's readers take as they are. */
export const writeDotenv = byLine(
  (name, value) => `${name}=${/^[\w+/=.:@-]*$/.test(value) ? value : quoteDotenv(value)}`,
  emptied,
);

/** A file for `docker run --env-file`: no quoting at all (Docker documentation, "docker container run"). */
export const writeDocker = byLine((name, value) => `${name}=${value}`, emptied);

/** Lines for the file that GITHUB_ENV names (GitHub Actions documentation, "Workflow commands"). */
export const writeGithub = byLine((name, value) => `${name}=${value}`, emptied);

/** Makes GitHub Actions hide these values in every log; goes to a step's stdout. */
export function writeGithubMasks(secrets: readonly string[]): string {
  return secrets.map((secret) => `::add-mask::${secret}\n`).join("");
}

/** These files can't unset: an empty key counts as none, but boto3 looks for an empty AWS_PROFILE and fails. */
function emptied(name: string): string | undefined {
  return name.endsWith("_PROFILE") ? undefined : `${name}=`;
}

function quoteDotenv(value: string): string {
  return value.includes("'") ? JSON.stringify(value) : `'${value}'`;
}
