import { LandauError } from "../errors.ts";
import { readCsv } from "../formats/csv.ts";
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
} as const;

type Column = keyof typeof COLUMNS;

/**
 * A table of (control, size, sample) from CSV: a line for each sample, with columns `control` and `sample`, and perhaps `size`, `energy`, `direction`
 * (up or down), `pace` and `chain`. A cell of `sample` may hold several numbers, separated by spaces. Lines of the same control, size, direction,
 * pace and chain belong together, in their order. Throws a LandauError of kind "input" that names file, line and column.
 */
export const readOrderCsv = (bytes: Uint8Array, fileName: string): Observation[] =>
  readOrderTable(bytes, fileName).observations;

export interface OrderTable {
  readonly observations: Observation[];
  /** What was left out, as sentences. */
  readonly notes: readonly string[];
}

/** The same with notes on what is not used: other columns, such as errors, and a last line that breaks off. */
export const readOrderTable = (bytes: Uint8Array, fileName: string): OrderTable => {
  const { header, rows, torn } = readCsv(bytes, fileName, { comment: "#" });
  const names = header.map(name => name.toLowerCase());
  const place = (column: Column): number => {
    for (const name of COLUMNS[column]) if (names.includes(name)) return names.indexOf(name);
    return -1;
  };
  const at = Object.fromEntries(Object.keys(COLUMNS).map(column => [column, place(column as Column)])) as {
    [column in Column]: number;
  };
  for (const column of ["control", "sample"] as const)
    if (at[column] < 0)
      throw new LandauError(
        "input",
        `${fileName}: no column ${column}: needs control and sample, and perhaps size, energy, direction, pace, chain`,
      );
  if (rows.length === 0) throw new LandauError("input", `${fileName}: no line below the header`);

  const groups = new Map<
    string,
    Required<Pick<Observation, "control">> & { samples: number[]; energies: number[] } & Observation
  >();
  for (const { line, cells } of rows) {
    const refuse = (column: number, needs: string): LandauError =>
      new LandauError(
        "input",
        `${fileName}:${line}: column ${header[column]} is ${JSON.stringify(cells[column])}: needs ${needs}`,
      );
    const number = (column: number): number => {
      const value = numberIn(cells[column]);
      if (value === undefined || !Number.isFinite(value)) throw refuse(column, "a finite number");
      return value;
    };
    const direction = at.direction < 0 ? "" : cells[at.direction].toLowerCase();
    if (!["", "up", "down"].includes(direction)) throw refuse(at.direction, "up or down");
    const control = number(at.control);
    const size = at.size < 0 ? 1 : number(at.size);
    const pace = at.pace < 0 ? 1 : number(at.pace);
    const chain = at.chain < 0 ? "" : cells[at.chain];
    const key = JSON.stringify([control, size, direction, pace, chain]);
    const group = groups.get(key) ?? {
      control,
      size,
      pace,
      chain,
      ...(direction !== "" && { direction: direction as "up" | "down" }),
      samples: [],
      energies: [],
    };
    groups.set(key, group);
    for (const part of cells[at.sample].split(/[\s;]+/).filter(text => text !== "")) {
      const value = numberIn(part);
      if (value === undefined || !Number.isFinite(value)) throw refuse(at.sample, "finite numbers");
      group.samples.push(value);
    }
    if (at.energy >= 0) group.energies.push(number(at.energy));
  }
  const used = new Set(Object.values(at));
  const unused = header.filter((_, column) => !used.has(column));
  return {
    observations: [...groups.values()].map(({ energies, ...rest }) =>
      energies.length === rest.samples.length ? { ...rest, energies } : rest,
    ),
    notes: [
      ...(torn ? [`the last line of ${fileName} breaks off and is left out`] : []),
      ...(unused.length > 0
        ? [`${fileName}: ${unused.length === 1 ? "column" : "columns"} ${unused.join(", ")} not used`]
        : []),
    ],
  };
};
