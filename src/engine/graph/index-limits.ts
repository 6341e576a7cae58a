import { LandauError } from "../../errors.ts";
import { type Goal, rootsOf } from "../lower/plan.ts";
import { type Node, nodesFor } from "./node.ts";

/**
 * How many rows the smallest table has that each input of indices points into, classes to tell apart being a table too. Constants are
 * checked at once: a LandauError of kind "input" names the first index that leaves its table.
 */
export const indexLimits = (goal: Goal): ReadonlyMap<string, number> => {
  const limits = new Map<string, number>();
  for (const node of nodesFor(rootsOf(goal))) {
    const table = tableOf(node);
    if (!table) continue;
    const { rows } = table;
    const source = sourceOf(table.indices);
    if (source.op === "input") {
      const { name } = source.attributes;
      limits.set(name, Math.min(rows, limits.get(name) ?? rows));
    } else if (source.op === "constant") checkConstant(source.attributes.values, rows, node);
  }
  return limits;
};

/** The index array of a node that looks rows up, and their number. */
const tableOf = (node: Node): { readonly indices: Node; readonly rows: number } | undefined => {
  if (node.op === "gather") return { indices: node.inputs[1], rows: node.inputs[0].shape[0] };
  if (node.op === "scatterAdd") return { indices: node.inputs[1], rows: node.attributes.rows };
  const { below } = node.op === "convert" ? node.attributes : {};
  return below === undefined ? undefined : { indices: node.inputs[0], rows: below };
};

/** The leaf that holds the values of an index array. */
const sourceOf = (node: Node): Node => (node.inputs.length === 0 ? node : sourceOf(node.inputs[0]));

const checkConstant = (values: ArrayLike<number>, rows: number, node: Node): void => {
  for (let i = 0; i < values.length; i++)
    if (!(Number.isInteger(values[i]) && values[i] >= 0 && values[i] < rows))
      throw new LandauError(
        "input",
        `${node.op}${node.origin.text() === "" ? "" : ` at ${node.origin.text()}`}: index ${i} is ${values[i]}, ${node.op === "convert" ? `there are ${rows} classes` : `the table has ${rows} rows`}`,
      );
};
