import type { Profile } from "../aws_files/profiles.ts";
import { shellWords } from "../shell/shell_words.ts";

/**
 * What `awsmfa link` writes, also where somebody wrote the program with its path, and of one that is still called as it
 * was downloaded (awsmfa-linux-x64): the name is the rest of the line.
 */
const LINK =
  /(?:(?:^|[/\\])awsmfa(?:-[\w.-]+)?(?:\.exe)?|[/\\]src[/\\]main\.ts)["']?[ \t]+credential-process[ \t]+-p[ \t]+(.+)$/;

/**
 * The profile whose session one gets from awsmfa whenever a tool asks, which `awsmfa link` made so; undefined for one
 * that is no such link, and for one to itself: its keys are beside it. Its own keys are looked at by others.
 */
export function linkedProfile(profile: Profile | undefined): string | undefined {
  const name = linkIn(profile?.own("credential_process") ?? "");
  return name === profile?.name ? undefined : name;
}

/** The same of a line of `credential_process`; from source the program is main.ts. */
export function linkIn(line: string): string | undefined {
  const [, rest] = LINK.exec(line) ?? [];
  const [name, ...more] = shellWords(rest ?? "") ?? [];
  return name === undefined || name === "" || more.length > 0 ? undefined : name;
}
