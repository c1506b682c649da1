// Two cells wide: East Asian Wide and Fullwidth (Unicode, EastAsianWidth.txt) by their blocks, and emoji.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
// Drawn over the character before them.
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]/u;

/** How many cells of a terminal a text takes. */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) cells += cellsOfOne(character);
  return cells;
}

/** A text with spaces behind it, up to a number of cells. */
export function padCells(text: string, cells: number): string {
  return text + " ".repeat(Math.max(0, cells - cellsOf(text)));
}

/** A text that is too wide ends in "…". */
export function cutCells(text: string, cells: number): string {
  if (cellsOf(text) <= cells) return text;
  let cut = "";
  let used = 1;
  for (const character of text) {
    used += cellsOfOne(character);
    if (used > cells) break;
    cut += character;
  }
  return `${cut}…`;
}

function cellsOfOne(character: string): number {
  if (character < "\u0300") return 1;
  return NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
}
