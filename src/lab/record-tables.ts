import type { Claim, Verdict } from "../contracts/claim.ts";
import { allowedRange, judgeComparison } from "../contracts/claim.ts";
import type { Control, Controls, Settings } from "../contracts/field.ts";
import type { NamedArrays, Study } from "../contracts/protocol.ts";
import type { System } from "../contracts/system.ts";
import { isSweep } from "../protocols/sweep.ts";
import { NO_AXIS } from "../protocols/sweep-axes.ts";
import { type FieldMeaning, fieldMeaning } from "./field-meanings.ts";
import { type Cell, type Column, recordColumns } from "./record-columns.ts";
import type { RecordTable } from "./records.ts";

/** What is exported of a run. */
export interface ExportedRun extends Pick<RecordTable, "records" | "kinds"> {
  readonly studies: readonly Pick<Study, "name" | "protocol" | "settings">[];
  readonly verdicts: readonly Verdict[];
  /** The parameters of the draws of each chain of a study, by array, as far as they were kept: draws along the first axis. */
  parameters?(study: string): ReadonlyMap<number, NamedArrays>;
}

/** What is known of the system that was run; its name alone when it is not there any more. */
export type ExportedSystem = Pick<System, "name"> & Partial<Pick<System, "protocols" | "claims" | "learner">>;

/** The kind of the records of a sweep. */
const CELL = "cell";

/** A column with what is said of it. */
export interface DescribedColumn extends Pick<Column, "name" | "cells"> {
  readonly meaning: FieldMeaning;
}

export interface Table {
  /** File name without extension. */
  readonly name: string;
  readonly columns: readonly DescribedColumn[];
}

/**
 * The tables of a run: for each study and kind of record one with a row a record or, of a posterior, a row a draw with its parameters; of a sweep the
 * columns of its axes have the names of their controls. With verdicts one more, a row a comparison.
 */
export const runTables = (run: ExportedRun, system: ExportedSystem): readonly Table[] => [
  ...run.studies.flatMap(study => studyTables(run, study, system)),
  ...(run.verdicts.length > 0 ? [verdictTable(run.verdicts, system.claims ?? [])] : []),
];

const studyTables = (
  run: ExportedRun,
  { name: study, protocol, settings }: ExportedRun["studies"][number],
  system: ExportedSystem,
): readonly Table[] => {
  const controls = system.protocols?.[protocol]?.settings ?? {};
  const meaningOf = (field: string) => meaningOfField(field, system, controls);
  const tables = run.kinds(study).map((kind): Table => {
    const columns = recordColumns(run.records(study, kind));
    const described = columns.map(({ name, field, cells }) => ({ name, cells, meaning: meaningOf(field) }));
    const isMap = isSweep(protocol) && kind === CELL;
    return { name: `${study}-${kind}`, columns: isMap ? withNamedAxes(described, settings, controls) : described };
  });
  const parameters = run.parameters?.(study);
  if (!parameters || parameters.size === 0) return tables;
  const draws = drawTable(
    study,
    parameters,
    tables.find(({ name }) => name === `${study}-draws`),
  );
  return draws.name === `${study}-draws`
    ? tables.map(table => (table.name === draws.name ? draws : table))
    : [...tables, draws];
};

/** The columns of a sweep, those of its axes called by their controls. A control that training records too leaves its axis the name x or y. */
const withNamedAxes = (
  columns: readonly DescribedColumn[],
  settings: Settings,
  controls: Controls,
): readonly DescribedColumn[] => {
  const names = new Map(Object.entries({ x: settings.xControl, y: settings.yControl }));
  return columns.flatMap((column): readonly DescribedColumn[] => {
    const control = names.get(column.name);
    if (control === undefined) return [column];
    if (control === NO_AXIS) return [];
    const name = columns.some(other => other.name === control) ? column.name : String(control);
    return [{ name, cells: column.cells, meaning: controlMeaning(controls[control]) }];
  });
};

export const meaningOfField = (field: string, { name, learner }: ExportedSystem, controls: Controls): FieldMeaning => {
  if (field === "order" && learner) return { meaning: `order parameter: ${learner.order.label}` };
  const known = fieldMeaning(name, field);
  if (known) return known;
  return controlMeaning(Object.hasOwn(controls, field) ? controls[field] : undefined);
};

/** What a control is, in the words of its declaration. */
export const controlMeaning = (control: Control | undefined): FieldMeaning => {
  if (control === undefined) return { meaning: "" };
  return { meaning: `setting: ${control.summary}`, ...("unit" in control && control.unit && { unit: control.unit }) };
};

/** One row a draw: what was observed of it, where records say so, and its parameters. Batches of means stay a table of their own. */
const drawTable = (study: string, parameters: ReadonlyMap<number, NamedArrays>, observed: Table | undefined): Table => {
  const seen = observed?.columns.some(({ name }) => name === "draw") ? observed.columns : undefined;
  const counts = [...parameters.values()].map(arrays => Object.values(arrays)[0]?.shape[0] ?? 0);
  const chains = [...parameters.keys()];
  const address: readonly DescribedColumn[] = seen ?? [
    {
      name: "chain",
      cells: chains.flatMap((chain, i) => new Array<Cell>(counts[i]).fill(chain)),
      meaning: fieldMeaning("", "chain")!,
    },
    {
      name: "draw",
      cells: counts.flatMap(count => Array.from({ length: count }, (_, i) => i)),
      meaning: fieldMeaning("", "draw")!,
    },
  ];
  const [chainCells, drawCells] = ["chain", "draw"].map(name => address.find(column => column.name === name)!.cells);
  const [first] = parameters.values();
  const columns = Object.entries(first).flatMap(([array, { shape }]) =>
    placesOf(shape.slice(1)).map(
      (place, entry): DescribedColumn => ({
        name: place.length === 0 ? array : `${array}[${place.join(",")}]`,
        cells: chainCells.map((chain, row) => {
          const data = parameters.get(chain as number)?.[array];
          const length = shape.slice(1).reduce((product, extent) => product * extent, 1);
          return data?.data[(drawCells[row] as number) * length + entry] ?? null;
        }),
        meaning: { meaning: `parameter ${array} of the draw` },
      }),
    ),
  );
  return {
    name: seen || !observed ? `${study}-draws` : `${study}-parameters`,
    columns: [...address, ...columns],
  };
};

/** The indices of the entries of an array, in row-major order. */
const placesOf = (shape: readonly number[]): readonly (readonly number[])[] =>
  shape.reduce<readonly (readonly number[])[]>(
    (places, extent) => places.flatMap(place => Array.from({ length: extent }, (_, i) => [...place, i])),
    [[]],
  );

const VERDICT_MEANINGS = {
  claim: "name of the claim",
  outcome: "of the claim: holds, fails or undecided",
  comparison: "of this comparison: holds, fails or undecided",
  quantity: "what was compared",
  measured: "measured value",
  low: "lower end of its 95 % interval; empty where it has none",
  high: "upper end of that interval",
  members: "independent members that it rests on; empty where it is exact",
  from: "lowest value that is allowed; empty where there is no bound",
  to: "largest value that is allowed; empty where there is no bound",
  prediction: "how the prediction is known: formula, solved, published, simulated, recomputed or bound",
  reason: "what decided the claim",
  where: "where the claim stands in the source",
  statement: "the claim in words",
} as const;

const verdictTable = (verdicts: readonly Verdict[], claims: readonly Claim[]): Table => {
  const rows = verdicts.flatMap(({ claim: id, outcome, reason, comparisons }) => {
    const claim = claims.find(other => other.id === id);
    const common = { claim: id, outcome, reason, where: claim?.where ?? null, statement: claim?.statement ?? null };
    if (comparisons.length === 0) return [common];
    return comparisons.map(comparison => {
      const { quantity, measured, interval, members, kind } = comparison;
      const { low: from, high: to } = allowedRange(comparison);
      return {
        ...common,
        ...{ quantity, measured, members, from, to },
        comparison: judgeComparison(comparison),
        low: interval?.[0],
        high: interval?.[1],
        prediction: kind ?? claim?.routes.kind,
      };
    });
  });
  const columns = Object.entries(VERDICT_MEANINGS).map(([name, meaning]) => ({
    name,
    cells: rows.map(row => (row as { readonly [name: string]: Cell | undefined })[name] ?? null),
    meaning: { meaning },
  }));
  return { name: "verdicts", columns };
};
