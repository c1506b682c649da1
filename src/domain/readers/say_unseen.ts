import { listOf } from "../text/list_of.ts";

/** What is said of readers that see no profiles of such names, and which names all of them see. */
export function sayUnseen(readers: readonly string[], profiles: readonly string[]): string {
  const names = listOf(profiles.map((profile) => `'${profile}'`));
  return `${listOf(readers)} ${readers.length === 1 ? "sees" : "see"} no profile ${names}; a name of ` +
    "A-Z a-z 0-9 _ - / . % @ : + alone is seen by all";
}
