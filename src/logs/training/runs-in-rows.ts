import { isRunColumn } from "./column-roles.ts";
import type { LogColumn, LogTable } from "./log-table.ts";
import { isShuffled } from "./tidy.ts";

export interface RowsOfRun {
  readonly run: string;
  /** Before the name of a quantity: "train/" where a column says that the row is of training. */
  readonly prefix: string;
  /** The name that stands in the row itself. */
  readonly name: string | undefined;
  /** Undefined for all rows of the table, in their order; the same array for equal rows. */
  readonly rows: Uint32Array | undefined;
}

/** Steps of a second beginning that make it a run of its own, and not a late point. */
const STEPS_OF_A_RUN = 3;

/**
 * Where the values of a column belong: which rows are of which run, by the columns that say it, and where the steps of all rows go back to the first one and
 * on from there, which is another run in the same file.
 */
export const runsInRows = (
  { rows }: LogTable,
  groups: readonly LogColumn[],
  long: LogColumn | undefined,
  axis: LogColumn | undefined,
  fallback: string,
  note: (why: string) => void,
): ((metric: LogColumn) => readonly RowsOfRun[]) => {
  const runColumns = groups.filter(({ name }) => isRunColumn(name));
  const splits = groups.filter(column => !runColumns.includes(column));
  const begins = axis && runColumns.length === 0 && !long ? beginnings(axis, rows) : [];
  if (begins.length > 0)
    note(
      `the steps begin anew ${begins.length === 1 ? "once" : `${begins.length} times`}, first in row ${begins[0] + 1}: taken for ${begins.length + 1} runs`,
    );
  const codes = new Uint32Array(rows);
  let labels: Label[] = [{ runs: [], splits: [], name: undefined }];
  const divide = (codeOf: Uint32Array, extend: (label: Label, code: number) => Label): void => {
    const known = new Map<number, number>();
    const divided: Label[] = [];
    for (let row = 0; row < rows; row++) {
      const key = codes[row] * (rows + MORE_CODES) + codeOf[row];
      let code = known.get(key);
      if (code === undefined) {
        code = divided.length;
        known.set(key, code);
        divided.push(extend(labels[codes[row]], codeOf[row]));
      }
      codes[row] = code;
    }
    if (divided.length > 0) labels = divided;
  };
  for (const column of runColumns) {
    const { texts, codeOf } = textsOf(column, rows);
    const plain = column.words !== undefined;
    divide(codeOf, (label, code) =>
      code === 0 ? label : { ...label, runs: [...label.runs, plain ? texts[code] : `${column.name} ${texts[code]}`] },
    );
  }
  if (begins.length > 0) {
    const codeOf = new Uint32Array(rows);
    begins.forEach((from, i) => {
      codeOf.fill(i + 1, from);
    });
    divide(codeOf, (label, code) => ({ ...label, runs: [code === 0 ? fallback : `${fallback} (${code + 1})`] }));
  }
  for (const column of splits) {
    const { texts, codeOf } = textsOf(column, rows);
    divide(codeOf, (label, code) => (code === 0 ? label : { ...label, splits: [...label.splits, `${texts[code]}/`] }));
  }
  if (long) {
    const { texts, codeOf } = textsOf(long, rows);
    divide(codeOf, (label, code) => ({ ...label, name: code === 0 ? undefined : texts[code] }));
  }
  const shownLabels = labels.map(label => ({
    run: label.runs.join(", ") || fallback,
    prefix: label.splits.join(""),
    name: label.name,
  }));

  const interned: Uint32Array[] = [];
  const dividedBefore = new Map<Uint32Array | number, readonly RowsOfRun[]>();
  return metric => {
    const { length } = metric.numbers;
    const places = metric.rows && internedRows(interned, metric.rows.all());
    if (!places && length === rows && labels.length === 1) return [{ ...shownLabels[0], rows: undefined }];
    const known = dividedBefore.get(places ?? length);
    if (known) return known;
    const counts = new Uint32Array(labels.length);
    for (let i = 0; i < length; i++) counts[codes[places ? places[i] : i]]++;
    const lists = Array.from(counts, count => new Uint32Array(count));
    counts.fill(0);
    for (let i = 0; i < length; i++) {
      const row = places ? places[i] : i;
      const code = codes[row];
      lists[code][counts[code]++] = row;
    }
    const found = shownLabels
      .map((label, code) => ({ ...label, rows: places && labels.length === 1 ? places : lists[code] }))
      .filter((_, code) => lists[code].length > 0);
    dividedBefore.set(places ?? length, found);
    return found;
  };
};

interface Label {
  readonly runs: readonly string[];
  readonly splits: readonly string[];
  readonly name: string | undefined;
}

/** Codes are fewer than rows, or than the words of a column. */
const MORE_CODES = 100_000;

/** The one of equal lists of rows that came first. */
const internedRows = (known: Uint32Array[], rows: Uint32Array): Uint32Array => {
  const same = known.find(other => other.length === rows.length && other.every((row, i) => row === rows[i]));
  if (same) return same;
  if (known.length < 100) known.push(rows);
  return rows;
};

/** What a column says in each row: a code, 0 for nothing, and the text of each code. */
const textsOf = (column: LogColumn, rows: number): { texts: string[]; codeOf: Uint32Array } => {
  const codeOf = new Uint32Array(rows);
  const texts = [""];
  if (column.words) {
    const [code, places] = [column.words.code.all(), column.words.rows.all()];
    texts.push(...column.words.texts);
    for (let i = 0; i < code.length; i++) codeOf[places[i]] = code[i] + 1;
  }
  const [values, places] = [column.numbers.all(), column.rows?.all()];
  const known = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    let code = known.get(values[i]);
    if (code === undefined) {
      code = texts.length;
      known.set(values[i], code);
      texts.push(String(values[i]));
    }
    codeOf[places ? places[i] : i] = code;
  }
  return { texts, codeOf };
};

/** Rows at which the steps are back at the first one or below, to go on for several steps. */
const beginnings = (axis: LogColumn, rows: number): number[] => {
  const [values, places] = [axis.numbers.all(), axis.rows?.all()];
  if (values.length < rows / 2 || isShuffled(values)) return [];
  const found: number[] = [];
  let [first, top] = [values[0], values[0]];
  for (let i = 1; i < values.length; i++) {
    if (values[i] <= first && top > first && goesOn(values, i) && !standsApart(values, i)) {
      found.push(places ? places[i] : i);
      [first, top] = [values[i], values[i]];
    } else if (values[i] > top) top = values[i];
  }
  return found;
};

/** Whether the steps go on behind a number as they did before it: it counts something else, as the epochs beside validation of MMEngine. */
const standsApart = (values: Float64Array, at: number): boolean => {
  const gap = values[at - 1] - values[at - 2];
  const next = values[at + 1] - values[at - 1];
  return next > 0 && next <= 2 * gap;
};

const goesOn = (values: Float64Array, from: number): boolean => {
  let steps = 1;
  for (let i = from + 1; i < values.length && steps < STEPS_OF_A_RUN; i++) {
    if (values[i] < values[i - 1]) return false;
    if (values[i] > values[i - 1]) steps++;
  }
  return steps >= STEPS_OF_A_RUN;
};
