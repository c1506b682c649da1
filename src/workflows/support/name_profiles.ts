import { parseIni } from "../../domain/aws_files/ini.ts";
import { profileNames } from "../../domain/aws_files/profiles.ts";
import { Failure } from "../../errors.ts";
import type { World } from "../../world.ts";
import { locate } from "./aws_files.ts";

/**
 * The names of the profiles, for somebody who is typing one. A file that can't be read has none: nobody wants an
 * error in the middle of a line. Nor a name with a line end or another control character, which would be typed.
 */
export function nameProfiles(world: World): string[] {
  const ini = (file: "config" | "credentials"): ReturnType<typeof parseIni> => {
    try {
      const path = locate(world)[file];
      return parseIni(world.readText(path) ?? "", file, path);
    } catch (error) {
      if (error instanceof Failure) return parseIni("", file, "");
      throw error;
    }
  };
  const profiles = { config: ini("config"), credentials: ini("credentials") };
  return profileNames(profiles).filter((name) => !/\p{Cc}/u.test(name));
}
