/** The `pwsh` that AWSMFA_PWSH names, else the one of ../shared/tools, unpacked into `folder`. */
export function preparePwsh(folder: string): string {
  const named = Deno.env.get("AWSMFA_PWSH");
  if (named) return named;
  const tool = new URL("../../../shared/tools/pwsh", import.meta.url).pathname;
  const { success, stdout, stderr } = new Deno.Command(tool, { args: [folder] }).outputSync();
  const [, path] = /^PWSH=(.+)$/m.exec(new TextDecoder().decode(stdout)) ?? [];
  if (!success || path === undefined) throw new Error(`${tool}: ${new TextDecoder().decode(stderr)}`);
  return path;
}
