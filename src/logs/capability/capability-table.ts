import { LandauError } from "../../errors.ts";
import type { CapabilityPoint, CapabilityTask, MetricKind } from "../../transitions/emergence/capability.ts";
import type { LogTable } from "../training/log-table.ts";
import { kindOfMetric, plainName, type Role, roles, scaleInWords } from "./column-meanings.ts";
import { type Cells, cellsOfTable } from "./table-cells.ts";

export interface CapabilityOptions {
  /** Columns by their role, where names do not tell. */
  readonly scale?: string | undefined;
  /** Names of the metric that is exact match, and of the one that becomes an accuracy per token. */
  readonly exact?: string | undefined;
  readonly continuous?: string | undefined;
  /** Tokens of a target, where no column says. */
  readonly length?: number | undefined;
  /** Test items, where no column says. */
  readonly items?: number | undefined;
}

export interface CapabilityTable {
  readonly tasks: readonly CapabilityTask[];
  readonly notes: readonly string[];
}

/** A score of a model on a task, over a number of items. */
interface Entry {
  readonly task: string;
  readonly scale: number;
  readonly model: string;
  readonly seed: string;
  readonly length: number;
  readonly metric: string;
  readonly kind: MetricKind;
  readonly score: number;
  /** NaN where nothing says. */
  readonly n: number;
}

/**
 * Tasks of a capability table: a row for each score (columns scale, metric, score), a row for each model with a column for each metric, or a row for each item.
 * Exact match comes as counts (k, n), as a share with its number of items, or item by item. Rows of one scale are taken together; several seeds are replicates.
 *
 * Throws a LandauError of kind "input" that names the file, the row and the column.
 */
export const capabilityTable = (
  table: LogTable,
  fileName: string,
  notes: readonly string[],
  options: CapabilityOptions = {},
): CapabilityTable => {
  const said = [...notes];
  const columns = cellsOfTable(table);
  const entries = entriesOf(columns, table.rows, fileName, said, options);
  const tasks = [...groupBy(entries, ({ task }) => task)].map(([task, own]) =>
    taskOf(task, own, fileName, said, options),
  );
  return { tasks, notes: said };
};

const groupBy = <Each>(values: readonly Each[], of: (value: Each) => string): Map<string, Each[]> => {
  const groups = new Map<string, Each[]>();
  for (const value of values) {
    const key = of(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
};

/** Columns by role, and the others that hold numbers. */
const rolesIn = (columns: readonly Cells[], options: CapabilityOptions, fileName: string) => {
  const names = columns.map(({ name }) => plainName(name));
  const used = new Set<number>();
  const find = (role: Role): Cells | undefined => {
    for (const name of roles[role]) {
      const at = names.indexOf(name);
      if (at >= 0 && !used.has(at)) {
        used.add(at);
        return columns[at];
      }
    }
    return undefined;
  };
  let scale: Cells | undefined;
  if (options.scale !== undefined) {
    const at = columns.findIndex(({ name }) => name === options.scale);
    if (at < 0)
      throw new LandauError("input", `${fileName}: no column ${JSON.stringify(options.scale)}: has ${listed(columns)}`);
    used.add(at);
    scale = columns[at];
  } else scale = find("scale");
  const rest = Object.fromEntries(
    (Object.keys(roles) as Role[]).filter(role => role !== "scale").map(role => [role, find(role)]),
  ) as { [role in Exclude<Role, "scale">]: Cells | undefined };
  return { scale, ...rest, others: columns.filter((_, i) => !used.has(i)) };
};

const listed = (columns: readonly Cells[]): string => columns.map(({ name }) => name).join(", ");

const NEEDS =
  "needs a column scale (or params, flops, step) and scores: metric and score, or a column for each metric (exact_match, token_accuracy, loss, brier, edit_distance), or k and n";

const entriesOf = (
  columns: readonly Cells[],
  rows: number,
  fileName: string,
  notes: string[],
  options: CapabilityOptions,
): readonly Entry[] => {
  const found = rolesIn(columns, options, fileName);
  const { scale, metric, score, items, hits, length, item } = found;
  if (rows === 0) throw new LandauError("input", `${fileName}: no rows: ${NEEDS}`);
  if (!scale) throw new LandauError("input", `${fileName}: no column of scale among ${listed(columns)}: ${NEEDS}`);
  const kindOf = (name: string): { readonly kind: MetricKind; readonly negative: boolean } => {
    if (name === options.exact) return { kind: "exact", negative: false };
    const own = kindOfMetric(name);
    if (name === options.continuous)
      return own.kind === "exact" || own.kind === "other" ? { kind: "token-accuracy", negative: false } : own;
    // Another metric was named: of two exact matches the second is a score of its own.
    return own.kind === "exact" && options.exact !== undefined ? { kind: "other", negative: false } : own;
  };
  const long = metric !== undefined && score !== undefined;
  const wide = long ? [] : found.others.filter(({ name }) => kindOf(name).kind !== "other" || name === options.exact);
  const extra = long ? [] : found.others.filter(column => !wide.includes(column) && isNumeric(column, rows));
  if (!long && score && !hits && wide.length === 0) wide.push({ ...score, name: "exact_match" });
  if (!long && wide.length === 0 && !hits)
    throw new LandauError("input", `${fileName}: no scores among ${listed(columns)}: ${NEEDS}`);
  const unused = found.others.filter(column => !wide.includes(column) && (long || !extra.includes(column)));
  if (unused.length > 0)
    notes.push(`${fileName}: ${unused.length === 1 ? "column" : "columns"} ${listed(unused)} not used`);
  const refuse = (row: number, column: Cells, needs: string): LandauError =>
    new LandauError(
      "input",
      `${fileName}: row ${row + 1}: ${column.name} is ${JSON.stringify(column.text(row))}: needs ${needs}`,
    );
  const entries: Entry[] = [];
  for (let row = 0; row < rows; row++) {
    const N = Number.isNaN(scale.number(row)) ? scaleInWords(scale.text(row)) : scale.number(row);
    if (!(N > 0 && N < Infinity)) throw refuse(row, scale, 'a positive number, or one such as "125M"');
    const count = items?.number(row) ?? Number.NaN;
    const tokens = length?.number(row) ?? Number.NaN;
    const common = {
      task: found.task?.text(row) || "all",
      scale: N,
      model: found.model?.text(row) ?? "",
      seed: found.seed?.text(row) ?? "",
      length: tokens,
    };
    const n = item ? 1 : Number.isNaN(count) ? (options.items ?? Number.NaN) : count;
    if (hits && !Number.isNaN(hits.number(row))) {
      if (Number.isNaN(n))
        throw new LandauError(
          "input",
          `${fileName}: column ${hits.name} without a number of items: needs a column n, or --items`,
        );
      if (!(hits.number(row) >= 0 && hits.number(row) <= n)) throw refuse(row, hits, `a count between 0 and ${n}`);
      entries.push({ ...common, metric: "exact_match", kind: "exact", score: hits.number(row) / n, n });
    }
    const scores = long
      ? [{ name: metric.text(row), column: score }]
      : [...wide, ...extra].map(column => ({ name: column.name, column }));
    for (const { name, column } of scores) {
      const value = column.number(row);
      if (Number.isNaN(value)) {
        if (column.text(row) !== "" && !/^nan$/i.test(column.text(row))) throw refuse(row, column, "a number");
        continue;
      }
      const { kind, negative } = kindOf(name);
      entries.push({ ...common, metric: name, kind, score: negative ? -value : value, n });
    }
  }
  return entries;
};

const isNumeric = (column: Cells, rows: number): boolean => {
  for (let row = 0; row < rows; row++) if (!Number.isNaN(column.number(row))) return true;
  return false;
};

const taskOf = (
  task: string,
  given: readonly Entry[],
  fileName: string,
  notes: string[],
  options: CapabilityOptions,
): CapabilityTask => {
  const entries = inShares(task, given, fileName, notes);
  const lengths = entries.map(({ length }) => length).filter(length => length > 0);
  const length = lengths.length > 0 ? mean(lengths) : options.length;
  const different = new Set(lengths).size;
  if (different > 1)
    notes.push(`task ${task}: targets of ${different} lengths, taken as their mean, ${Number(length!.toPrecision(4))}`);
  const exactEntries = entries.filter(({ kind }) => kind === "exact");
  const named = [...new Set(exactEntries.map(({ metric }) => metric))];
  const exactName = options.exact ?? named[0];
  if (named.length > 1)
    notes.push(
      `task ${task}: exact match is ${exactName}; ${named.filter(name => name !== exactName).join(", ")} not used (--exact)`,
    );
  const metrics = [
    ...groupBy(
      entries.filter(({ kind }) => kind !== "exact"),
      ({ metric }) => metric,
    ),
  ].map(([name, [{ kind }]]) => ({ name, kind }));
  const chosen =
    options.continuous === undefined
      ? metrics
      : metrics.filter(({ name, kind }) => name === options.continuous || kind === "other");
  if (options.continuous !== undefined && !metrics.some(({ name }) => name === options.continuous))
    throw new LandauError(
      "input",
      `${fileName}: task ${task}: no metric ${JSON.stringify(options.continuous)}: has ${metrics.map(({ name }) => name).join(", ") || "none"}`,
    );
  const points = [...groupBy(entries, ({ scale }) => String(scale))]
    .map(([, own]) => pointOf(own, exactName))
    .sort((a, b) => a.scale - b.scale);
  if (exactEntries.length > 0 && points.every(({ n }) => n === undefined))
    notes.push(`task ${task}: ${exactName} without a number of items is not audited: add a column n, or --items`);
  return { task, ...(length !== undefined && { length }), points, metrics: chosen };
};

/** Exact matches and accuracies per token as shares: those of a metric with any above 1 are in per cent. */
const inShares = (task: string, entries: readonly Entry[], fileName: string, notes: string[]): readonly Entry[] =>
  [...groupBy(entries, ({ metric }) => metric)].flatMap(([metric, own]) => {
    if (own[0].kind !== "exact" && own[0].kind !== "token-accuracy") return own;
    const largest = own.reduce((most, { score }) => Math.max(most, score), 0);
    if (largest > 100)
      throw new LandauError("input", `${fileName}: task ${task}: ${metric} is ${largest}: needs a share, or per cent`);
    if (largest <= 1 + 1e-6) return own;
    notes.push(`task ${task}: ${metric} up to ${largest}, taken as per cent`);
    return own.map(entry => ({ ...entry, score: entry.score / 100 }));
  });

const pointOf = (own: readonly Entry[], exactName: string | undefined): CapabilityPoint => {
  const exact = own.filter(({ kind, metric }) => kind === "exact" && metric === exactName);
  const counted = exact.filter(({ n }) => n > 0);
  const n = counted.reduce((sum, entry) => sum + entry.n, 0);
  // A share of n items is a whole number of them, but for its last digits.
  const k = Math.round(counted.reduce((sum, entry) => sum + entry.score * entry.n, 0));
  const scores = Object.fromEntries(
    [
      ...groupBy(
        own.filter(({ kind }) => kind !== "exact"),
        ({ metric }) => metric,
      ),
    ].map(([name, entries]) => [name, weightedMean(entries)]),
  );
  const seeds = groupBy(exact, ({ seed, model }) => JSON.stringify([model, seed]));
  return {
    scale: own[0].scale,
    models: [...new Set(own.map(({ model }) => model).filter(Boolean))],
    ...(n > 0 && { k, n: Math.round(n) }),
    scores,
    replicates: seeds.size > 1 ? [...seeds.values()].map(weightedMean) : [],
  };
};

/** By items where all have them; of items of different lengths, those of a token by tokens. */
const weightedMean = (entries: readonly Entry[]): number => {
  const weight = ({ n, length, kind }: Entry): number =>
    (n > 0 ? n : 1) * (length > 0 && (kind === "token-accuracy" || kind === "token-nll") ? length : 1);
  const whole = entries.reduce((sum, entry) => sum + weight(entry), 0);
  return entries.reduce((sum, entry) => sum + weight(entry) * entry.score, 0) / whole;
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
