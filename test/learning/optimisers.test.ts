import { describe, expect, test } from "vitest";
import type { Objective } from "../../src/contracts/objective.ts";
import { adam } from "../../src/learning/adam.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { fullBatch } from "../../src/learning/gradients.ts";
import { heavyBall } from "../../src/learning/heavy-ball.ts";
import { optimisers } from "../../src/learning/optimisers.ts";
import { train } from "../../src/learning/train.ts";

/** L = 1/2 sum a_i w_i^2. */
const quadratic = (curvatures: number[]): Objective => ({
  parameters: [{ name: "w", shape: [curvatures.length], offset: 0 }],
  size: curvatures.length,
  loss: w => curvatures.reduce((sum, a, i) => sum + 0.5 * a * w[i] * w[i], 0),
  lossAndGradient(w, gradient) {
    for (let i = 0; i < w.length; i++) gradient[i] = curvatures[i] * w[i];
    return this.loss(w);
  },
});

const settings = { rate: 0.05, momentum: 0.9, weightDecay: 0.01 };

describe.each(Object.entries(optimisers))("%s", (_name, make) => {
  const run = (
    w: Float64Array,
    from: number | undefined,
    to: number,
    state?: ReturnType<ReturnType<typeof make>["init"]>,
  ) => {
    const optimiser = make(settings);
    let last = state;
    train({
      gradients: fullBatch(quadratic([1, 3])),
      optimiser,
      w,
      state,
      from,
      checkpoints: [to],
      visit: checkpoint => {
        last = checkpoint.state;
      },
    });
    return last!;
  };

  test("reaches the minimum of a quadratic", () => {
    const w = Float64Array.of(1, -2);
    run(w, undefined, 5000);
    expect(Math.abs(w[0])).toBeLessThan(1e-3);
    expect(Math.abs(w[1])).toBeLessThan(1e-3);
  });

  test("a state copied through JSON continues with the same bits", () => {
    const whole = Float64Array.of(1, -2);
    run(whole, undefined, 40);
    const halves = Float64Array.of(1, -2);
    const state = run(halves, undefined, 17);
    const copied = Object.fromEntries(
      Object.entries(
        JSON.parse(
          JSON.stringify(state, (_key, value) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value)),
        ),
      ).map(([name, value]) => [name, Array.isArray(value) ? Float64Array.from(value) : value]),
    ) as typeof state;
    run(halves, 17, 40, copied);
    expect([...halves]).toEqual([...whole]);
  });
});

test("gradient descent multiplies each mode by 1 - rate a", () => {
  const w = Float64Array.of(1, 1);
  const optimiser = gradientDescent({ rate: 0.25 });
  train({ gradients: fullBatch(quadratic([1, 2])), optimiser, w, checkpoints: [3], visit: () => {} });
  expect([...w]).toEqual([0.75 ** 3, 0.5 ** 3]);
});

test("heavy ball follows its two-term recurrence w' = w - rate g + momentum (w - w_before)", () => {
  const [rate, momentum, a] = [0.1, 0.9, 2];
  const w = Float64Array.of(1);
  const optimiser = heavyBall({ rate, momentum });
  const seen: number[] = [];
  train({
    gradients: fullBatch(quadratic([a])),
    optimiser,
    w,
    checkpoints: [0, 1, 2, 3, 4, 5],
    visit: ({ w: at }) => seen.push(at[0]),
  });
  let [before, now] = [1, 1];
  for (const value of seen) {
    expect(Math.abs(value - now)).toBeLessThan(4 * Number.EPSILON);
    [before, now] = [now, now - rate * a * now + momentum * (now - before)];
  }
});

test("the first step of Adam is rate x sign of the gradient, and AdamW shrinks the weights first", () => {
  const gradient = Float64Array.of(3, -0.2);
  const plain = adam({ rate: 0.01, epsilon: 1e-300 });
  const w = Float64Array.of(1, 1);
  plain.step(w, gradient, plain.init(2));
  expect(w[0]).toBeCloseTo(0.99, 14);
  expect(w[1]).toBeCloseTo(1.01, 14);
  const decayed = adam({ rate: 0.01, epsilon: 1e-300, weightDecay: 0.5 });
  const v = Float64Array.of(1, 1);
  decayed.step(v, gradient, decayed.init(2));
  expect(v[0]).toBeCloseTo(0.995 - 0.01, 14);
});

test.each([
  ["rate", () => gradientDescent({ rate: 0 })],
  ["rate", () => heavyBall({ rate: Number.NaN, momentum: 0 })],
  ["momentum", () => heavyBall({ rate: 1, momentum: 1 })],
  ["beta1", () => adam({ rate: 1, beta1: 1 })],
  ["beta2", () => adam({ rate: 1, beta2: -1 })],
  ["epsilon", () => adam({ rate: 1, epsilon: 0 })],
  ["weightDecay", () => adam({ rate: 1, weightDecay: -1 })],
])("a bad %s is refused by name", (name, make) => {
  expect(make).toThrow(new RegExp(`^${name} is `));
});
