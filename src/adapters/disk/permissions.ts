import { findLocations } from "../../domain/paths/locations.ts";
import { Failure } from "../../errors.ts";
import type { Permission } from "../../world.ts";
import { lookForAccessLists } from "./access_lists.ts";
import { resolveLinks } from "./paths.ts";
import { readVariable } from "../system/variable.ts";

const ALL: readonly Permission[] = ["read", "write", "env", "net", "run", "sys", "ffi"];

/** Gives up, for the rest of this process, every permission but these. */
export function keepPermissions(needed: readonly Permission[]): void {
  if (!needed.includes("run") && needed.includes("write")) lookBeforeRunIsGone();
  for (const name of ALL) if (!needed.includes(name)) Deno.permissions.revokeSync({ name });
}

/** True where a connection to this `host:port` is permitted. */
export function mayReach(host: string): boolean {
  return Deno.permissions.querySync({ name: "net", host }).state === "granted";
}

/** Only a program sees access lists, and a save must heed them. */
function lookBeforeRunIsGone(): void {
  try {
    const isWindows = Deno.build.os === "windows";
    const { credentials, config } = findLocations(readVariable, isWindows, resolveLinks);
    lookForAccessLists([credentials, config]);
  } catch (error) {
    // What can't be looked at is found again, and named, by whoever needs it.
    if (!(error instanceof Failure)) throw error;
  }
}
