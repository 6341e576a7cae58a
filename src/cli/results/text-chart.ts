import { fitted } from "../text-width.ts";

/** Numbers over others, ascending in x. */
export interface TextSeries {
  /** The character of a point; without one the points are joined by a line. */
  readonly mark?: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface TextChartOptions {
  /** Columns that the chart takes at most. */
  readonly width: number;
  /** Rows of the plane, without the axis. 9 when absent. */
  readonly height?: number;
  /** Name of the horizontal axis. */
  readonly xLabel: string;
}

export interface TextChart {
  readonly lines: readonly string[];
  /** How the vertical axis runs, where it is not linear from the lowest value to the highest: to be said beside the chart. */
  readonly note?: string;
}

/** Widest plane: a wider one tells no more. */
const WIDEST = 64;

/**
 * A small chart of characters. The vertical axis is logarithmic, or cut off at the top, where the beginning would otherwise flatten the rest;
 * `note` says so.
 */
export const textChart = (
  series: readonly TextSeries[],
  { width, height = 9, xLabel }: TextChartOptions,
): TextChart | undefined => {
  const shown = series.filter(({ x }) => x.length > 1);
  // Each series is ascending: its ends are enough, and a long one would not fit into a call.
  const from = Math.min(...shown.map(({ x }) => x[0]));
  const to = Math.max(...shown.map(({ x }) => x[x.length - 1]));
  if (!(to > from)) return undefined;
  const axis = verticalAxis(shown);
  const rows = Math.max(2, height);
  const labels = axisLabels(Array.from({ length: rows }, (_, row) => axis.value((rows - 1 - row) / (rows - 1))));
  const margin = Math.max(...labels.map(label => label.length));
  const columns = Math.max(10, Math.min(WIDEST, width - margin - 3));
  const grid = Array.from({ length: rows }, () => new Array<string>(columns).fill(" "));
  const rowOf = (value: number): number => {
    const place = Math.max(0, Math.min(1, axis.place(value)));
    return rows - 1 - Math.round(place * (rows - 1));
  };
  for (const one of shown)
    if (one.mark === undefined) drawLine(grid, one, from, to, rowOf);
    else drawMarks(grid, one, one.mark, from, to, rowOf);
  return {
    lines: [
      ...grid.map((cells, row) => `${labels[row].padStart(margin)} ┤${cells.join("").trimEnd()}`),
      `${" ".repeat(margin)} └${"─".repeat(columns)}`,
      `${" ".repeat(margin)}  ${underAxis(from, to, xLabel, columns)}`,
    ],
    ...(axis.note !== undefined && { note: axis.note }),
  };
};

interface VerticalAxis {
  /** Where a value stands: 0 at the foot, 1 at the top. */
  place(value: number): number;
  /** The value at a place. */
  value(place: number): number;
  readonly note?: string;
}

/** Shares of the points: what lies behind the first should be seen, and only what lies before the second may be cut off. */
const SEEN_FROM = 0.25;
const CUT_BEFORE = 0.1;
/** Share of the height that is enough to be seen. */
const VISIBLE = 0.25;
/** A cut leaves at most this share of the range. */
const WORTH_CUTTING = 0.6;

const verticalAxis = (series: readonly TextSeries[]): VerticalAxis => {
  const { low, high } = rangeFrom(series, 0);
  const rest = rangeFrom(series, SEEN_FROM);
  if (rest.high - rest.low >= VISIBLE * (high - low)) return linearAxis(low, high);
  if (low > 0 && Math.log(rest.high / rest.low) >= VISIBLE * Math.log(high / low)) return logAxis(low, high);
  const kept = rangeFrom(series, CUT_BEFORE);
  // A curve that stays where it fell has nothing else to show, and a cut that takes little away shows no more.
  if (!(rest.high > rest.low && kept.high - kept.low < WORTH_CUTTING * (high - low))) return linearAxis(low, high);
  const beyond = kept.high < high ? [kept.high, high] : [kept.low, low];
  // What lies outside is drawn at the edge.
  return {
    ...linearAxis(kept.low, kept.high),
    note: `axis cut at ${digits(beyond[0])}, the beginning reaches ${digits(beyond[1])}`,
  };
};

/** The lowest and the highest value of what lies behind a share of the points of each series. */
const rangeFrom = (series: readonly TextSeries[], share: number): { readonly low: number; readonly high: number } => {
  let [low, high] = [Infinity, -Infinity];
  for (const { y } of series)
    for (let i = Math.ceil(share * y.length); i < y.length; i++) {
      low = Math.min(low, y[i]);
      high = Math.max(high, y[i]);
    }
  return { low, high };
};

const linearAxis = (low: number, high: number): VerticalAxis => ({
  place: value => (high > low ? (value - low) / (high - low) : 0.5),
  value: place => low + place * (high - low),
});

const logAxis = (low: number, high: number): VerticalAxis => ({
  place: value => Math.log(value / low) / Math.log(high / low),
  value: place => low * Math.exp(place * Math.log(high / low)),
  note: "logarithmic axis",
});

type Grid = readonly string[][];

const drawMarks = (
  grid: Grid,
  { x, y }: TextSeries,
  mark: string,
  from: number,
  to: number,
  rowOf: (value: number) => number,
): void => {
  const columns = grid[0].length;
  for (const [i, at] of x.entries()) {
    const column = Math.round(((at - from) / (to - from)) * (columns - 1));
    const cells = grid[rowOf(y[i])];
    cells[column] = cells[column] === " " || cells[column] === mark ? mark : "*";
  }
};

const drawLine = (
  grid: Grid,
  { x, y }: TextSeries,
  from: number,
  to: number,
  rowOf: (value: number) => number,
): void => {
  const columns = grid[0].length;
  let next = 0;
  let before: number | undefined;
  for (let column = 0; column < columns; column++) {
    const at = from + (column / (columns - 1)) * (to - from);
    if (at < x[0] || at > x[x.length - 1]) continue;
    while (next < x.length - 1 && x[next] < at) next++;
    const row = rowOf(between(x, y, next, at));
    before ??= row;
    if (row === before) grid[row][column] = "─";
    else {
      const [upper, lower] = [Math.min(row, before), Math.max(row, before)];
      for (let k = upper + 1; k < lower; k++) grid[k][column] = "│";
      grid[before][column] = row > before ? "╮" : "╯";
      grid[row][column] = row > before ? "╰" : "╭";
    }
    before = row;
  }
};

/** The value at `at`, on the straight line to the point `next` from the one before. */
const between = (x: readonly number[], y: readonly number[], next: number, at: number): number => {
  if (next === 0 || x[next] <= at) return y[next];
  const share = (at - x[next - 1]) / (x[next] - x[next - 1]);
  return y[next - 1] + share * (y[next] - y[next - 1]);
};

/** "0             2000            4000 steps" */
const underAxis = (from: number, to: number, label: string, columns: number): string => {
  const end = fitted(`${digits(to)} ${label}`, columns - digits(from).length - 1);
  const middle = digits((from + to) / 2);
  const place = Math.round(columns / 2 - middle.length / 2);
  const hasRoom = digits(from).length < place && place + middle.length < columns - end.length;
  const row = hasRoom ? digits(from).padEnd(place) + middle : digits(from);
  return row.padEnd(columns - end.length) + end;
};

/** Labels of values that differ, with as many decimals as tell them apart where they are equally spaced. */
const axisLabels = (values: readonly number[]): readonly string[] => {
  const steps = values.slice(1).map((value, i) => Math.abs(value - values[i]));
  const [least, largest] = [Math.min(...steps), Math.max(...steps)];
  const decimals = 1 - Math.floor(Math.log10(least));
  if (!(least > 0.9 * largest) || decimals < 0 || decimals > 8) return values.map(digits);
  return values.map(value => String(Number(value.toFixed(decimals))));
};

/** Four significant digits, without the noise of rounding. */
const digits = (value: number): string => String(Number(value.toPrecision(4)));
