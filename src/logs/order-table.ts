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

/** What the lines of a group have in common, and their samples. */
type Group = Omit<Observation, "samples" | "energies"> & { readonly samples: number[]; readonly energies: number[] };

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
  const numberAt = (row: number, column: number, absent: number): number => {
    if (column < 0) return absent;
    const value = table.value(row, column);
    if (!Number.isFinite(value)) throw refuse(row, column, "a finite number");
    return value;
  };
  const wordAt = (row: number, column: number): string => (column < 0 ? "" : textAt(row, column));
  const groups = new Map<string, Group>();
  const groupAt = (row: number, control: number, size: number, pace: number): Group => {
    const direction = wordAt(row, places.direction).toLowerCase();
    if (!["", "up", "down"].includes(direction)) throw refuse(row, places.direction, "up or down");
    const [chain, phase] = [wordAt(row, places.chain), wordAt(row, places.phase)];
    const key = JSON.stringify([control, size, direction, pace, chain, phase]);
    const group = groups.get(key) ?? {
      control,
      size,
      pace,
      chain,
      ...(direction !== "" && { direction: direction as "up" | "down" }),
      ...(phase !== "" && { phase }),
      samples: [],
      energies: [],
    };
    groups.set(key, group);
    return group;
  };
  const { sample, energy } = places;
  const several = table.words(sample);
  const named = places.direction >= 0 || places.chain >= 0 || places.phase >= 0;
  let group: Group | undefined;
  for (let row = 0; row < table.rows; row++) {
    const control = numberAt(row, places.control, 0);
    const size = numberAt(row, places.size, 1);
    const pace = numberAt(row, places.pace, 1);
    // Most lines follow one of their own group.
    if (named || !group || group.control !== control || group.size !== size || group.pace !== pace)
      group = groupAt(row, control, size, pace);
    const value = table.value(row, sample);
    if (Number.isFinite(value)) group.samples.push(value);
    else
      for (const part of (several.get(row) ?? String(value)).split(/[\s;]+/).filter(text => text !== "")) {
        const number = numberIn(part);
        if (number === undefined || !Number.isFinite(number)) throw refuse(row, sample, "finite numbers");
        group.samples.push(number);
      }
    if (energy >= 0) group.energies.push(numberAt(row, energy, 0));
  }
  return [...groups.values()].map(({ energies, ...rest }) =>
    energies.length === rest.samples.length && energies.length > 0 ? { ...rest, energies } : rest,
  );
};
