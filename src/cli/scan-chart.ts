/** Eighths of a cell, from nothing. */
const EIGHTHS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const ROWS = 4;

export interface ScanChart {
  readonly places: readonly number[];
  readonly values: readonly number[];
  /** Places to be marked below the chart. */
  readonly marks: readonly number[];
}

/** A scan as columns of blocks with its ends and marks below, no wider than `width`. Values below 0 have no height. */
export const scanChart = ({ places, values, marks }: ScanChart, width: number): string[] => {
  const most = Math.max(...values, 0);
  const label = most > 0 ? number(most) : "0";
  const room = Math.max(10, width - label.length - 2);
  const columns = Math.min(room, Math.max(values.length, Math.min(room, 48)));
  // Each column is the largest value that falls in it, or the nearest one.
  const heights = Array.from({ length: columns }, (_, c) => {
    const [from, to] = [(c * values.length) / columns, ((c + 1) * values.length) / columns];
    const own = values.slice(Math.floor(from), Math.max(Math.floor(from) + 1, Math.ceil(to)));
    return most > 0 ? Math.max(0, Math.max(...own) / most) : 0;
  });
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const cells = heights.map(height => {
      const filled = height * ROWS - (ROWS - 1 - row);
      return EIGHTHS[Math.max(0, Math.min(8, Math.round(8 * filled)))];
    });
    return `${(row === 0 ? label : row === ROWS - 1 ? "0" : "").padStart(label.length)} ${cells.join("")}`.trimEnd();
  });
  const [low, high] = [places[0], places[places.length - 1]];
  const columnOf = (place: number): number =>
    Math.max(0, Math.min(columns - 1, Math.round(((place - low) / (high - low || 1)) * (columns - 1))));
  const below = new Array<string>(columns).fill(" ");
  for (const mark of marks) below[columnOf(mark)] = "^";
  const pad = " ".repeat(label.length + 1);
  const ends = `${number(low)}${number(high).padStart(Math.max(1, columns - number(low).length))}`;
  return [...lines, ...(marks.length > 0 ? [`${pad}${below.join("")}`.trimEnd()] : []), pad + ends];
};

const number = (value: number): string => String(Number(value.toPrecision(4)));
