import type { Output } from "../terminal.ts";
import { fitted, textWidth } from "../text-width.ts";

/** A few rows of a terminal that are written over again and again. */
export interface LiveRows {
  draw(rows: readonly string[]): void;
  /** Takes the rows away; what is written next stands in their place. */
  clear(): void;
}

const ESC = "\u001b[";
const HIDE_CURSOR = `${ESC}?25l`;
const SHOW_CURSOR = `${ESC}?25h`;
const CLEAR_LINE_END = `${ESC}K`;
const CLEAR_BELOW = `${ESC}J`;

/** Sizes of a terminal that does not say its own. */
const COLUMNS = 80;
const ROWS = 24;

/**
 * Rows at the cursor, which rests at the beginning of the last of them, so that the "^C" of a terminal cannot push them on. Each is cut to one
 * column less than the terminal has: a terminal that is made narrower then wraps only what no longer fits, and this is counted.
 */
export const liveRows = (output: Output, { hideCursor = true }: { readonly hideCursor?: boolean } = {}): LiveRows => {
  let shown: readonly string[] = [];

  const toTheTop = (): string => {
    const columns = output.columns ?? COLUMNS;
    const above = shown.slice(0, -1).reduce((sum, row) => sum + Math.max(1, Math.ceil(textWidth(row) / columns)), 0);
    return `\r${above > 0 ? `${ESC}${above}A` : ""}`;
  };

  return {
    draw(rows) {
      const { columns = COLUMNS, rows: height = ROWS } = output;
      const fitting = rows.slice(0, Math.max(1, height - 1)).map(row => fitted(row, columns - 1));
      const begin = shown.length > 0 ? toTheTop() : hideCursor ? HIDE_CURSOR : "";
      output.write(`${begin}${fitting.join(`${CLEAR_LINE_END}\n`)}${CLEAR_BELOW}\r`);
      shown = fitting;
    },
    clear() {
      if (shown.length > 0) output.write(`${toTheTop()}${CLEAR_BELOW}${hideCursor ? SHOW_CURSOR : ""}`);
      shown = [];
    },
  };
};
