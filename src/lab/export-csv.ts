import type { Claim, Verdict } from "../contracts/claim.ts";
import { allowedRange, judgeComparison } from "../contracts/claim.ts";
import type { Controls } from "../contracts/field.ts";
import type { NamedArrays, Study } from "../contracts/protocol.ts";
import type { System } from "../contracts/system.ts";
import { csvText } from "../formats/csv-text.ts";
import { numberText } from "../formats/number-text.ts";
import { type FieldMeaning, fieldMeaning } from "./field-meanings.ts";
import { type Cell, type Column, recordColumns } from "./record-columns.ts";
import type { RecordTable } from "./records.ts";

/** A file that an export writes. */
export interface ExportFile<Content> {
  readonly name: string;
  readonly content: Content;
}

/** What is exported of a run. */
export interface ExportedRun extends Pick<RecordTable, "records" | "kinds"> {
  readonly studies: readonly Pick<Study, "name" | "protocol">[];
  readonly verdicts: readonly Verdict[];
  /** The parameters of the draws of each chain of a study, by array, as far as they were kept: draws along the first axis. */
  parameters?(study: string): ReadonlyMap<number, NamedArrays>;
}

/** What is known of the system that was run; its name alone when it is not there any more. */
export type ExportedSystem = Pick<System, "name"> & Partial<Pick<System, "protocols" | "claims" | "learner">>;

/**
 * The tables of a run as CSV (RFC 4180: a header, fields in quotes where needed, lines ended by CR LF; null is empty): `<study>-<kind>.csv` for each
 * study and kind of record, one row a record or, of a posterior, one row a draw with its parameters; `verdicts.csv`, a row a comparison; and
 * `dictionary.csv`, which says of each column what it means.
 */
export const exportCsv = (run: ExportedRun, system: ExportedSystem): readonly ExportFile<string>[] => {
  const tables = run.studies.flatMap(study => studyTables(run, study, system));
  const judged = run.verdicts.length > 0 ? [verdictTable(run.verdicts, system.claims ?? [])] : [];
  const all = [...tables, ...judged];
  return [...all, dictionary(all)].map(({ name, columns }) => ({ name, content: textOf(columns) }));
};

/** A column with what is said of it. */
interface DescribedColumn extends Pick<Column, "name" | "cells"> {
  readonly meaning: FieldMeaning;
}

interface Table {
  readonly name: string;
  readonly columns: readonly DescribedColumn[];
}

const studyTables = (
  run: ExportedRun,
  { name: study, protocol }: ExportedRun["studies"][number],
  system: ExportedSystem,
) => {
  const controls = system.protocols?.[protocol]?.settings ?? {};
  const meaningOf = (field: string) => meaningOfField(field, system, controls);
  const tables = run.kinds(study).map((kind): Table => {
    const columns = recordColumns(run.records(study, kind));
    const described = columns.map(({ name, field, cells }) => ({ name, cells, meaning: meaningOf(field) }));
    return { name: `${study}-${kind}.csv`, columns: described };
  });
  const parameters = run.parameters?.(study);
  if (!parameters || parameters.size === 0) return tables;
  const draws = drawTable(
    study,
    parameters,
    tables.find(({ name }) => name === `${study}-draws.csv`),
  );
  return draws.name === `${study}-draws.csv`
    ? tables.map(table => (table.name === draws.name ? draws : table))
    : [...tables, draws];
};

const meaningOfField = (field: string, { name, learner }: ExportedSystem, controls: Controls): FieldMeaning => {
  if (field === "order" && learner) return { meaning: `order parameter: ${learner.order.label}` };
  const known = fieldMeaning(name, field);
  if (known) return known;
  const control = Object.hasOwn(controls, field) ? controls[field] : undefined;
  if (!control) return { meaning: "" };
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
    name: seen || !observed ? `${study}-draws.csv` : `${study}-parameters.csv`,
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
  return { name: "verdicts.csv", columns };
};

const dictionary = (tables: readonly Table[]): Table => {
  const rows = tables.flatMap(({ name: file, columns }) =>
    columns.map(({ name, cells, meaning }) => [file, name, typeOf(cells), meaning.unit ?? "", meaning.meaning]),
  );
  const names = ["file", "column", "type", "unit", "meaning"];
  return {
    name: "dictionary.csv",
    columns: names.map((name, i) => ({ name, cells: rows.map(row => row[i]), meaning: { meaning: "" } })),
  };
};

const typeOf = (cells: readonly Cell[]): string => {
  const present = cells.filter(cell => cell !== null);
  if (present.length === 0) return "empty";
  if (present.every(cell => typeof cell === "boolean")) return "true or false";
  if (!present.every(cell => typeof cell === "number")) return "text";
  return present.every(cell => Number.isInteger(cell)) ? "integer" : "number";
};

const textOf = (columns: readonly Pick<Column, "name" | "cells">[]): string =>
  csvText(
    columns.map(({ name }) => name),
    Array.from({ length: columns[0]?.cells.length ?? 0 }, (_, row) => columns.map(({ cells }) => cellText(cells[row]))),
  );

/** An infinite bound is none. */
const cellText = (cell: Cell): string => {
  if (cell === null) return "";
  if (typeof cell !== "number") return String(cell);
  return Number.isFinite(cell) ? numberText(cell) : "";
};
