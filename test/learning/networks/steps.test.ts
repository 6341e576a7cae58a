import { describe, expect, test } from "vitest";
import type { Objective } from "../../../src/contracts/objective.ts";
import { descend } from "../../../src/learning/descend.ts";
import { gradientDescent } from "../../../src/learning/gradient-descent.ts";
import { fullBatch } from "../../../src/learning/gradients.ts";
import { heavyBall } from "../../../src/learning/heavy-ball.ts";
import { linearObjective } from "../../../src/learning/networks/linear.ts";
import { noisyLinearObjective } from "../../../src/learning/networks/noisy-linear.ts";
import type { Optimiser } from "../../../src/learning/optimiser.ts";
import { stream } from "../../../src/numerics/stream.ts";

const moments = {
  A0: [
    [1, 0.3],
    [0.3, 2],
  ],
  n: [0.7, -0.2],
  Ey2: 1,
};
const decays = { gammaU: 0.01, gammaW: [0.02, 0.03], widths: [3, 4] };

describe.each<[string, Objective]>([
  ["linear", linearObjective(moments, decays)],
  ["noisy linear", noisyLinearObjective(moments, { ...decays, sigma2: [0.1, 0.2] })],
])("steps of a %s network, many at once, are those one after the other", (_, objective) => {
  const { steps: __, ...stepByStep } = objective;
  const start = new Float64Array(objective.size);
  stream({ seed: 1, purpose: "start" }).normals(start);

  /** All that a descent leaves at its checkpoints, and how often many steps were asked for. */
  const descent = (of: Objective, optimiser: Optimiser) => {
    const seen: (number | readonly number[])[] = [];
    let [error, calls] = ["", 0];
    const { steps } = of;
    const counted =
      steps &&
      ((...given: Parameters<typeof steps>) => {
        calls++;
        return steps(...given);
      });
    try {
      descend({
        gradients: fullBatch({ ...of, steps: counted }),
        optimiser,
        w: start.slice(),
        checkpoints: [0, 5, 40],
        visit: ({ step, w, state }) => void seen.push(step, [...w], [...((state.velocity ?? []) as Float64Array)]),
      });
    } catch (cause) {
      error = (cause as Error).message;
    }
    return { calls, left: { seen, error } };
  };

  test.each([
    ["gradient descent", gradientDescent({ stepSize: 0.01 })],
    ["gradient descent and a penalty", gradientDescent({ stepSize: 0.01, l2: 0.1 })],
    ["momentum", heavyBall({ stepSize: 0.01, momentum: 0.9 })],
    ["Nesterov's and a penalty", heavyBall({ stepSize: 0.01, momentum: 0.9, nesterov: true, l2: 0.1 })],
  ])("%s", (_, optimiser) => {
    const many = descent(objective, optimiser);
    expect(many.calls).toBe(2);
    expect(many.left).toEqual(descent(stepByStep, optimiser).left);
    expect(many.left.seen.length).toBe(9);
  });

  test("up to the step at which the loss leaves the finite numbers", () => {
    const many = descent(objective, gradientDescent({ stepSize: 5 }));
    expect(many.left).toEqual(descent(stepByStep, gradientDescent({ stepSize: 5 })).left);
    expect(many.left.error).toMatch(/^loss is \S+ at step \d+ of gradient descent/);
  });
});
