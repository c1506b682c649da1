/**
 * What starts this very program again, from any folder: a path that an upgrade leaves as it is, where PATH has one, and
 * from source what runs it with the permissions that it ships with.
 */
export function ownCommand(): string[] {
  if (!Deno.build.standalone) {
    const main = pathOf(new URL(Deno.mainModule));
    const config = pathOf(new URL("../deno.json", Deno.mainModule));
    return [Deno.execPath(), "run", "-q", "--no-prompt", `--config=${config}`, "-P=awsmfa", main];
  }
  const windows = Deno.build.os === "windows";
  const real = Deno.execPath();
  const folders = (Deno.env.get("PATH") ?? "").split(windows ? ";" : ":");
  const named = folders.filter((folder) => folder.startsWith("/") || /^[A-Za-z]:\\/.test(folder))
    .map((folder) =>
      windows ? `${folder.replace(/\\$/, "")}\\awsmfa.exe` : `${folder.replace(/\/$/, "")}/awsmfa`
    );
  return [named.find((path) => isSame(path, real)) ?? real];
}

/** False also where there is nothing, or nothing that may be looked at. */
function isSame(path: string, real: string): boolean {
  try {
    return Deno.realPathSync(path) === real;
  } catch (error) {
    if (error instanceof Error && "code" in error) return false;
    throw error;
  }
}

/** node:url could tell, too, and every start would wait for it. */
function pathOf({ pathname }: URL): string {
  const path = decodeURIComponent(pathname);
  return Deno.build.os === "windows" ? path.replace(/^\/(?=[A-Za-z]:)/, "").replaceAll("/", "\\") : path;
}
