import type { Objective } from "../../../contracts/objective.ts";
import { descend } from "../../../learning/descend.ts";
import { fullBatch } from "../../../learning/gradients.ts";
import { heavyBall } from "../../../learning/heavy-ball.ts";

export interface DescentSettings {
  readonly rate: number;
  readonly momentum: number;
  readonly steps: number;
}

/** Runs the heavy ball on the whole loss for a number of steps; moves `w` in place. */
export const descendHeavyBall = (
  objective: Objective,
  w: Float64Array,
  { rate, momentum, steps }: DescentSettings,
): void =>
  descend({
    gradients: fullBatch(objective),
    optimiser: heavyBall({ rate, momentum }),
    w,
    checkpoints: [steps],
    visit: () => {},
  });
