import type { PaintedLine } from "../map-text.ts";
import type { Output } from "../terminal.ts";
import { fitted, textWidth } from "../text-width.ts";

/** A few rows of a terminal that are written over again and again. */
export interface LiveRows {
  /** A row in colours is given without them too: what its width is, and what stands where it has to be cut. */
  draw(rows: readonly (string | PaintedLine)[]): void;
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
  const write = (text: string): unknown => (output.draw ? output.draw(text) : output.write(text));

  const toTheTop = (): string => {
    const columns = output.columns ?? COLUMNS;
    const above = shown.slice(0, -1).reduce((sum, row) => sum + Math.max(1, Math.ceil(textWidth(row) / columns)), 0);
    return `\r${above > 0 ? `${ESC}${above}A` : ""}`;
  };

  return {
    draw(rows) {
      const { columns = COLUMNS, rows: height = ROWS } = output;
      const shownRows = rows.slice(0, Math.max(1, height - 1)).map(row => {
        const { plain, painted } = typeof row === "string" ? { plain: row, painted: row } : row;
        const fitting = fitted(plain, columns - 1);
        return { fitting, written: fitting === plain ? painted : fitting };
      });
      const begin = shown.length > 0 ? toTheTop() : hideCursor ? HIDE_CURSOR : "";
      write(`${begin}${shownRows.map(({ written }) => written).join(`${CLEAR_LINE_END}\n`)}${CLEAR_BELOW}\r`);
      shown = shownRows.map(({ fitting }) => fitting);
    },
    clear() {
      if (shown.length > 0) write(`${toTheTop()}${CLEAR_BELOW}${hideCursor ? SHOW_CURSOR : ""}`);
      shown = [];
    },
  };
};
