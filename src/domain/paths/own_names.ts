/**
 * What awsmfa keeps in its own folder, and could do without: cached sessions, what it knows of devices, what it said
 * once, locks, and what a killed run left of these. Anything else may hold what is nowhere else.
 */
export function isDisposable(name: string): boolean {
  const file = name.replace(/\.awsmfa([-.](try-)?[0-9a-f-]{36}|\.lock(\.d)?)$/, "");
  return file === "" ||
    /^(devices\.json|notes|unreachable|\.gitignore|A[A-Z0-9]+(-[\w-]+)?\.json)$/.test(file);
}
