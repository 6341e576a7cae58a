import { type Controls, type NumberField, number, type ValuesOf } from "../contracts/field.ts";
import type { Learner } from "../contracts/learner.ts";
import type { Address } from "../contracts/protocol.ts";
import { isLandauError, LandauError } from "../errors.ts";
import { descendWhole } from "./descend-whole.ts";

const DEFAULT_STEP = 0.05;

/** The control that gradient descent adds; none for a learner that moves by a rule of its own. */
export const stepSizeControl = ({
  move,
  stepSize = DEFAULT_STEP,
}: Pick<Learner, "move" | "stepSize">): StepSizeControl => {
  if (move) return {};
  return {
    stepSize: number("step size of gradient descent", {
      default: stepSize,
      min: 1e-9,
      max: 100,
      scale: "log",
      formerly: ["rate"],
    }),
  };
};

/** Typed as a control that is there, so that studies can set it: for learners with a rule of their own the check of settings refuses it. */
export type StepSizeControl = { readonly stepSize?: NumberField & { readonly default: number } };

/** How a learner moves: by its own rule, or by gradient descent on its objective. Moves `w` in place and returns the loss where it ends. */
export const moveRuleOf = <Declared extends Controls>(
  learner: Learner<Declared>,
): ((
  settings: ValuesOf<Declared> & { readonly stepSize?: number },
  address: Address,
  w: Float64Array,
  steps: number,
  stage: number,
) => number) =>
  learner.move ??
  ((settings, address, w, steps) => {
    const { stepSize = learner.stepSize ?? DEFAULT_STEP } = settings;
    const objective = learner.objective(settings, address);
    try {
      descendWhole(objective, w, stepSize, steps);
    } catch (cause) {
      if (!isLandauError(cause, "diverged")) throw cause;
      const control = (settings as { readonly control?: string }).control;
      const where =
        control === undefined ? "" : ` at ${control} = ${(settings as { [name: string]: unknown })[control]}`;
      throw new LandauError(
        "diverged",
        `descent leaves the finite numbers${where} with stepSize ${stepSize}: needs a smaller one`,
        { cause },
      );
    }
    return objective.loss(w);
  });
