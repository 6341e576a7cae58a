import type { Controls } from "../contracts/field.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { RunRecord } from "../contracts/protocol.ts";
import type { ZarrArray, ZarrGroup } from "../formats/pack-zarr.ts";
import { gridOf, type SweepAxis } from "../protocols/sweep-axes.ts";
import type { SweepMap } from "../protocols/sweep-cells.ts";
import type { FieldMeaning } from "./field-meanings.ts";

interface Described {
  /** The settings of the protocol. */
  readonly controls: Controls;
  meaningOf(field: string): FieldMeaning;
}

/** Code of a phase where there is none. */
const NONE = -1;
/** The axis of the runs of a cell. */
const SEED = "seed";
/** What is no number that training recorded. */
const named = new Set(["kind", "chain", "x", "y", "seed", "label"]);

/**
 * A sweep as arrays over its controls, which name axes and coordinates: y, x; what belongs to single runs over seed, y, x. Integers are -1 and numbers
 * NaN where no run was made or recorded none. Phases are codes whose names are in the attributes, as CF asks for flags.
 * [CF conventions 1.11, sections 3.1, 3.5 and 4]
 */
export const sweepArrays = (map: SweepMap, { controls, meaningOf }: Described): ZarrGroup["arrays"] => {
  const { axes, runs, reading, cells } = map;
  const { columns, rows } = gridOf(axes);
  const seeds = runs.reduce((most, { seed }) => Math.max(most, seed), 0) + 1;
  const over = axes.y ? [axes.y, axes.x] : [axes.x];
  const plane = { dimensions: over.map(({ control }) => control), shape: axes.y ? [rows, columns] : [columns] };
  const space = { dimensions: [SEED, ...plane.dimensions], shape: [seeds, ...plane.shape] };
  const codeOf = (label: string | null): number => (label === null ? NONE : reading.labels.indexOf(label));
  const flags = flagsOf(reading.labels);

  const perCell = {
    count: {
      ...plane,
      data: Int32Array.from(cells, ({ count }) => count),
      attributes: { long_name: "runs made", units: "1" },
    },
    phase: {
      ...plane,
      data: Int32Array.from(cells, ({ label }) => codeOf(label)),
      attributes: { long_name: "phase in which most of the runs end; -1 where none was made", ...flags },
    },
    agreement: {
      ...plane,
      data: Float64Array.from(cells, ({ agreement }) => agreement ?? Number.NaN),
      attributes: { long_name: "share of the runs that end in that phase", units: "1" },
    },
    reading: {
      ...plane,
      data: Int32Array.from(reading.cells, ({ label }) => codeOf(label)),
      attributes: { long_name: "most probable phase, by the runs of the cell and of those around it", ...flags },
    },
    sure: {
      ...plane,
      data: Float64Array.from(reading.cells, ({ sure }) => sure),
      attributes: { long_name: "probability of that phase", units: "1" },
    },
    orderMean: {
      ...plane,
      data: Float64Array.from(cells, ({ order }) => order?.mean ?? Number.NaN),
      attributes: { ...describe(meaningOf("order")), cell_methods: "seed: mean" },
    },
    orderStandardError: {
      ...plane,
      data: Float64Array.from(cells, ({ order }) => order?.standardError ?? Number.NaN),
      attributes: { long_name: "standard error of orderMean over seeds", units: "1" },
    },
  };
  const place = ({ column, row, seed }: { readonly column: number; readonly row: number; readonly seed: number }) =>
    (seed * rows + row) * columns + column;
  const labels = new Int32Array(seeds * rows * columns).fill(NONE);
  for (const run of runs) labels[place(run)] = codeOf(run.label);
  const perRun: { [name: string]: ZarrArray } = {
    label: {
      ...space,
      data: labels,
      attributes: { long_name: "phase in which the run ends; -1 where none was made", ...flags },
    },
  };
  const taken = new Set([...space.dimensions, ...Object.keys(perCell), ...Object.keys(perRun)]);
  for (const field of numericFields(runs.map(({ record }) => record))) {
    const data = new Float64Array(seeds * rows * columns).fill(Number.NaN);
    for (const run of runs) {
      const value = run.record[field];
      if (typeof value === "number") data[place(run)] = value;
    }
    perRun[taken.has(field) ? `${field}OfRun` : field] = { ...space, data, attributes: describe(meaningOf(field)) };
  }
  return { ...coordinates(map, seeds, controls), ...perCell, ...perRun };
};

const coordinates = ({ axes }: SweepMap, seeds: number, controls: Controls): ZarrGroup["arrays"] => {
  const along = (axis: SweepAxis, cf: "X" | "Y"): readonly [string, ZarrArray] => {
    const control = controls[axis.control];
    const unit = control && "unit" in control ? control.unit : undefined;
    return [
      axis.control,
      {
        dimensions: [axis.control],
        shape: [axis.values.length],
        data: Float64Array.from(axis.values),
        attributes: { long_name: control?.summary ?? axis.control, units: unitOf(unit), axis: cf, scale: axis.scale },
      },
    ];
  };
  return {
    ...Object.fromEntries([along(axes.x, "X"), ...(axes.y ? [along(axes.y, "Y")] : [])]),
    [SEED]: {
      dimensions: [SEED],
      shape: [seeds],
      data: Int32Array.from({ length: seeds }, (_, seed) => seed),
      attributes: { long_name: "number of the run at its cell", units: "1" },
    },
  };
};

/** The names of phases by their codes. In `flag_meanings`, which blanks part, those within a name are "_". */
const flagsOf = (labels: readonly string[]): JsonObject => ({
  flag_values: labels.map((_, code) => code),
  flag_meanings: labels.map(label => label.replace(/\s/g, "_")).join(" "),
  phases: [...labels],
});

const describe = ({ meaning, unit }: FieldMeaning): JsonObject => ({
  ...(meaning !== "" && { long_name: meaning }),
  units: unitOf(unit),
});

/** A number without a unit, and a share, have the unit 1. */
const unitOf = (unit: string | undefined): string => (unit === undefined || /^share\b/.test(unit) ? "1" : unit);

/** Fields that are numbers wherever they are not null, and are numbers somewhere. */
const numericFields = (records: readonly RunRecord[]): readonly string[] => {
  const fields = new Map<string, boolean>();
  for (const record of records)
    for (const [name, value] of Object.entries(record))
      if (!named.has(name))
        fields.set(name, (fields.get(name) ?? true) && (value === null || typeof value === "number"));
  return [...fields].filter(([, isNumeric]) => isNumeric).map(([name]) => name);
};
