import type { Row } from "./table.ts";

const BUNDLE_LIMIT = 700_000;
const EXECUTABLE_LIMIT = 2_000_000;

/** What a download weighs: all files of the bundle, and the executable beside an empty one. */
export function sizeRows(bundleFolder: string, program: string, empty: string): Row[] {
  const bundle = [...Deno.readDirSync(bundleFolder)]
    .reduce((sum, { name }) => sum + Deno.statSync(`${bundleFolder}/${name}`).size, 0);
  const more = Deno.statSync(program).size - Deno.statSync(empty).size;
  return [
    sizeRow("bundle", bundle, BUNDLE_LIMIT),
    sizeRow("executable: more than an empty one", more, EXECUTABLE_LIMIT),
  ];
}

function sizeRow(what: string, bytes: number, limit: number): Row {
  return { what, value: kilobytes(bytes), limit: kilobytes(limit), ok: bytes <= limit };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} KB`;
}
