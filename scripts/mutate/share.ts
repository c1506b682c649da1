/** Which part of the mutations is run: "2/5" is every fifth one from the second on. */
export interface Share {
  readonly part: number;
  readonly of: number;
}

export const WHOLE: Share = { part: 1, of: 1 };

/** Undefined for a text that is no share. */
export function readShare(text: string): Share | undefined {
  const [, part, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? [];
  return part === undefined || of === undefined || part < 1 || part > of ? undefined : { part, of };
}

/** The items of a share. All shares together are all items, each once; neighbours come into different ones. */
export function shareOf<T>(items: readonly T[], { part, of }: Share): T[] {
  return items.filter((_, i) => i % of === part - 1);
}
