import type { Layout } from "./layout.ts";

/** Why a row may answer another thing than its real reader; a test fails where an entry is no longer needed. */
export interface Explained {
  readonly why: string;
  readonly rows: readonly string[];
  /** The real reader's answer is one time this and one time that. */
  readonly byChance?: true;
  /** No layout of the corpus shows it, and mutations of them do. */
  readonly mutated?: true;
  readonly fits: (layout: Layout) => boolean;
}

function text({ credentials, config }: Layout): string {
  return `${credentials ?? ""}\n${config ?? ""}`;
}

export const EXPLAINED: readonly Explained[] = [
  {
    why: "whether the file of ca_bundle is there does not stand in the text",
    rows: ["go", "tf", "go1"],
    fits: (layout) => /ca_bundle\s*[=:]/i.test(text(layout)),
  },
  {
    why: "UTF-16, which awsmfa refuses in words before it asks what a reader reads",
    rows: ["net", "go1"],
    fits: (layout) => /^(?:\udcff\udcfe|\udcfe\udcff)|\0\[|\[\0/m.test(text(layout)),
  },
  {
    why: "a quote that is closed on a later line takes the lines between, and one in a header its brackets",
    rows: ["go1"],
    fits: (layout) => /(?:^|[\s=:\[\]"])"[^"\n]*$|^\s*\[[^\n]*"/m.test(text(layout)),
  },
  {
    why: "a header with a key behind it on its line (CR ends no line), or over two lines",
    rows: ["go1"],
    fits: (layout) => /\][^\n]*\r(?!\n)|^[^\S\n]*\[[^\]\n]*$/m.test(text(layout)),
  },
  {
    why: "text right behind a header begins what follows; a CR at the very end",
    rows: ["go1"],
    mutated: true,
    fits: (layout) =>
      /^[^\S\n]*\[[^\]\n]*\][^\S\n]*[^\s#;]/m.test(text(layout)) ||
      [layout.credentials, layout.config].some((file) => file?.endsWith("\r")),
  },
  {
    why: "in config it passes over a header without ']' that does not begin with 'profile '",
    rows: ["crt"],
    fits: ({ config }) => /^\[(?!profile\s)[^\]#;\n]*(?:[#;].*)?$/m.test(config ?? ""),
  },
  {
    why: "its Python part can't hand on a key that is not UTF-8",
    rows: ["crt"],
    fits: (layout) => !text(layout).isWellFormed(),
  },
  {
    why:
      "two headers in one line, one over two, one behind a blank that is no space, a backslash, and # at a CR",
    rows: ["reqsign", "aws-creds"],
    fits: (layout) =>
      /\]\s*\[|^[^\S\n]*\[[^\]\n]*$|^[^\S \t\r\n]|^\x85|\\.|\\\r|\r[^\n]*[#;]|"[ \t]+[#;]/m.test(
        text(layout),
      ),
  },
  {
    why: "of [work] and [ work ] in one file either may come last: a hash table",
    rows: ["rust"],
    byChance: true,
    fits: (layout) => /^\[[ \t]+\S.*\]|^\[.*\S[ \t]+\]/m.test(text(layout)),
  },
];
