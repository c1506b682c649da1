/** Random numbers that a seed repeats (mulberry32): in a test's message the seed is enough to see it again. */
export interface Random {
  /** From 0 up to `below`, without it; a whole number. */
  readonly integer: (below: number) => number;
  readonly pick: <T>(from: readonly [T, ...T[]]) => T;
}

export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  return { integer, pick: (from) => from[integer(from.length)] ?? from[0] };
}
