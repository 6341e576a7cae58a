import { type Controls, type NumberField, number, type ValuesOf } from "../contracts/field.ts";
import type { Learner } from "../contracts/learner.ts";
import type { Address } from "../contracts/protocol.ts";
import { isLandauError, LandauError } from "../errors.ts";
import { descendFor } from "../learning/descend.ts";
import { gradientDescent } from "../learning/gradient-descent.ts";

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
export const moveRuleOf =
  <Declared extends Controls>(
    learner: Learner<Declared>,
  ): ((settings: MoveSettings<Declared>, address: Address, w: Float64Array, steps: number, stage: number) => number) =>
  (settings, address, w, steps, stage) =>
    moveAt(learner, settings, address)(w, steps, stage);

type MoveSettings<Declared extends Controls> = ValuesOf<Declared> & { readonly stepSize?: number };

/** The same rule at settings that stay, for many moves: the objective is made once. */
export const moveAt = <Declared extends Controls>(
  learner: Learner<Declared>,
  settings: MoveSettings<Declared>,
  address: Address,
): ((w: Float64Array, steps: number, stage: number) => number) => {
  const { move } = learner;
  if (move) return (w, steps, stage) => move(settings, address, w, steps, stage);
  const { stepSize = learner.stepSize ?? DEFAULT_STEP } = settings;
  const objective = learner.objective(settings, address);
  const optimiser = gradientDescent({ stepSize });
  const gradient = new Float64Array(objective.size);
  return (w, steps) => {
    try {
      descendFor(objective, optimiser, w, steps, gradient);
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
  };
};
