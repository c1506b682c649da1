import type { Answer } from "./question.ts";

/** What a real reader answered, as it is committed. */
export interface Recorded {
  readonly reader: string;
  /** Of which version. */
  readonly about: string;
  /** The {@linkcode fingerprint} of the questions. */
  readonly questions: string;
  /** Every answer once: id, secret, token; a missing one is null. */
  readonly answers: readonly (string | readonly (string | boolean | null)[])[];
  /** For each question the number of its answer. */
  readonly of: readonly number[];
}

export function recorded(reader: string, about: string, questions: string, all: readonly Answer[]): Recorded {
  const known = new Map<string, number>();
  const of = all.map((answer) => {
    const text = JSON.stringify(
      typeof answer === "string" ? answer : [answer.id, answer.secret ?? null, answer.token ?? null],
    );
    if (!known.has(text)) known.set(text, known.size);
    return known.get(text) ?? 0;
  });
  return { reader, about, questions, answers: [...known.keys()].map((text) => JSON.parse(text)), of };
}

/** The answers in the order of the questions. */
export function answersOf({ answers, of }: Recorded): Answer[] {
  return of.map((number) => {
    const answer = answers[number];
    if (answer === "file" || answer === "nothing") return answer;
    const [id, secret, token] = Array.isArray(answer) ? answer : [];
    if (typeof id !== "string") throw new Error(`answer ${number} is neither keys nor a word`);
    return {
      id,
      secret: typeof secret === "string" ? secret : undefined,
      token: typeof token === "string" || token === true ? token : undefined,
    };
  });
}

/** A short word for a value that is another one for another value (FNV-1a, 32 bits). */
export function fingerprint(value: unknown): string {
  let hash = 0x811c9dc5;
  for (const sign of JSON.stringify(value)) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16);
}
