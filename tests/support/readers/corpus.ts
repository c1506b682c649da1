import type { Layout } from "./layout.ts";
import { asked, beside, bothFiles, names } from "./profile_layouts.ts";
import { bodies, ends, faults, headers, orphans } from "./text_layouts.ts";

/** Every layout that the readers are asked about; each stands there once. */
export const corpus: readonly Layout[] = once([
  ...headers,
  ...bodies,
  ...ends,
  ...orphans,
  ...faults,
  ...names,
  ...bothFiles,
  ...beside,
  ...asked,
]);

function once(all: readonly Layout[]): Layout[] {
  const seen = new Map<string, Layout>();
  for (const layout of all) {
    const { kind: _, ...what } = layout;
    const id = JSON.stringify(what);
    if (!seen.has(id)) seen.set(id, layout);
  }
  return [...seen.values()];
}
