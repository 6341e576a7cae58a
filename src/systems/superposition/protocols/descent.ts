import type { Objective } from "../../../contracts/objective.ts";
import { fullBatch } from "../../../learning/gradients.ts";
import { heavyBall } from "../../../learning/heavy-ball.ts";
import { train } from "../../../learning/train.ts";

export interface DescentSettings {
  readonly rate: number;
  readonly momentum: number;
  readonly steps: number;
}

/** Runs the heavy ball on the whole loss for a number of steps; moves `w` in place. */
export const descend = (objective: Objective, w: Float64Array, { rate, momentum, steps }: DescentSettings): void =>
  train({
    gradients: fullBatch(objective),
    optimiser: heavyBall({ rate, momentum }),
    w,
    checkpoints: [steps],
    visit: () => {},
  });
