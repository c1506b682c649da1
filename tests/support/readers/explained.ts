import type { Layout } from "./layout.ts";

/** Why a row may answer another thing than its real reader; a test fails where an entry is no longer needed. */
export interface Explained {
  readonly why: string;
  readonly rows: readonly string[];
  /** The real reader's answer is one time this and one time that. */
  readonly byChance?: true;
  readonly fits: (layout: Layout) => boolean;
}

function text({ credentials, config }: Layout): string {
  return `${credentials ?? ""}\n${config ?? ""}`;
}

export const EXPLAINED: readonly Explained[] = [
  {
    why: "whether the file of ca_bundle is there does not stand in the text",
    rows: ["go", "tf"],
    fits: (layout) => /ca_bundle\s*[=:]/i.test(text(layout)),
  },
  {
    why: "it reads UTF-16, which awsmfa refuses in words before it asks what a reader reads",
    rows: ["net"],
    fits: (layout) => /^(?:\udcff\udcfe|\udcfe\udcff)/m.test(text(layout)),
  },
  {
    why: "of [work] and [ work ] in one file either may come last: a hash table",
    rows: ["rust"],
    byChance: true,
    fits: (layout) => /^\[[ \t]+\S.*\]|^\[.*\S[ \t]+\]/m.test(text(layout)),
  },
];
