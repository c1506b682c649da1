import type { World } from "../../world.ts";

/** True where the variables name both AWS files, or none: else programs without these variables read other ones. */
export function isUsualPair(world: World): boolean {
  return ["AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"].filter((name) => world.env(name)).length !== 1;
}
