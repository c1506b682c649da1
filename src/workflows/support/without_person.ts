import type { World } from "../../world.ts";

/** The same world with nobody in it to be asked. */
export function withoutPerson(world: World): World {
  return { ...world, interactive: false, canPick: false };
}
