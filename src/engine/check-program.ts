import { invalid, LandauError } from "../errors.ts";
import { nodesFor } from "./graph/node.ts";
import { sameShape, shapeText } from "./graph/shape.ts";
import { type Goal, rootsOf } from "./lower/plan.ts";
import { precisions } from "./wasm/precision.ts";

/** Throws a LandauError of kind "input" unless there is such a precision, and at least one chain and one step. */
export const checkOptions = (options: {
  readonly precision: string;
  readonly chains: number;
  readonly stepsPerCall: number;
}): void => {
  const { precision, chains, stepsPerCall } = options;
  if (!(precision in precisions)) throw invalid("precision", precision, Object.keys(precisions).join(" or "));
  for (const [name, value] of Object.entries({ chains, stepsPerCall }))
    if (!(Number.isInteger(value) && value >= 1)) throw invalid(name, value, "a positive integer");
};

/** Throws a LandauError of kind "input" unless arrays go by different names, outputs are real, and updates fit their parameters. */
export const checkGoal = (goal: Goal): void => {
  const names = new Set<string>();
  const claim = (name: string, what: string) => {
    if (names.has(name))
      throw invalid(`the name of ${what}`, name, "to be new: parameters, inputs and outputs share one list of names");
    names.add(name);
  };
  for (const node of nodesFor(rootsOf(goal)))
    if (node.op === "parameter" || node.op === "input")
      claim(node.attributes.name, node.op === "input" ? "an input" : "a parameter");
  for (const [name, { node }] of Object.entries(goal.outputs)) {
    claim(name, "an output");
    if (node.element === "index")
      throw new LandauError("input", `output ${name} is an index array: needs real numbers; convert makes them`);
  }
  const updated = new Set<string>();
  for (const { parameter, node } of goal.updates) {
    const { name } = parameter.attributes;
    if (updated.has(name))
      throw new LandauError("input", `parameter ${name} is updated twice: needs one new value a step`);
    updated.add(name);
    if (!sameShape(parameter.shape, node.shape))
      throw new LandauError(
        "input",
        `the new value of ${name} has shape ${shapeText(node.shape)}: needs ${shapeText(parameter.shape)}`,
      );
  }
};
