import { LandauError } from "../errors.ts";
import { type CsvRow, type CsvTable, readCsv } from "../formats/csv.ts";
import { numberIn } from "../formats/number-cell.ts";
import type { DrawTable, Quantity } from "./draws.ts";

/** Columns that say where a draw belongs: our names, those of the R package posterior, and ArviZ's. */
const CHAIN = ["chain", ".chain"];
const DRAW = ["draw", ".draw", "iteration", ".iteration"];
/** Only Stan's own output has it, of which a file is one chain. */
const STAN = "lp__";

export interface DrawFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Draws from CSV: one file with a column for each quantity and a column `chain` (and perhaps `draw`), or with a column for each chain of
 * one quantity; or several files, one for each chain, with a column for each quantity, as Stan writes them.
 *
 * Throws a LandauError of kind "input" that names the file, the line and the column, the value and what was expected.
 */
export const readDrawsCsv = (files: readonly DrawFile[]): DrawTable => {
  const tables = files.map(({ name, bytes }) => ({ name, table: readCsv(bytes, name, { comment: "#" }) }));
  const [first] = tables;
  const notes = tables
    .filter(({ table }) => table.torn)
    .map(({ name }) => `the last line of ${name} breaks off and is left out`);
  if (tables.length > 1 || first.table.header.includes(STAN)) return { ...filePerChain(tables), notes };
  const chainColumn = first.table.header.findIndex(name => CHAIN.includes(name.toLowerCase()));
  if (chainColumn >= 0) return { ...chainsInRows(first, chainColumn), notes };
  const quantity: Quantity = {
    name: first.name.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, ""),
    chains: first.table.header.map((_, column) => columnOf(first, column, first.table.rows)),
  };
  return {
    ...checked(first.name, [quantity]),
    notes: [...notes, `there is no column "chain": every column is taken for a chain of one quantity`],
  };
};

interface Named {
  readonly name: string;
  readonly table: CsvTable;
}

const filePerChain = (tables: readonly Named[]): Omit<DrawTable, "notes"> => {
  const [first] = tables;
  const { header } = first.table;
  for (const { name, table } of tables) {
    const differing = table.header.findIndex((column, i) => column !== header[i]);
    if (differing >= 0 || table.header.length !== header.length)
      throw new LandauError(
        "input",
        `${name}: its columns differ from those of ${first.name}: needs the same quantities in every chain's file`,
      );
    if (table.rows.length !== first.table.rows.length)
      throw new LandauError(
        "input",
        `${name}: ${table.rows.length} draws: needs ${first.table.rows.length}, as ${first.name} has; cut the longer one`,
      );
  }
  const quantities = header
    .map((name, column) => ({ name, column }))
    .filter(({ name }) => ![...CHAIN, ...DRAW].includes(name.toLowerCase()))
    .map(({ name, column }) => ({ name, chains: tables.map(each => columnOf(each, column, each.table.rows)) }));
  return checked(first.name, quantities);
};

const chainsInRows = (file: Named, chainColumn: number): Omit<DrawTable, "notes"> => {
  const { header, rows } = file.table;
  const drawColumn = header.findIndex(name => DRAW.includes(name.toLowerCase()));
  const members = new Map<string, CsvRow[]>();
  for (const row of rows) {
    const chain = row.cells[chainColumn];
    if (chain === "") throw refuse(file.name, row, header[chainColumn], chain, "the name or number of a chain");
    const member = members.get(chain);
    if (member) member.push(row);
    else members.set(chain, [row]);
  }
  if (drawColumn >= 0) for (const member of members.values()) checkOrder(file, drawColumn, member);
  const [[firstName, { length }] = ["", []]] = members;
  for (const [name, member] of members)
    if (member.length !== length)
      throw new LandauError(
        "input",
        `${file.name}: chain ${name} has ${member.length} draws, chain ${firstName} ${length}: needs as many in each; cut the longer one`,
      );
  const skipped = [...CHAIN, ...DRAW];
  const quantities = header
    .map((name, column) => ({ name, column }))
    .filter(({ name }) => !skipped.includes(name.toLowerCase()))
    .map(({ name, column }) => ({ name, chains: [...members.values()].map(member => columnOf(file, column, member)) }));
  return checked(file.name, quantities);
};

/** Diagnostics of draws in another order would say nothing. */
const checkOrder = (file: Named, column: number, rows: readonly CsvRow[]): void => {
  const numbers = columnOf(file, column, rows);
  for (let i = 1; i < rows.length; i++)
    if (!(numbers[i] > numbers[i - 1]))
      throw refuse(
        file.name,
        rows[i],
        file.table.header[column],
        rows[i].cells[column],
        `a number above ${rows[i - 1].cells[column]}, that of the draw before: draws in their order, each once`,
      );
};

const columnOf = ({ name, table }: Named, column: number, rows: readonly CsvRow[]): Float64Array =>
  Float64Array.from(rows, row => {
    const value = numberIn(row.cells[column]);
    if (value === undefined)
      throw refuse(name, row, table.header[column], row.cells[column], "a number, NaN or Infinity");
    return value;
  });

const refuse = (file: string, { line }: CsvRow, column: string, cell: string, needs: string): LandauError => {
  const shown = cell.length > 40 ? `${cell.slice(0, 37)}...` : cell;
  return new LandauError(
    "input",
    `${file}:${line}: column ${JSON.stringify(column)} is ${JSON.stringify(shown)}: needs ${needs}`,
  );
};

const checked = (file: string, quantities: readonly Quantity[]): Omit<DrawTable, "notes"> => {
  if (quantities.length === 0)
    throw new LandauError("input", `${file}: no column with a quantity, besides chain and draw`);
  const [{ chains }] = quantities;
  if (chains.length === 0 || chains[0].length === 0)
    throw new LandauError("input", `${file}: no draws: needs rows below the header`);
  return { chains: chains.length, draws: chains[0].length, quantities };
};
