import { LandauError } from "../errors.ts";
import { columnReader, type NumberTable } from "../formats/columns.ts";
import { numberIn } from "../formats/number-cell.ts";
import type { Observation } from "../transitions/order/index.ts";

/** Names that a column may have, by what it holds; the first is ours. */
const COLUMNS = {
  control: ["control", "temperature", "t", "beta", "gamma", "x"],
  size: ["size", "l", "n"],
  sample: ["sample", "value", "order", "m", "samples"],
  energy: ["energy", "e", "loss"],
  direction: ["direction"],
  pace: ["pace", "steps"],
  chain: ["chain", "seed", "run"],
  phase: ["phase", "label"],
} as const;

type Column = keyof typeof COLUMNS;

/** The place of each column in a table, -1 where it is absent. */
type Places = { readonly [column in Column]: number };

export interface OrderTable {
  readonly observations: Observation[];
  /** What the control is called in the file. */
  readonly control: string;
  /** What was left out, as sentences. */
  readonly notes: readonly string[];
}

/**
 * A table of (control, size, sample) from CSV: a line for each sample, with columns `control` and `sample`, and perhaps `size`, `energy`, `direction`
 * (up or down), `pace`, `chain` and `phase`. A cell of `sample` may hold several numbers, separated by spaces. Lines of the same control, size,
 * direction, pace, chain and phase belong together, in their order. Notes name what is not used: other columns, such as errors, and a last line that
 * breaks off. Throws a LandauError of kind "input" that names file, line and column.
 */
export const readOrderTable = (bytes: Uint8Array, fileName: string): OrderTable => {
  const reader = columnReader(fileName);
  reader.push(bytes);
  const table = reader.end();
  const { header = [], rows, torn } = table;
  const places = placesOf(header);
  for (const column of ["control", "sample"] as const)
    if (places[column] < 0)
      throw new LandauError(
        "input",
        `${fileName}: no column ${column}: needs control and sample, and perhaps size, energy, direction, pace, chain, phase`,
      );
  if (rows === 0) throw new LandauError("input", `${fileName}: no line below the header`);
  const used = new Set(Object.values(places));
  const unused = header.filter((name, column) => !used.has(column) && name !== "");
  return {
    observations: observationsOf(table, header, places, fileName),
    control: header[places.control],
    notes: [
      ...(torn ? [`the last line of ${fileName} breaks off and is left out`] : []),
      ...(unused.length > 0
        ? [`${fileName}: ${unused.length === 1 ? "column" : "columns"} ${unused.join(", ")} not used`]
        : []),
    ],
  };
};

const placesOf = (header: readonly string[]): Places => {
  const names = header.map(name => name.toLowerCase());
  const place = (column: Column): number => {
    for (const name of COLUMNS[column]) if (names.includes(name)) return names.indexOf(name);
    return -1;
  };
  return Object.fromEntries(Object.keys(COLUMNS).map(column => [column, place(column as Column)])) as Places;
};

/** What the lines of a group have in common, where they stand, and their samples when cells hold several. */
interface Group {
  readonly common: Omit<Observation, "samples" | "energies">;
  /** First row and the one after the last, of each stretch. */
  readonly stretches: [from: number, to: number][];
  readonly samples: number[];
}

const observationsOf = (
  table: NumberTable,
  header: readonly string[],
  places: Places,
  fileName: string,
): Observation[] => {
  const textAt = (row: number, column: number): string =>
    table.words(column).get(row) ?? String(table.value(row, column));
  const refuse = (row: number, column: number, needs: string): LandauError =>
    new LandauError(
      "input",
      `${fileName}:${table.lineOf(row)}: column ${header[column]} is ${JSON.stringify(textAt(row, column))}: needs ${needs}`,
    );
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
  const numbersIn = (column: number): Float64Array | undefined => {
    if (column < 0) return undefined;
    const values = table.column(column, rows);
    for (let row = 0; row < values.length; row++)
      if (!Number.isFinite(values[row])) throw refuse(row, column, "a finite number");
    return values;
  };
  const [controls, sizes, paces] = [numbersIn(places.control), numbersIn(places.size), numbersIn(places.pace)];
  const energies = numbersIn(places.energy);
  const samples = table.column(places.sample, rows);
  const several = table.words(places.sample);
  const wordAt = (row: number, column: number): string => (column < 0 ? "" : textAt(row, column));
  const groups = new Map<string, Group>();
  const groupAt = (row: number): Group => {
    const direction = wordAt(row, places.direction).toLowerCase();
    if (!["", "up", "down"].includes(direction)) throw refuse(row, places.direction, "up or down");
    const [chain, phase] = [wordAt(row, places.chain), wordAt(row, places.phase)];
    const [control, size, pace] = [controls![row], sizes?.[row] ?? 1, paces?.[row] ?? 1];
    const key = JSON.stringify([control, size, direction, pace, chain, phase]);
    const group = groups.get(key) ?? {
      common: {
        control,
        size,
        pace,
        chain,
        ...(direction !== "" && { direction: direction as "up" | "down" }),
        ...(phase !== "" && { phase }),
      },
      stretches: [],
      samples: [],
    };
    groups.set(key, group);
    return group;
  };
  const named = [places.direction, places.chain, places.phase].some(column => column >= 0);
  /** Whether a row belongs to the group of the one before. */
  const follows = (row: number): boolean =>
    !named &&
    controls![row] === controls![row - 1] &&
    sizes?.[row] === sizes?.[row - 1] &&
    paces?.[row] === paces?.[row - 1];
  for (let from = 0; from < rows.length; ) {
    let to = from + 1;
    while (to < rows.length && follows(to)) to++;
    const group = groupAt(from);
    group.stretches.push([from, to]);
    for (let row = from; row < to; row++) {
      if (Number.isFinite(samples[row])) {
        if (several.size > 0) group.samples.push(samples[row]);
        continue;
      }
      for (const part of (several.get(row) ?? String(samples[row])).split(/[\s;]+/).filter(text => text !== "")) {
        const number = numberIn(part);
        if (number === undefined || !Number.isFinite(number)) throw refuse(row, places.sample, "finite numbers");
        group.samples.push(number);
      }
    }
    from = to;
  }
  return [...groups.values()].map(({ common, stretches, samples: listed }) => {
    const gathered = several.size > 0 ? listed : gatheredFrom(samples, stretches);
    const beside = energies && gatheredFrom(energies, stretches);
    return { ...common, samples: gathered, ...(beside?.length === gathered.length && { energies: beside }) };
  });
};

/** The values of several stretches of rows, one after the other. */
const gatheredFrom = (values: Float64Array, stretches: Group["stretches"]): Float64Array => {
  if (stretches.length === 1) return values.subarray(...stretches[0]);
  const out = new Float64Array(stretches.reduce((sum, [from, to]) => sum + to - from, 0));
  let at = 0;
  for (const [from, to] of stretches) {
    out.set(values.subarray(from, to), at);
    at += to - from;
  }
  return out;
};
