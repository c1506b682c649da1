/** One deliberate fault: a test must fail once it is in the source. */
export interface Mutation {
  /** Below src/: "domain/aws_files/ini.ts". */
  readonly file: string;
  /** The exact text that goes; it stands once in the file. */
  readonly find: string;
  readonly put: string;
  /** A word of what it breaks; together with the file it names the mutation. */
  readonly breaks: string;
  /** Why it is known to survive: what stands here is said, and is no failure. */
  readonly known?: string;
}

/** "domain/aws_files/ini.ts: indent". */
export function nameOf({ file, breaks }: Mutation): string {
  return `${file}: ${breaks}`;
}

/** The source with the fault in it, or what is wrong: the text to find must be there, and once. */
export function mutate(source: string, mutation: Mutation): string | { wrong: string } {
  const { find, put } = mutation;
  if (find === "" || find === put) return { wrong: `${nameOf(mutation)}: it changes nothing` };
  const times = source.split(find).length - 1;
  if (times !== 1) {
    const found = times === 0 ? "is not in the file" : `is ${times} times in the file`;
    return { wrong: `${nameOf(mutation)}: the text to find ${found}: ${find}` };
  }
  const at = source.indexOf(find);
  return source.slice(0, at) + put + source.slice(at + find.length);
}

/** What goes, what comes, the word, and why it is known to survive. */
export type Row = readonly [find: string, put: string, breaks: string, known?: string];

export function mutationsOf(file: string, rows: readonly Row[]): Mutation[] {
  return rows.map(([find, put, breaks, known]) => ({
    file,
    find,
    put,
    breaks,
    ...(known === undefined ? {} : { known }),
  }));
}
