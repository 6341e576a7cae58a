import type { Node } from "../engine/graph/node.ts";
import { nodesFor } from "../engine/graph/node.ts";
import { interpret } from "../engine/interpret.ts";
import type { Copy } from "../engine/program.ts";
import type { StepProgram } from "./step-program.ts";

/**
 * Says in words which array of a model first holds what is not a finite number, by computing its loss once more in float64 from the
 * program's present parameters. Random arrays are taken as 0: only their size could tell.
 */
export const firstNotFinite = ({ trace, program }: StepProgram, copy: Copy): string => {
  const { chain } = copy;
  const parameters = Object.fromEntries(
    trace.parameters.map(({ attributes: { name } }) => [name, program.read(name, { chain })]),
  );
  for (const [name, values] of Object.entries(parameters)) {
    const entry = values.findIndex(value => !Number.isFinite(value));
    if (entry >= 0) return `parameter ${name} holds ${values[entry]} (entry ${entry})`;
  }
  const nodes = nodesFor([trace.loss]);
  const inputs = Object.fromEntries(
    nodes.flatMap(node =>
      node.op === "input" ? [[node.attributes.name, program.read(node.attributes.name, copy)]] : [],
    ),
  );
  const values = interpret(nodes, { parameters, inputs, random: ({ shape }) => new Float64Array(sizeOf(shape)) });
  const first = nodes.findIndex((_, i) => values[i].some(value => !Number.isFinite(value)));
  if (first >= 0) return `${describe(nodes[first])} is the first array that is not finite`;
  const largest = nodes
    .map((node, i) => ({ node, size: values[i].reduce((most, value) => Math.max(most, Math.abs(value)), 0) }))
    .reduce((most, other) => (other.size > most.size ? other : most));
  return `${describe(largest.node)} reaches ${largest.size.toExponential(1)}, too large for single precision`;
};

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

const describe = (node: Node): string => {
  const name = "name" in node.attributes ? ` ${node.attributes.name}` : "";
  const place = node.origin.text() === "" ? "" : ` at ${node.origin.text()}`;
  return `${node.op}${name}${place}`;
};
