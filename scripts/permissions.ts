import config from "../deno.json" with { type: "json" };

/** The program's permissions as Deno's flags, from the one place where they stand: deno.json. */
export function permissionFlags(): string[] {
  return Object.entries(config.permissions.awsmfa).map(([name, value]) =>
    value === true ? `--allow-${name}` : `--allow-${name}=${(value as string[]).join(",")}`
  );
}
