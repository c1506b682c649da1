/** The access list of a file in SDDL; undefined where Windows does not tell. */
export function windowsAccessList(path: string): string | undefined {
  const saved = Deno.makeTempFileSync({ prefix: "awsmfa-" });
  try {
    const quiet = { stdin: "null", stdout: "null", stderr: "null" } as const;
    const icacls = new Deno.Command("icacls", { args: [path, "/save", saved], ...quiet });
    if (!icacls.outputSync().success) return undefined;
    return new TextDecoder("utf-16le").decode(Deno.readFileSync(saved));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  } finally {
    Deno.removeSync(saved);
  }
}
