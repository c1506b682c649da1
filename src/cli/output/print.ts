import type { World } from "../../world.ts";

/** A result for programs: one JSON document on stdout. */
export function printJson(world: World, result: unknown): void {
  world.out(`${JSON.stringify(result, null, 2)}\n`);
}

/** Something a person should know, though the command did what it was asked to. */
export function printWarning(world: World, message: string, hint: string): void {
  world.err(`warning: ${message}\nhint: ${hint}\n`);
}
