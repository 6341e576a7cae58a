import { LandauError } from "../errors.ts";
import { columnReader } from "../formats/columns.ts";
import { checkNumbers, numbersOf } from "./cells.ts";
import { type Chain, chainsOf } from "./chains-in-rows.ts";
import { isChainName, isDrawName, isPandasIndex, mayBeIndex, namesBoth, namingOf } from "./column-names.ts";
import type { DrawOptions, DrawTable, Quantity } from "./draws.ts";
import { refuseOtherTables } from "./other-tables.ts";
import { isOfSampler, splitSampler } from "./sampler-columns.ts";
import { type NamedTable, type Section, sectionsOf } from "./sections.ts";

/** Only Stan and what follows its names have it, and never for each chain a column. */
const LOG_DENSITY = "lp__";

export interface DrawFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Draws from delimited text: one file with a column for each quantity and a column `chain` (and perhaps `draw`), or with a column for each chain of
 * one quantity; or several files, one for each chain, with a column for each quantity, as Stan writes them. Stan's comments, warm-up and sampler columns are understood.
 *
 * Throws a LandauError of kind "input" that names the file, the line and the column, the value and what was expected, or the hints that contradict each other.
 */
export const readDrawsCsv = (files: readonly DrawFile[], options?: DrawOptions): DrawTable =>
  drawsOf(
    files.map(({ name, bytes }) => {
      const reader = columnReader(name);
      reader.push(bytes);
      return { name, table: reader.end() };
    }),
    options,
  );

/** The same from tables that were read already. */
export const drawsOf = (files: readonly NamedTable[], options: DrawOptions = {}): DrawTable => {
  const { sections, notes, maxDepth } = sectionsOf(files);
  const layout = layoutOf(sections, options);
  const split = splitSampler(layout.quantities, { ...options, limit: maxDepth });
  if (split.quantities.length === 0) throw bad(files[0].name, "no column with a quantity, besides chain and draw");
  return {
    chains: layout.chains,
    draws: layout.draws,
    quantities: split.quantities,
    ...(split.sampler && { sampler: split.sampler }),
    notes: [...notes, ...layout.notes, ...split.notes],
  };
};

interface Layout {
  readonly chains: number;
  readonly draws: number;
  readonly quantities: readonly Quantity[];
  readonly notes: readonly string[];
}

const layoutOf = (sections: readonly Section[], options: DrawOptions): Layout => {
  const [first] = sections;
  const { file, names } = first;
  if (first.headed) refuseOtherTables(file, names);
  const columns = columnsOf(first, options);
  if (columns.quantities.length === 0) throw bad(file, "no column with a quantity, besides chain and draw");
  checkColumns(sections, columns, options);
  if (sections.every(({ rows }) => rows.length === 0))
    throw bad(
      file,
      sections.some(({ stan }) => stan !== undefined && stan.warmUp > 0)
        ? "all of its rows are warm-up: the run ended, or still is, before its first draw"
        : "no draws: needs rows below the header",
    );

  const { chains, notes } = chainsOf(sections, columns);
  const naming = first.headed ? namingOf(columns.quantities) : columns.quantities.length > 1 ? "unclear" : "quantities";
  if (naming === "chains" && chains.length > 1)
    throw bad(
      file,
      `columns ${shown(columns.quantities)} are named as chains, but ${sections.length > 1 ? "there are several files, each of which would be one" : "the rows hold several chains too"}: give one quantity at a time, or name the columns by their quantities`,
    );
  checkLengths(chains, sections.length > 1);
  if (namesBoth(columns.quantities))
    throw bad(
      file,
      `columns ${shown(columns.quantities)} are named by chain and quantity: needs a column for each quantity and a column chain`,
    );
  for (const name of columns.quantities) for (const { section, rows } of chains) checkNumbers(section, name, rows);
  const unmarked =
    chains.length === 1 &&
    columns.chain.length === 0 &&
    !first.stan &&
    !names.some(name => name === LOG_DENSITY || isOfSampler(name));
  if (unmarked && naming !== "quantities") {
    const [chain] = chains;
    const series = columns.quantities.map(name => numbersOf(first, name, chain.rows));
    if (naming === "unclear") checkOneQuantity(first, columns.quantities, series);
    const quantity = { name: file.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, ""), chains: series };
    return {
      chains: series.length,
      draws: chain.rows.length,
      quantities: [quantity],
      notes: [
        ...columns.notes,
        ...notes,
        `there is no column "chain": every column is taken for a chain of one quantity`,
      ],
    };
  }
  return {
    chains: chains.length,
    draws: chains[0].rows.length,
    quantities: columns.quantities.map(name => ({
      name,
      get chains() {
        return chains.map(({ section, rows }) => numbersOf(section, name, rows));
      },
    })),
    notes: [
      ...columns.notes,
      ...notes,
      ...(unmarked ? [`nothing says chain: the rows are taken for those of one, the columns for quantities`] : []),
    ],
  };
};

export interface Columns {
  readonly chain: readonly string[];
  readonly draw: readonly string[];
  readonly quantities: readonly string[];
}

/** Which columns say where a draw belongs, and which hold quantities; notes on those that are left out. */
const columnsOf = (section: Section, { only }: DrawOptions): Columns & { readonly notes: readonly string[] } => {
  const { names, headed, table, file, rows } = section;
  const notes: string[] = [];
  const chain = names.filter(name => headed && isChainName(name) && !only?.includes(name));
  const draw = names.filter(name => headed && isDrawName(name) && !only?.includes(name));
  const rest = names.filter((name, column) => {
    if (chain.includes(name) || draw.includes(name)) return false;
    if (only?.includes(name)) return true;
    if (!(headed ? mayBeIndex(name, column) : column === 0 && names.length > 1)) return true;
    const counting = countingOf(section, column);
    if (counting !== "no") {
      const shownName = name === "" ? `column ${column + 1}, which has no name,` : `column ${name}`;
      if (counting === "again" && chain.length + draw.length === 0) draw.push(name);
      else notes.push(`${shownName} counts the rows and is left out`);
      return false;
    }
    if (isPandasIndex(name)) {
      notes.push(`column ${name}, an index of pandas, is left out`);
      return false;
    }
    if (name === "") throw bad(file, `column ${column + 1} has no name and does not count the rows: name it`);
    return true;
  });
  const wordsOf = (name: string) => table.words(names.indexOf(name));
  if (only) {
    const quantities = rest.filter(name => only.includes(name) || (isOfSampler(name) && wordsOf(name).size === 0));
    // None of them is there: all are shown, so that the nearest name can be.
    return { chain, draw, quantities: quantities.some(name => only.includes(name)) ? quantities : rest, notes };
  }
  // A column of words is no quantity, unless there is no other.
  const kept = rest.filter(name => wordsOf(name).size < table.rows || table.rows === 0);
  if (kept.length === 0) return { chain, draw, quantities: rest, notes };
  const dropped = rest.filter(name => !kept.includes(name));
  if (dropped.length > 0)
    notes.push(
      `${dropped.join(", ")}: ${dropped.length > 1 ? "hold" : "holds"} no numbers and ${dropped.length > 1 ? "are" : "is"} left out`,
    );
  for (const name of kept) {
    const blanks = [...wordsOf(name)].flatMap(([row, word]) => (word === "" && row >= (rows[0] ?? 0) ? [row] : []));
    if (blanks.length > 0)
      notes.push(
        `column ${name}: ${blanks.length === 1 ? "a draw is missing" : `${blanks.length} draws are missing, the first`} on line ${table.lineOf(blanks[0])}, where the cell is blank`,
      );
  }
  return { chain, draw, quantities: kept, notes };
};

/** Whether a column counts the rows, by ones from anywhere or by row names; "again" when it begins anew, as tables do that were put one below the other. */
const countingOf = ({ table, rows }: Section, column: number): "rows" | "again" | "no" => {
  if (rows.length === 0) return "rows";
  if (table.words(column).size === table.rows) return "rows";
  const first = table.value(rows[0], column);
  let again = false;
  for (let i = 0; i < rows.length; i++) {
    const value = table.value(rows[i], column);
    if (!Number.isInteger(value)) return "no";
    if (i > 0 && value !== table.value(rows[i - 1], column) + 1) {
      if (value !== first) return "no";
      again = true;
    }
  }
  return again ? (rows.length > 1 && table.value(rows[1], column) === first ? "no" : "again") : "rows";
};

/** Every section needs the columns of the first, in any order. */
const checkColumns = ([first, ...others]: readonly Section[], columns: Columns, { only }: DrawOptions): void => {
  const needed = [...columns.chain, ...columns.draw, ...columns.quantities];
  for (const { file, names } of others)
    if (needed.some(name => !names.includes(name)) || (!only && names.length !== first.names.length))
      throw bad(
        file,
        `its columns differ from those of ${first.file}: needs the same quantities in every chain's file`,
      );
};

const checkLengths = (chains: readonly Chain[], severalFiles: boolean): void => {
  const [first] = chains;
  for (const { section, rows, label } of chains) {
    if (rows.length === first.rows.length) continue;
    throw severalFiles && label === ""
      ? bad(
          section.file,
          `${rows.length} draws: needs ${first.rows.length}, as ${first.section.file} has; cut the longer one`,
        )
      : bad(
          section.file,
          `chain ${label} has ${rows.length} draws, chain ${first.label} ${first.rows.length}: needs as many in each; cut the longer one`,
        );
  }
};

/** Columns without a name of their own are chains of one quantity only where they look like it. */
const checkOneQuantity = (
  { file, headed }: Section,
  names: readonly string[],
  series: readonly Float64Array[],
): void => {
  const ranges = series.map(values => {
    const finite = values.filter(Number.isFinite);
    let [low, high] = [Infinity, -Infinity];
    for (const value of finite) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return { low, high, whole: finite.every(Number.isInteger), some: finite.length > 0 };
  });
  const apart = ranges.some(a =>
    ranges.some(b => a.some && b.some && (a.low > b.high || a.high - a.low > 10 * (b.high - b.low))),
  );
  const mixed = ranges.some(({ whole }) => whole) && !ranges.every(({ whole }) => whole);
  if (apart || mixed)
    throw bad(
      file,
      `its columns ${headed ? shown(names) : "have no names and"} may be chains or quantities, and their ranges are too different for chains: ` +
        "name them chain1, chain2, ... or by their quantities, with a column chain",
    );
};

const shown = (names: readonly string[]): string =>
  names.length > 6 ? `${names.slice(0, 5).join(", ")}, ...` : names.join(", ");

const bad = (file: string, why: string): LandauError => new LandauError("input", `${file}: ${why}`);
