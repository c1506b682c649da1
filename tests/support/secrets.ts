import assert from "node:assert/strict";

const SECRET_LINE =
  /^[ \t]*(?:aws_secret_access_key|aws_session_token|aws_security_token|"secretAccessKey"|"sessionToken")[ \t]*[=:][ \t]*"?([^\s"]+)/gim;
const PIECE = 12;

/** The values of all secret keys in all files below a folder. */
export function secretsBelow(folder: string): string[] {
  const entries = ifPossible(() => [...Deno.readDirSync(folder)]) ?? [];
  return entries.flatMap(({ name, isDirectory, isFile }) => {
    const path = `${folder}/${name}`;
    return isDirectory ? secretsBelow(path) : isFile ? secretsIn(path) : [];
  });
}

/** Fails where a text holds a secret, or a piece of one. */
export function assertNoSecret(text: string, secrets: Iterable<string>, where: string): void {
  for (const secret of secrets) {
    const step = Math.min(PIECE, secret.length);
    for (let at = 0; at + step <= secret.length; at++) {
      assert.ok(!text.includes(secret.slice(at, at + step)), `a secret stands in ${where}`);
    }
  }
}

function secretsIn(path: string): string[] {
  // Some tests make a file that is too large for awsmfa, and for a string.
  if ((ifPossible(() => Deno.statSync(path))?.size ?? 0) > 20_000_000) return [];
  const text = new TextDecoder("latin1").decode(ifPossible(() => Deno.readFileSync(path)));
  return [...text.matchAll(SECRET_LINE)].map(([, value = ""]) => value).filter((value) => value.length > 5);
}

/** Undefined for what the tests may not read, or a run beside this one has removed by now. */
function ifPossible<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotFound) {
      return undefined;
    }
    throw error;
  }
}
