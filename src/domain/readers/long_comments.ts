import type { Blanks } from "./blanks.ts";

/** Where a text is, as to comments that end with a newline alone. */
export interface LongComments {
  /** True for a line, by its end, that belongs to the comment above it. */
  readonly goesOn: (end: number) => boolean;
  /** True where the line above was a comment, or one of blanks and an empty one: indentation counts as none. */
  readonly isBefore: () => boolean;
  /** The line is looked at; `isPart` of a key that begins above it. */
  readonly pass: (line: string, end: number, isPart: boolean) => void;
}

export function longComments(comment: RegExp, blanks: Blanks, text: string): LongComments {
  let above: "comment" | "open comment" | "blanks" | "other" = "other";
  const ofComment = (end: number): typeof above =>
    text[end] === "\r" && text[end + 1] !== "\n" ? "open comment" : "comment";
  return {
    goesOn: (end) => {
      if (above !== "open comment") return false;
      above = ofComment(end);
      return true;
    },
    isBefore: () => above === "comment",
    pass: (line, end, isPart) => {
      if (!isPart && comment.test(line)) above = ofComment(end);
      else if (line === "" && above === "blanks") above = "comment";
      else above = line !== "" && blanks.only(line) && above !== "comment" ? "blanks" : "other";
    },
  };
}
