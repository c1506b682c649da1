import { visible } from "../../errors.ts";
import { cellsOf, cutCells, padCells } from "./cells.ts";

/** One line of a list to choose from. */
export interface Choice {
  readonly name: string;
  /** What stands behind the name. */
  readonly detail: string;
}

/** What was typed so far, and which of the choices that match it is marked. */
export interface ChoiceState {
  readonly filter: string;
  readonly marked: number;
}

/** How much there is to draw on. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly colour: boolean;
}

/** A key that was pressed: one of these, or the character that it types. */
export type Key =
  | "up"
  | "down"
  | "page up"
  | "page down"
  | "home"
  | "end"
  | "enter"
  | "escape"
  | "backspace"
  | "clear"
  | { readonly character: string };

export const NOTHING_TYPED: ChoiceState = { filter: "", marked: 0 };

/** The indices of the choices whose names have the filter in them, in upper or lower case. */
export function matching(choices: readonly Choice[], filter: string): number[] {
  const wanted = filter.toLowerCase();
  return choices.flatMap(({ name }, i) => name.toLowerCase().includes(wanted) ? [i] : []);
}

/** The state after a key; "enter" and "escape" end the choice and change nothing. */
export function press(state: ChoiceState, key: Key, choices: readonly Choice[], screen: Screen): ChoiceState {
  const last = matching(choices, state.filter).length - 1;
  const move = (to: number): ChoiceState => ({ ...state, marked: Math.max(0, Math.min(last, to)) });
  if (typeof key === "object") return { filter: state.filter + key.character, marked: 0 };
  switch (key) {
    case "up":
      return move(state.marked - 1);
    case "down":
      return move(state.marked + 1);
    case "page up":
      return move(state.marked - linesFor(screen));
    case "page down":
      return move(state.marked + linesFor(screen));
    case "home":
      return move(0);
    case "end":
      return move(last);
    case "backspace":
      return { filter: [...state.filter].slice(0, -1).join(""), marked: 0 };
    case "clear":
      return NOTHING_TYPED;
    default:
      return state;
  }
}

/** The choice that is marked; undefined where none matches. */
export function markedChoice(
  { filter, marked }: ChoiceState,
  choices: readonly Choice[],
): number | undefined {
  return matching(choices, filter)[marked];
}

/** What the screen shows: a question, as many choices as fit, and what can be pressed. */
export function drawChoice(
  question: string,
  state: ChoiceState,
  choices: readonly Choice[],
  screen: Screen,
): string[] {
  const lines = choices.map(({ name, detail }) => ({ name: visible(name), detail: visible(detail) }));
  const matches = matching(choices, state.filter);
  const height = linesFor(screen);
  const top = Math.max(0, Math.min(state.marked - (height >> 1), matches.length - height));
  const widest = Math.max(0, ...lines.map(({ name }) => cellsOf(name)));
  const shown = matches.slice(top, top + height).map((index, i) => {
    const { name = "", detail = "" } = lines[index] ?? {};
    const isMarked = top + i === state.marked;
    const line = cut(
      `${isMarked ? ">" : " "} ${padCells(name, widest)}  ${detail}`.trimEnd(),
      screen.columns,
    );
    return isMarked && screen.colour ? `\x1b[7m${line}\x1b[0m` : line;
  });
  const count = matches.length === choices.length
    ? `${choices.length}`
    : `${matches.length} of ${choices.length}`;
  const keys = matches.length === 0
    ? "no matches; Backspace to edit, Escape to cancel"
    : `${count}: type to filter, arrows to move, Enter to select, Escape to cancel`;
  return [cut(`${question}: ${visible(state.filter)}`, screen.columns), ...shown, cut(keys, screen.columns)];
}

/** Choices that fit between the question and the last line, with one line left for the cursor. */
function linesFor({ rows }: Screen): number {
  return Math.max(1, rows - 3);
}

/** The last column stays free: a terminal may go on to the next line from there. */
function cut(line: string, columns: number): string {
  return cutCells(line, Math.max(2, columns - 1));
}
