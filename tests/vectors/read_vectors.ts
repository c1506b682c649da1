const FOLDER = new URL("../../../shared/vectors/", import.meta.url);

/** The tests of one of the shared files; undefined where the folder is not there. Its shape is the reader's word. */
export function readVectors<T>(file: string): readonly T[] | undefined {
  try {
    const read = JSON.parse(Deno.readTextFileSync(new URL(file, FOLDER))) as T[] | { tests: T[] };
    return Array.isArray(read) ? read : read.tests;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** One test a vector, numbered, since names repeat; one ignored test where the vectors are not there. */
export function testVectors<T extends { readonly name: string }>(
  what: string,
  file: string,
  expectedCount: number,
  check: (vector: T) => void,
  ignore: (vector: T) => string | undefined = () => undefined,
): void {
  const vectors = readVectors<T>(file);
  if (vectors === undefined) {
    Deno.test({ name: `${what}: ../shared/vectors/${file} is not here`, ignore: true, fn: () => {} });
    return;
  }
  Deno.test(`${what}: there are ${expectedCount} vectors`, () => {
    if (vectors.length !== expectedCount) throw new Error(`${vectors.length} in ${file}`);
  });
  for (const [i, vector] of vectors.entries()) {
    const why = ignore(vector);
    Deno.test({
      name: `${what} ${i + 1}: ${vector.name}${why === undefined ? "" : ` (${why})`}`,
      ignore: why !== undefined,
      fn: () => check(vector),
    });
  }
}
