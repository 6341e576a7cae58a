import type { Objective } from "../contracts/objective.ts";
import { descend } from "../learning/descend.ts";
import { gradientDescent } from "../learning/gradient-descent.ts";
import { fullBatch } from "../learning/gradients.ts";

/** Moves `w` in place by `steps` steps of gradient descent on the whole loss. Throws a LandauError of kind "diverged" as `descend` does. */
export const descendWhole = (objective: Objective, w: Float64Array, stepSize: number, steps: number): void =>
  descend({
    gradients: fullBatch(objective),
    optimiser: gradientDescent({ stepSize }),
    w,
    checkpoints: [steps],
    visit: () => {},
  });
