import { LandauError } from "../errors.ts";
import { badCell } from "./cells.ts";
import type { Section } from "./sections.ts";

/** Rows of one chain, in their order. */
export interface Chain {
  readonly section: Section;
  readonly rows: Uint32Array;
  /** What the file calls it; empty when it does not. */
  readonly label: string;
}

/** Names of the columns that say where a row belongs. */
export interface RowColumns {
  readonly chain: readonly string[];
  readonly draw: readonly string[];
}

/**
 * Which rows belong to which chain: by the columns for the chain; without one, a column that counts draws begins anew with each chain; without that too, a section
 * is one chain. Throws when they contradict each other.
 */
export const chainsOf = (
  sections: readonly Section[],
  { chain, draw }: RowColumns,
): { chains: readonly Chain[]; notes: readonly string[] } => {
  const notes: string[] = [];
  const chains = sections.flatMap(section =>
    chain.length > 0 ? byColumn(section, chain) : byCounting(section, draw, notes),
  );
  if (chain.length > 0) {
    const owners = new Map<string, Section>();
    for (const { section, label } of chains) {
      const owner = owners.get(label);
      if (owner)
        throw new LandauError(
          "input",
          `${section.file}: ${chain[0]} ${label} stands in ${owner === section || owner.file === section.file ? "two parts of it" : `${owner.file} too`}: if they are different chains, number them apart; if they are parts of one, join them`,
        );
      owners.set(label, section);
    }
    for (const each of chains) for (const name of draw) checkOrder(each, name);
  }
  return { chains, notes: [...new Set(notes)] };
};

const byColumn = (section: Section, names: readonly string[]): Chain[] => {
  const { table, rows } = section;
  const columns = names.map(name => section.names.indexOf(name));
  const words = columns.map(column => table.words(column));
  const labelOf = (row: number, k: number): string => {
    const label = words[k].get(row) ?? String(table.value(row, columns[k]));
    if (label === "" || label === "NaN") throw badCell(section, names[k], row, "the name or number of a chain");
    return label;
  };
  const members = new Map<string, { rows: number[]; others: string }>();
  for (const row of rows) {
    const label = labelOf(row, 0);
    const others =
      names.length > 1
        ? names
            .slice(1)
            .map((_, k) => labelOf(row, k + 1))
            .join(" ")
        : "";
    const member = members.get(label);
    if (!member) members.set(label, { rows: [row], others });
    else if (member.others !== others)
      throw new LandauError(
        "input",
        `${section.file}:${table.lineOf(row)}: ${names[0]} is ${label} here and on line ${table.lineOf(member.rows[0])}, but ${names.slice(1).join(" and ")} ${others} here and ${member.others} there: the columns contradict each other`,
      );
    else member.rows.push(row);
  }
  if (new Set([...members.values()].map(({ others }) => others)).size < members.size && names.length > 1)
    throw new LandauError(
      "input",
      `${section.file}: columns ${names.join(" and ")} contradict each other: needs one of them`,
    );
  return [...members].map(([label, member]) => ({ section, rows: Uint32Array.from(member.rows), label }));
};

const byCounting = (section: Section, names: readonly string[], notes: string[]): Chain[] => {
  const { table, rows } = section;
  let cuts: readonly number[] = [];
  let cutBy = "";
  for (const name of names) {
    const column = section.names.indexOf(name);
    const own: number[] = [];
    for (let i = 1; i < rows.length; i++)
      if (!(table.value(rows[i], column) > table.value(rows[i - 1], column))) {
        if (table.value(rows[i], column) !== table.value(rows[0], column) || i - (own.at(-1) ?? 0) < 2)
          throw badOrder(section, name, rows[i], rows[i - 1]);
        own.push(i);
      }
    if (own.length === 0) continue;
    if (cuts.length > 0 && String(own) !== String(cuts))
      throw new LandauError(
        "input",
        `${section.file}: columns ${cutBy} and ${name} begin anew on different lines, ${table.lineOf(rows[cuts[0]])} and ${table.lineOf(rows[own[0]])}: they contradict each other`,
      );
    cuts = own;
    cutBy = name;
  }
  if (cuts.length === 0) return [{ section, rows, label: "" }];
  notes.push(
    `${section.file}: ${cutBy === "" ? "the column without a name" : `column ${cutBy}`} begins anew ${cuts.length === 1 ? "once" : `${cuts.length} times`}: ${cuts.length + 1} chains, one below the other`,
  );
  return [0, ...cuts].map((from, k) => ({
    section,
    rows: rows.subarray(from, cuts[k] ?? rows.length),
    label: String(k + 1),
  }));
};

/** Diagnostics of draws in another order would say nothing. */
const checkOrder = ({ section, rows }: Chain, name: string): void => {
  const column = section.names.indexOf(name);
  const { table } = section;
  for (let i = 1; i < rows.length; i++)
    if (!(table.value(rows[i], column) > table.value(rows[i - 1], column)))
      throw badOrder(section, name, rows[i], rows[i - 1]);
};

const badOrder = (section: Section, name: string, row: number, before: number): LandauError => {
  const column = section.names.indexOf(name);
  return badCell(
    section,
    name,
    row,
    `a number above ${section.table.value(before, column)}, that of the draw before: draws in their order, each once`,
  );
};
