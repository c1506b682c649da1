import type { Permission } from "../world.ts";

const ALL: readonly Permission[] = ["read", "write", "env", "net", "run", "sys", "ffi"];

/** Gives up, for the rest of this process, every permission but these. */
export function keepPermissions(needed: readonly Permission[]): void {
  for (const name of ALL) if (!needed.includes(name)) Deno.permissions.revokeSync({ name });
}

/** True where a connection to this `host` or `host:port` is permitted. */
export function mayReach(host: string): boolean {
  return Deno.permissions.querySync({ name: "net", host }).state === "granted";
}
