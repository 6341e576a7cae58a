import { LandauError } from "../../errors.ts";
import { type Goal, rootsOf } from "../lower/plan.ts";
import { type Node, nodesFor } from "./node.ts";

/**
 * How many rows the smallest table has that each input of indices points into. Constants are checked at once: a LandauError of kind
 * "input" names the first index that leaves its table.
 */
export const indexLimits = (goal: Goal): ReadonlyMap<string, number> => {
  const limits = new Map<string, number>();
  for (const node of nodesFor(rootsOf(goal))) {
    if (node.op !== "gather" && node.op !== "scatterAdd") continue;
    const rows = node.op === "gather" ? node.inputs[0].shape[0] : node.attributes.rows;
    const source = sourceOf(node.inputs[1]);
    if (source.op === "input") {
      const { name } = source.attributes;
      limits.set(name, Math.min(rows, limits.get(name) ?? rows));
    } else if (source.op === "constant") checkConstant(source.attributes.values, rows, node);
  }
  return limits;
};

/** The leaf that holds the values of an index array. */
const sourceOf = (node: Node): Node => (node.inputs.length === 0 ? node : sourceOf(node.inputs[0]));

const checkConstant = (values: ArrayLike<number>, rows: number, node: Node): void => {
  for (let i = 0; i < values.length; i++)
    if (!(Number.isInteger(values[i]) && values[i] >= 0 && values[i] < rows))
      throw new LandauError(
        "input",
        `${node.op}${node.origin.text() === "" ? "" : ` at ${node.origin.text()}`}: index ${i} is ${values[i]}, the table has ${rows} rows`,
      );
};
