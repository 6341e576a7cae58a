import { LandauError } from "../../errors.ts";
import {
  isIndexColumn,
  isNameColumn,
  isOwnStep,
  isRunColumn,
  isSplitColumn,
  stepRank,
  timeRank,
} from "./column-roles.ts";
import type { LogColumn, LogTable } from "./log-table.ts";
import { runsInRows } from "./runs-in-rows.ts";
import type { RawSeries } from "./series.ts";
import { isShuffled } from "./tidy.ts";

export interface TableOptions {
  /** Name of the run, when no column says it. */
  readonly run: string;
  /** File, as notes name it. */
  readonly file: string;
  /** The column that all are shown against. */
  readonly axis?: string | undefined;
  /** The column that a metric is logged against, when the file says it. */
  readonly axisOf?: ((name: string) => string | undefined) | undefined;
  /** Columns that are so named. */
  readonly axes?: readonly string[] | undefined;
}

/** Most words of a column that splits the rows, such as train and test. */
const MOST_SPLITS = 8;

/** The column of numbers that steps are to be read from. Throws a LandauError of kind "input" that lists those that there are. */
const columnOf = (columns: readonly LogColumn[], name: string, file: string): LogColumn => {
  const found = columns.find(column => column.name === name && column.numbers.length > 0);
  if (found) return found;
  const known = columns.filter(({ numbers }) => numbers.length > 0).map(column => column.name);
  throw new LandauError("input", `${file}: no column ${JSON.stringify(name)} of numbers: has ${known.join(", ")}`);
};

/** The series of a log of rows: which columns are steps, times, runs and names is read from their names, and noted where something is left out. */
export const seriesOfTable = (table: LogTable, options: TableOptions, notes: string[]): RawSeries[] => {
  const { columns, rows } = table;
  const note = (why: string): void => void notes.push(`${options.file}: ${why}`);
  const role = new Map<LogColumn, "axis" | "time" | "group" | "index">();
  const filled = columns.filter(column => column.numbers.length > 0 || column.words !== undefined);
  const empty = columns.filter(column => !filled.includes(column)).map(({ name }) => name || "without a name");
  if (empty.length > 0) note(`${listed(empty)} ${empty.length > 1 ? "hold" : "holds"} no values`);

  const chosenAxis = options.axis === undefined ? undefined : columnOf(filled, options.axis, options.file);
  const counters = new Set(filled.filter(isCounter));
  const axes = filled
    .filter(
      column =>
        (counters.has(column) || column === chosenAxis || options.axes?.includes(column.name)) &&
        column.numbers.length > 0,
    )
    .sort((a, b) => stepRank(a.name) - stepRank(b.name));
  const labels =
    axes.length === 0 ? filled.find(column => isIndexColumn(column.name) && holdsSteps(column, rows)) : undefined;
  if (labels) {
    axes.push(labels);
    counters.add(labels);
    note(`column ${labels.name || "without a name"}, which labels the rows, is taken for steps`);
  }
  for (const column of axes) role.set(column, "axis");
  const times = filled
    .filter(column => (timeRank(column.name) >= 0 || column.dates) && column.numbers.length > 0 && !role.has(column))
    .sort((a, b) => Number(timeRank(a.name) < 0) - Number(timeRank(b.name) < 0) || timeRank(a.name) - timeRank(b.name));
  for (const column of times) role.set(column, "time");
  const nameColumn = filled.find(column => isNameColumn(column.name) && column.words && column.numbers.length === 0);
  const valueColumn = nameColumn && filled.find(column => /^value$/i.test(column.name) && column.numbers.length > 0);
  const long = nameColumn && valueColumn ? nameColumn : undefined;
  const groups = filled.filter(column => {
    if (role.has(column) || column === long) return false;
    if (isRunColumn(column.name)) return true;
    return isSplitColumn(column.name) && column.words !== undefined && column.words.texts.length <= MOST_SPLITS;
  });
  for (const column of [...groups, ...(long ? [long] : [])]) role.set(column, "group");
  const index = filled.filter(column => !role.has(column) && isIndexColumn(column.name) && countsRows(column, rows));
  for (const column of index) {
    role.set(column, "index");
    note(`column ${column.name || "without a name"} counts the rows and is not used`);
  }
  const exported = exportedCharts(filled, note);
  const metrics = filled.filter(
    column => !role.has(column) && column.numbers.length > 0 && (!exported || exported.has(column)),
  );
  const wordy = filled.filter(column => !role.has(column) && column.words !== undefined);
  if (wordy.length > 0)
    note(
      `${listed(wordy.map(({ name }) => name))}: ${wordy.some(({ numbers }) => numbers.length > 0) ? "words among the numbers" : "words"}${wordy.length === 1 ? `, such as ${firstWord(wordy[0])}` : ""}, not used`,
    );

  // An axis that the file names holds until it is logged again.
  const stepsOf = memoised((column: LogColumn) =>
    options.axes?.includes(column.name) ? carriedOn(everyRow(column, rows)) : everyRow(column, rows),
  );
  const usedAxes = new Set<LogColumn>();
  const axisOf = (metric: LogColumn): LogColumn | undefined => {
    const said = options.axisOf?.(metric.name);
    if (said !== undefined) {
      const found = columns.find(({ name }) => name === said);
      if (found && found !== metric && found.numbers.length > 0) return found;
    }
    return bestAxis(metric, chosenAxis ? [chosenAxis] : axes.filter(axis => counters.has(axis)));
  };
  const runsOf = runsInRows(table, groups, long, axes[0], options.run, note);
  const time = times[0];
  const factor = time ? secondsPer(time) : 1;
  const timesOf = memoised((column: LogColumn) => {
    const all = everyRow(column, rows);
    return factor === 1 ? all : all.map(each => each * factor);
  });
  const counted = memoised((_: "rows") => Float64Array.from({ length: rows }, (__, row) => row));
  const series: RawSeries[] = [];
  let unplaced = false;
  for (const metric of metrics) {
    const axis = axisOf(metric);
    if (axis) usedAxes.add(axis);
    else unplaced = true;
    const gaps = axis ? gapsOf(metric, axis) : 0;
    if (gaps > 0) note(`column ${metric.name}: ${gaps === 1 ? "a row has" : `${gaps} rows have`} no value`);
    const steps = axis ? stepsOf(axis) : counted("rows");
    const seconds = time && timesOf(time);
    for (const { run, prefix, name, rows: chosen } of runsOf(metric))
      series.push({
        run: exported?.get(metric)?.run ?? run,
        name: `${prefix}${name ?? exported?.get(metric)?.name ?? metric.name}`,
        ...(exported?.get(metric)?.isSample && { sampling: SAMPLED_EXPORT }),
        step: taken(steps, chosen),
        time: seconds && taken(seconds, chosen),
        value: chosen === undefined ? metric.numbers.all() : valuesAt(metric, chosen),
      });
  }
  for (const axis of usedAxes) checkAxis(axis, options.file, note);
  if (unplaced) note("no column counts steps for every series: the rows are counted from 0");
  const beside = [...axes.filter(column => !usedAxes.has(column)), ...times.slice(1)].map(({ name }) => name);
  if (beside.length > 0 && metrics.length > 0)
    note(
      `${listed(beside)} not used beside ${[...usedAxes, ...times.slice(0, 1)].map(({ name }) => name).join(" and ")}`,
    );
  if (metrics.length + wordy.length === 0 && axes.length > 0)
    note(`${listed(axes.map(({ name }) => name))}: nothing else is logged`);
  return series.filter(({ value }) => value.length > 0);
};

/** The first word of a column, cut short. */
const firstWord = ({ words }: LogColumn): string => {
  const [text = ""] = words?.texts ?? [];
  return JSON.stringify(text.length > LONGEST_WORD ? `${text.slice(0, LONGEST_WORD)}...` : text);
};
const LONGEST_WORD = 24;

/** Notes rows whose step is a word. Throws a LandauError of kind "input" where they are most of them. */
const checkAxis = (axis: LogColumn, file: string, note: (why: string) => void): void => {
  const words = axis.words ? axis.words.code.length + axis.words.dropped : 0;
  if (words === 0) return;
  const count = `${words} ${words === 1 ? "row holds a word" : "rows hold words"}`;
  if (words > axis.numbers.length)
    throw new LandauError(
      "input",
      `${file}: column ${axis.name}: ${count} instead of a step, such as ${firstWord(axis)}: needs numbers such as 1050, or --axis with another column`,
    );
  note(`column ${axis.name}: ${count} instead of a step, such as ${firstWord(axis)}`);
};

const SAMPLED_EXPORT =
  "an export of a chart of W&B with ranges (__MIN, __MAX) around its points: a sample, or means of several runs";

/** The quantities of an export of W&B's charts, whose columns are "run - metric", each with its range; undefined for any other table. */
const exportedCharts = (
  columns: readonly LogColumn[],
  note: (why: string) => void,
): Map<LogColumn, { run: string; name: string; isSample: boolean }> | undefined => {
  const byName = new Map(columns.map(column => [column.name, column]));
  const rangeOf = ({ name }: LogColumn) => ["__MIN", "__MAX"].map(end => byName.get(name + end));
  const found = columns.filter(column => column.name.includes(" - ") && rangeOf(column).every(Boolean));
  if (found.length === 0) return undefined;
  note("columns __MIN and __MAX, the ranges of a chart of W&B, are not used");
  return new Map(
    found.map(column => {
      const at = column.name.lastIndexOf(" - ");
      const isSample = rangeOf(column).some(end => !isEqual(end!.numbers.all(), column.numbers.all()));
      return [column, { run: column.name.slice(0, at), name: column.name.slice(at + 3), isSample }];
    }),
  );
};

const isEqual = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

export const listed = (names: readonly string[]): string =>
  `${names.length > 1 ? "columns" : "column"} ${names.length > 12 ? `${names.slice(0, 11).join(", ")} and ${names.length - 11} more` : names.join(", ")}`;

const memoised = <A, B>(of: (key: A) => B): ((key: A) => B) => {
  const known = new Map<A, B>();
  return key => {
    if (!known.has(key)) known.set(key, of(key));
    return known.get(key)!;
  };
};

/** A number for each row, NaN where there is none. */
const everyRow = ({ numbers, rows: places }: LogColumn, rows: number): Float64Array => {
  const values = numbers.all();
  if (places === undefined && values.length === rows) return values;
  const out = new Float64Array(rows).fill(Number.NaN);
  const at = places?.all();
  for (let i = 0; i < values.length; i++) out[at ? at[i] : i] = values[i];
  return out;
};

const carriedOn = (values: Float64Array): Float64Array => {
  const out = values.slice();
  for (let i = 1; i < out.length; i++) if (Number.isNaN(out[i])) out[i] = out[i - 1];
  return out;
};

/** The values of chosen rows, which are all among those of the column. */
const valuesAt = (column: LogColumn, chosen: Uint32Array): Float64Array => {
  const values = column.numbers.all();
  if (column.rows === undefined) return taken(values, chosen);
  const rows = column.rows.all();
  const out = new Float64Array(chosen.length);
  for (let i = 0, at = 0; i < out.length; i++) {
    while (rows[at] !== chosen[i]) at++;
    out[i] = values[at];
  }
  return out;
};

const takenBefore = new WeakMap<Float64Array, WeakMap<Uint32Array, Float64Array>>();

/** Values of chosen rows; the same array for the same rows, so that series that were logged together share their steps. */
const taken = (values: Float64Array, chosen: Uint32Array | undefined): Float64Array => {
  if (chosen === undefined) return values;
  const known = takenBefore.get(values) ?? new WeakMap<Uint32Array, Float64Array>();
  takenBefore.set(values, known);
  const before = known.get(chosen);
  if (before) return before;
  const out = new Float64Array(chosen.length);
  for (let i = 0; i < out.length; i++) out[i] = values[chosen[i]];
  known.set(chosen, out);
  return out;
};

/**
 * Whether a column counts steps. A name that only ends so may be of a quantity of each step, as "train/loss_step" of Lightning beside "train/loss_epoch": what it
 * holds decides, whole numbers that go up.
 */
const isCounter = (column: LogColumn): boolean =>
  stepRank(column.name) >= 0 && (!isOwnStep(column.name) || goesUp(column.numbers.all()));

/** A label for each row, and another than its number. */
const holdsSteps = (column: LogColumn, rows: number): boolean => {
  const values = column.numbers.all();
  return values.length === rows && !column.words && !countsRows(column, rows) && goesUp(values);
};

/** A counter falls where a run starts again or another begins: once in as many numbers at most, unless the rows stand in no order. */
const NUMBERS_PER_FALL = 4;

const goesUp = (values: Float64Array): boolean => {
  if (!values.every(Number.isInteger)) return false;
  if (values.length > 1 && values.every(value => value === values[0])) return false;
  let falls = 0;
  for (let i = 1; i < values.length; i++) if (values[i] < values[i - 1]) falls++;
  return falls * NUMBERS_PER_FALL <= values.length || isShuffled(values);
};

/** The axis that stands beside most of the values of a metric; of equals the first, but "val/step" before "train/step" for "val/loss". */
const bestAxis = (metric: LogColumn, axes: readonly LogColumn[]): LogColumn | undefined => {
  const section = sectionOf(metric.name);
  const isFar = ({ name }: LogColumn) => Number(sectionOf(name) !== section);
  const inOrder = [...axes].sort((a, b) => stepRank(a.name) - stepRank(b.name) || isFar(a) - isFar(b));
  let [best, most] = [undefined as LogColumn | undefined, 0];
  for (const axis of inOrder) {
    const count = together(metric, axis);
    // An axis of fewer values is better only where the other misses many.
    if (count > 1.05 * most) [best, most] = [axis, count];
  }
  return best;
};

const sectionOf = (name: string): string => /^(.*)[/.]/.exec(name)?.[1] ?? "";

const together = (a: LogColumn, b: LogColumn): number => {
  if (a.rows === undefined && b.rows === undefined) return Math.min(a.numbers.length, b.numbers.length);
  if (b.rows === undefined && a.lastRow < b.numbers.length) return a.numbers.length;
  const [rowsA, rowsB] = [a.rows?.all(), b.rows?.all()];
  const [countA, countB] = [a.numbers.length, b.numbers.length];
  let [i, j, count] = [0, 0, 0];
  while (i < countA && j < countB) {
    const [rowA, rowB] = [rowsA ? rowsA[i] : i, rowsB ? rowsB[j] : j];
    if (rowA === rowB) count++;
    if (rowA <= rowB) i++;
    if (rowB <= rowA) j++;
  }
  return count;
};

/** Rows with a step and no value, where these are few: a column that is logged now and then has many. */
const gapsOf = (metric: LogColumn, axis: LogColumn): number => {
  const [values, rows] = [metric.numbers.length, axis.numbers.length];
  return values < rows && values > 0.9 * rows ? rows - together(metric, axis) : 0;
};

const countsRows = (column: LogColumn, rows: number): boolean => {
  const values = column.numbers.all();
  if (column.words || values.length !== rows || column.rows !== undefined) return false;
  for (let i = 0; i < values.length; i++) {
    const before = i === 0 ? values[0] - 1 : values[i - 1];
    if (!Number.isInteger(values[i]) || (values[i] !== before + 1 && values[i] !== values[0])) return false;
  }
  return true;
};

/** Times since 1970 may be in milliseconds, microseconds or nanoseconds: their size says which. */
const secondsPer = ({ numbers, dates }: LogColumn): number => {
  if (dates) return 1;
  const first = numbers.all().find(Number.isFinite) ?? 0;
  return first > 1e17 ? 1e-9 : first > 1e14 ? 1e-6 : first > 1e11 ? 1e-3 : 1;
};
