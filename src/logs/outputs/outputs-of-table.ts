import { LandauError } from "../../errors.ts";
import { binNumbers, countOutcomes, mergeRare, type Outputs } from "../../transitions/dissimilarity/index.ts";
import { cellAt, isNumeric, type OutputColumn, type OutputTable } from "./output-table.ts";

/** What a table of outputs can hold. */
export const outputForms = ["samples", "counts", "probabilities", "scores", "probes"] as const;
export type OutputForm = (typeof outputForms)[number];

export interface OutputOptions {
  /** Name of the column of the control. */
  readonly control?: string | undefined;
  /** Name of the column of the output. */
  readonly output?: string | undefined;
  /** Told by the columns when absent. */
  readonly form?: OutputForm | undefined;
  /** The most bins for outputs that are numbers. */
  readonly bins?: number | undefined;
}

export interface ReadOutputs {
  readonly outputs: Outputs;
  readonly form: OutputForm;
  /** What the control is called. */
  readonly control: string;
  /** Samples in all; null of probabilities. */
  readonly samples: number | null;
  /** Names of the outcomes; null where there are none. */
  readonly outcomes: readonly string[] | null;
  readonly notes: readonly string[];
}

const CONTROLS = [
  "control",
  "temperature",
  "T",
  "step",
  "checkpoint",
  "epoch",
  "weight_decay",
  "weightDecay",
  "size",
  "parameter",
];
const OUTPUTS = [
  "output",
  "outcome",
  "text",
  "completion",
  "token",
  "tokens",
  "label",
  "class",
  "prediction",
  "sample",
  "value",
  "energy",
  "E",
  "order",
  "m",
  "x",
];
const COUNTS = ["count", "counts", "n", "frequency"];
const WEIGHTS = ["probability", "prob", "p", "weight"];
const PROBES = ["probe", "input", "prompt", "question"];
/** Numbers of at most so many different values are outcomes as they stand. */
const FEW_VALUES = 24;
const MOST_OUTCOMES = 100_000;
const DEFAULT_BINS = 16;

/**
 * Outputs at each value of a control from the rows of one table, or of one table a value. Rows of one value need not stand together. What the columns mean is told by their names:
 * a column of outputs (samples), perhaps with counts or probabilities beside; a column of log-probabilities under each value of the control, named by it (scores); a column for
 * each outcome, with one row a value (counts or probabilities), or one row a value and probe (probes).
 *
 * Throws a LandauError of kind "input" that names the file and the column.
 */
export const outputsOfTables = (tables: readonly OutputTable[], options: OutputOptions = {}): ReadOutputs => {
  const rows = rowsOf(tables, options);
  const form = options.form ?? formOf(rows, options);
  return { ...readers[form](rows, options), form, control: rows.controlName, notes: rows.notes };
};

/** The rows of all tables, ordered by the control. */
interface Rows {
  readonly file: string;
  readonly controlName: string;
  /** Ascending values, with the rows that have each. */
  readonly control: readonly number[];
  readonly groups: readonly (readonly number[])[];
  readonly columns: readonly OutputColumn[];
  readonly notes: string[];
}

const bad = (file: string, why: string): LandauError => new LandauError("input", `${file}: ${why}`);

/** The column of the first of the names that is there, whatever its case. */
const named = (columns: readonly OutputColumn[], names: readonly string[]): OutputColumn | undefined => {
  for (const name of names) {
    const found =
      columns.find(column => column.name === name) ??
      columns.find(column => column.name.toLowerCase() === name.toLowerCase());
    if (found) return found;
  }
  return undefined;
};

const rowsOf = (tables: readonly OutputTable[], { control }: OutputOptions): Rows => {
  const [first] = tables;
  const file = tables.length === 1 ? first.file : `${first.file} and ${tables.length - 1} more`;
  for (const { file: own, rows } of tables)
    if (rows === 0) throw bad(own, "no row: needs a header and a row for each draw or value");
  const joined = tables.length === 1 ? first.columns : joinedColumns(tables);
  const notes: string[] = [];
  const column = named(joined, control === undefined ? CONTROLS : [control]);
  let values: Float64Array;
  let controlName: string;
  if (column) {
    const row = column.numbers.findIndex(each => !Number.isFinite(each));
    if (row >= 0)
      throw bad(
        file,
        `column ${JSON.stringify(column.name)}, row ${row + 1}: ${cellAt(column, row) === undefined ? "empty" : JSON.stringify(cellAt(column, row))}: needs a finite number`,
      );
    values = column.numbers;
    controlName = column.name;
  } else if (control !== undefined)
    throw bad(file, `no column ${JSON.stringify(control)}: it has ${joined.map(({ name }) => name).join(", ")}`);
  else if (tables.length > 1) {
    values = Float64Array.from(
      tables.flatMap(({ file: own, rows }) => new Array<number>(rows).fill(numberInName(own))),
    );
    controlName = "control";
    notes.push("the control is the last number in the names of the files");
  } else
    throw bad(
      file,
      `no column of the control: needs one called ${CONTROLS.slice(0, 4).join(", ")}, --control NAME, or a file for each value with the value in its name`,
    );
  const byValue = new Map<number, number[]>();
  values.forEach((value, row) => {
    const own = byValue.get(value);
    if (own) own.push(row);
    else byValue.set(value, [row]);
  });
  const ascending = [...byValue.keys()].sort((a, b) => a - b);
  return {
    file,
    controlName,
    control: ascending,
    groups: ascending.map(value => byValue.get(value)!),
    columns: joined.filter(each => each !== column && each.name !== ""),
    notes,
  };
};

/** The last number in the name of a file: "step-100.csv" is 100, as a hyphen behind a letter or digit only joins; "T=-0.5.csv" is -0.5. */
const numberInName = (file: string): number => {
  const found = (file.split("/").at(-1) as string)
    .replace(/\.[a-z]+$/i, "")
    .match(/(?:(?<![a-z\d])[-+])?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi);
  if (!found) throw bad(file, "no column of the control, and no number in its name");
  return Number(found.at(-1));
};

/** Tables of the same columns, one below the other. */
const joinedColumns = (tables: readonly OutputTable[]): OutputColumn[] => {
  const names = [...new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  return names.map(name => {
    const numbers = new Float64Array(total).fill(Number.NaN);
    const words = new Map<number, string>();
    let from = 0;
    for (const { columns, rows } of tables) {
      const column = columns.find(each => each.name === name);
      if (column) {
        numbers.set(column.numbers, from);
        for (const [row, word] of column.words) words.set(row + from, word);
      }
      from += rows;
    }
    return { name, numbers, words };
  });
};

/** The value of the control that a column of scores is named by: "0.5", "logp@0.5", "logp/0.5", "T=0.5". */
const scoredValue = (name: string): number =>
  Number(
    /^(?:log_?p(?:rob)?|score|T|control)?\s*[@=/_:]?\s*(-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)$/i.exec(name)?.[1] ?? Number.NaN,
  );

const scoreColumns = ({ columns, control }: Rows): (OutputColumn | undefined)[] =>
  control.map(value => columns.find(column => isNumeric(column) && scoredValue(column.name) === value));

const formOf = (rows: Rows, { output }: OutputOptions): OutputForm => {
  const { columns, groups, file } = rows;
  if (rows.control.length > 1 && scoreColumns(rows).every(column => column !== undefined)) return "scores";
  const outputColumn = named(columns, output === undefined ? OUTPUTS : [output]);
  if (output === undefined && named(columns, PROBES) && columns.filter(isNumeric).length >= 2) return "probes";
  if (outputColumn) {
    if (named(columns, COUNTS)) return "counts";
    return named(columns, WEIGHTS) ? "probabilities" : "samples";
  }
  if (output !== undefined)
    throw bad(file, `no column ${JSON.stringify(output)}: it has ${columns.map(({ name }) => name).join(", ")}`);
  const numeric = columns.filter(isNumeric);
  if (columns.length === 1) return "samples";
  if (numeric.length >= 2 && groups.every(group => group.length === 1))
    return numeric.every(({ numbers }) => numbers.every(each => Number.isNaN(each) || Number.isInteger(each))) &&
      numeric.some(({ numbers }) => numbers.some(each => each > 1))
      ? "counts"
      : "probabilities";
  throw bad(
    file,
    `columns ${columns.map(({ name }) => name).join(", ")}: which is the output? Needs one called ${OUTPUTS.slice(0, 4).join(", ")}, or --output NAME`,
  );
};

type Read = Pick<ReadOutputs, "outputs" | "samples" | "outcomes">;

const requireOutput = ({ columns, file }: Rows, output: string | undefined): OutputColumn => {
  const known = [...COUNTS, ...WEIGHTS, ...PROBES];
  const column =
    named(columns, output === undefined ? OUTPUTS : [output]) ??
    (columns.length === 1 ? columns[0] : columns.find(({ name }) => !known.includes(name.toLowerCase())));
  if (!column) throw bad(file, "no column of the output: needs one called output, or --output NAME");
  return column;
};

const samples = (rows: Rows, { output, bins = DEFAULT_BINS }: OutputOptions): Read => {
  const { control, groups, notes, file } = rows;
  const column = requireOutput(rows, output);
  const unused = rows.columns.filter(each => each !== column).map(({ name }) => name);
  if (unused.length > 0) notes.push(`${file}: ${unused.join(", ")} not used`);
  const kept = groups.map(group => group.filter(row => cellAt(column, row) !== undefined));
  const lost = groups.reduce((sum, group, k) => sum + group.length - kept[k].length, 0);
  if (lost > 0) notes.push(`${file}: ${lost} rows without ${column.name} are left out`);
  kept.forEach((group, k) => {
    if (group.length === 0) throw bad(file, `no output at ${rows.controlName} ${control[k]}`);
  });
  const total = kept.reduce((sum, { length }) => sum + length, 0);
  const different = new Set(kept.flatMap(group => group.map(row => cellAt(column, row))));
  const noise = 2 / Math.min(...kept.map(({ length }) => length));
  if (isNumeric(column) && different.size > FEW_VALUES) {
    const wrong = kept.flat().find(row => !Number.isFinite(column.numbers[row]));
    if (wrong !== undefined)
      throw bad(file, `column ${column.name}, row ${wrong + 1}: ${column.numbers[wrong]}: needs a finite number`);
    const found = binNumbers(
      kept.map(group => group.map(row => column.numbers[row])),
      bins,
    );
    notes.push(`${column.name} is a number: counted in ${found.outcomes.length} bins of equal shares`);
    return { outputs: { control, counts: found.counts }, samples: total, outcomes: found.outcomes };
  }
  const found = mergeRare(countOutcomes(kept.map(group => group.map(row => cellAt(column, row) as string))), noise);
  if (found.merged > 0)
    notes.push(
      `${found.merged} rare outcomes are counted together as "other": there are too few samples to count each`,
    );
  return { outputs: { control, counts: found.counts }, samples: total, outcomes: found.outcomes };
};

/** A table of outcomes by value: from a column for each, or from rows of (control, output, number). */
const matrixOf = (
  rows: Rows,
  numberNames: readonly string[],
  output: string | undefined,
): { names: string[]; matrix: Float64Array[] } => {
  const { columns, control, groups, file, controlName } = rows;
  const amount = named(columns, numberNames);
  const outputColumn = named(columns, output === undefined ? OUTPUTS : [output]);
  if (amount && outputColumn) {
    const names = [...new Set(groups.flatMap(group => group.map(row => cellAt(outputColumn, row) ?? "")))];
    if (names.length > MOST_OUTCOMES) throw bad(file, `${names.length} outcomes: needs at most ${MOST_OUTCOMES}`);
    const place = new Map(names.map((name, x) => [name, x]));
    const matrix = groups.map(group => {
      const row = new Float64Array(names.length);
      for (const at of group) row[place.get(cellAt(outputColumn, at) ?? "")!] += checked(amount, at, file);
      return row;
    });
    return { names, matrix };
  }
  const wide = columns.filter(isNumeric);
  if (wide.length < 2) throw bad(file, "needs a column for each outcome, or columns output and count");
  groups.forEach((group, k) => {
    if (group.length > 1)
      throw bad(
        file,
        `${group.length} rows of ${controlName} ${control[k]}: needs one row a value, with a column for each outcome`,
      );
  });
  return {
    names: wide.map(({ name }) => name),
    matrix: groups.map(([row]) => Float64Array.from(wide, column => checked(column, row, file))),
  };
};

const checked = (column: OutputColumn, row: number, file: string): number => {
  const value = column.numbers[row];
  if (!(value >= 0 && value < Infinity))
    throw bad(
      file,
      `column ${column.name}, row ${row + 1}: ${cellAt(column, row) ?? "empty"}: needs a number from 0 on`,
    );
  return value;
};

const counts = (rows: Rows, { output }: OutputOptions): Read => {
  const { names, matrix } = matrixOf(rows, COUNTS, output);
  const total = matrix.reduce((sum, row) => sum + row.reduce((all, each) => all + each, 0), 0);
  return { outputs: { control: rows.control, counts: matrix }, samples: total, outcomes: names };
};

/** Sums of printed probabilities may be off by so much. */
const LOOSE = 0.02;

const normalisedRow = (row: Float64Array, where: string, file: string, notes: string[]): Float64Array => {
  const sum = row.reduce((all, each) => all + each, 0);
  if (!(Math.abs(sum - 1) <= LOOSE))
    throw bad(file, `the probabilities of ${where} sum to ${Number(sum.toPrecision(6))}: needs 1`);
  const note = "rows of probabilities do not sum to 1 exactly and are normalised";
  if (Math.abs(sum - 1) > 1e-6 && !notes.includes(note)) notes.push(note);
  return row.map(each => each / sum);
};

const probabilities = (rows: Rows, { output }: OutputOptions): Read => {
  const { control, controlName, file, notes } = rows;
  const { names, matrix } = matrixOf(rows, WEIGHTS, output);
  const distributions = matrix.map((row, k) => normalisedRow(row, `${controlName} ${control[k]}`, file, notes));
  return { outputs: { control, distributions }, samples: null, outcomes: names };
};

const scores = (rows: Rows): Read => {
  const { control, groups, file, controlName } = rows;
  const columns = scoreColumns(rows).map((column, k) => {
    if (!column)
      throw bad(
        file,
        `no column of log-probabilities under ${controlName} ${control[k]}: needs one named logp@${control[k]}`,
      );
    return column;
  });
  const found = groups.map(group => {
    const out = new Float64Array(group.length * columns.length);
    group.forEach((row, i) => {
      columns.forEach(({ numbers, name }, b) => {
        const value = numbers[row];
        if (value === Infinity || value > 1e-6 + 1e3)
          throw bad(file, `column ${name}, row ${row + 1}: ${value}: needs a log-probability`);
        out[i * columns.length + b] = value;
      });
    });
    return out;
  });
  return {
    outputs: { control, scores: found },
    samples: groups.reduce((sum, { length }) => sum + length, 0),
    outcomes: null,
  };
};

const probes = (rows: Rows): Read => {
  const { columns, control, controlName, groups, file, notes } = rows;
  const probe = named(columns, PROBES);
  if (!probe) throw bad(file, `no column of the probe: needs one called ${PROBES.join(", ")}`);
  const outcomes = columns.filter(column => column !== probe && isNumeric(column));
  if (outcomes.length < 2) throw bad(file, "needs a column of probabilities for each outcome");
  const [first] = groups.map(group => group.map(row => cellAt(probe, row) ?? ""));
  const found = groups.map((group, k) => {
    const byProbe = new Map(group.map(row => [cellAt(probe, row) ?? "", row]));
    if (byProbe.size !== group.length) throw bad(file, `a probe stands twice at ${controlName} ${control[k]}`);
    if (group.length !== first.length)
      throw bad(
        file,
        `${group.length} probes at ${controlName} ${control[k]}: needs the ${first.length} of ${control[0]}`,
      );
    return first.map(name => {
      const row = byProbe.get(name);
      if (row === undefined)
        throw bad(file, `probe ${JSON.stringify(name)} is missing at ${controlName} ${control[k]}`);
      const p = Float64Array.from(outcomes, column => checked(column, row, file));
      return normalisedRow(p, `probe ${name} at ${controlName} ${control[k]}`, file, notes);
    });
  });
  return { outputs: { control, probes: found }, samples: null, outcomes: outcomes.map(({ name }) => name) };
};

const readers: { readonly [form in OutputForm]: (rows: Rows, options: OutputOptions) => Read } = {
  samples,
  counts,
  probabilities,
  scores,
  probes,
};
