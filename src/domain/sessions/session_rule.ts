import type { Enough } from "./enough.ts";

/**
 * The one rule of login, env, exec and credential-process: what is done where a session is wanted, by what is at hand.
 * --min-remaining says another time than 15 and 5 minutes, and a code that is given, --force, or a --duration that it
 * was not asked for, that no session at hand will do.
 *
 * | a new session takes                                      | the one at hand lasts | then                                      |
 * | -------------------------------------------------------- | --------------------- | ----------------------------------------- |
 * | nobody: the user's session for a role, a code command,   | 15 minutes or more    | that                                      |
 * | or a code that is given                                  | less                  | a new one                                 |
 * |                                                          | less, the new one     | that, with a warning, in all but its last |
 * |                                                          | can't be had          | minute                                    |
 * | a person, who may be asked: login, env, exec             | 5 minutes or more     | that                                      |
 * |                                                          | less                  | a question for the code                   |
 * | a person, who may not be asked: credential-process       | 1 minute or more      | that                                      |
 * |                                                          | less                  | a failure, with the command to type       |
 */
export function stepFor({ isReady, renews, asks }: AtHand): Step {
  if (isReady) return "use";
  if (renews) return "renew";
  return asks ? "ask" : "fail";
}

/** What is done: the session at hand is used, a new one had without a person, or with one, or none. */
export type Step = "use" | "renew" | "ask" | "fail";

/** How a new session is to be had. */
export interface Ways {
  /** Without a person. */
  readonly renews: boolean;
  /** Of a person, who may be asked. */
  readonly asks: boolean;
}

/** What decides: a session is ready where it lasts as long as {@linkcode windowFor} says. */
export interface AtHand extends Ways {
  readonly isReady: boolean;
}

/** How long the session at hand must last. */
export function windowFor({ renews, asks }: Ways): Enough {
  if (renews) return "renewing";
  return asks ? "asking" : "last";
}
