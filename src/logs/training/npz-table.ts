import { LandauError } from "../../errors.ts";
import { viewNpz } from "../../formats/npz.ts";
import { stepRank, timeRank } from "./column-roles.ts";
import { type LogTable, logTable } from "./log-table.ts";

/** Series of one array with two axes. */
const MOST_SERIES = 1000;

/**
 * Arrays of an npz file as columns: those with one axis, and those with two of which one is as long as the steps, as `name[0]`, `name[1]`, ... Arrays of another
 * length are noted.
 */
export const readNpzTable = (bytes: Uint8Array, fileName: string, notes: string[]): LogTable => {
  const members = viewNpz(bytes, fileName);
  const views = members.flatMap(member => {
    if ("view" in member) return [member];
    notes.push(`${member.error.message}: not used`);
    return [];
  });
  const steps = views.filter(({ name, view }) => stepRank(name) >= 0 && view.shape.length === 1);
  const flat = views.filter(({ name, view }) => view.shape.length === 1 && stepRank(name) < 0 && timeRank(name) < 0);
  const lengths = (steps.length > 0 ? steps : flat.length > 0 ? flat : views).map(({ view }) =>
    Math.max(0, ...view.shape),
  );
  const rows = Math.max(0, ...lengths);
  if (rows === 0) throw new LandauError("input", `${fileName}: no array with entries: needs one for each quantity`);
  const table = logTable();
  const unused: string[] = [];
  for (const { name, view } of views) {
    const { shape, strides } = view;
    // Steps along the last axis where both would do.
    const along = shape.length === 1 && shape[0] === rows ? 0 : shape.length === 2 ? shape.lastIndexOf(rows) : -1;
    const count = along < 0 ? 0 : shape.length === 1 ? 1 : shape[1 - along];
    if (count === 0 || count > MOST_SERIES) {
      unused.push(`${name} (${shape.join(" x ") || "a number"})`);
      continue;
    }
    for (let each = 0; each < count; each++) {
      const column = table.column(shape.length === 1 ? name : `${name}[${each}]`);
      for (let row = 0; row < rows; row++) {
        table.seek(row);
        table.number(column, view.at(row * strides[along] + (shape.length === 1 ? 0 : each * strides[1 - along])));
      }
    }
  }
  if (unused.length > 0) notes.push(`${fileName}: ${unused.join(", ")}: not of ${rows} steps, not used`);
  table.seek(rows);
  return table;
};
