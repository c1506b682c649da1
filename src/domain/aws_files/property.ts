/** A key with its value, and where they stand in the text (offsets in UTF-16 units, `end` exclusive). */
export interface Property {
  /** Lower case. */
  readonly key: string;
  /** Trimmed; the lines of a continued or nested value are joined by `\n`. */
  readonly value: string;
  /** The whole lines, with their line ends. */
  readonly start: number;
  readonly end: number;
  /** The value on the first line, up to the comment or the end of the last continuation line. */
  readonly valueStart: number;
  readonly valueEnd: number;
}
