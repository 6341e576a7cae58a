import { describe, expect, test } from "vitest";
import { adam } from "../../src/learning/adam.ts";
import { descend } from "../../src/learning/descend.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { fullBatch } from "../../src/learning/gradients.ts";
import { heavyBall } from "../../src/learning/heavy-ball.ts";
import type { Optimiser, OptimiserState, UpdateValues } from "../../src/learning/optimiser.ts";
import { optimisers } from "../../src/learning/optimisers.ts";
import { cosineDecay, warmUp } from "../../src/learning/schedules.ts";
import { stream } from "../../src/numerics/stream.ts";
import { throughJson } from "../support/through-json.ts";
import { numberArithmetic } from "./number-arithmetic.ts";
import { quadratic } from "./quadratic.ts";

const settings = { stepSize: 0.05, momentum: 0.9, weightDecay: 0.01 };
const schedule = warmUp({ steps: 7, stepSize: cosineDecay({ stepSize: 0.05, steps: 30, end: 0.001 }) });
const variants = [
  ["a fixed step size", {}],
  ["a schedule", { stepSize: schedule }],
  ["coupled l2", { l2: 0.03 }],
  ["a schedule and coupled l2", { stepSize: schedule, l2: 0.03 }],
] as const;

describe.each(Object.entries(optimisers))("%s", (_name, make) => {
  const run = (optimiser: Optimiser, w: Float64Array, to: number, from?: number, state?: OptimiserState) => {
    let last = state;
    descend({
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
    run(make(settings), w, 5000);
    expect(Math.abs(w[0])).toBeLessThan(1e-3);
    expect(Math.abs(w[1])).toBeLessThan(1e-3);
  });

  test.each(variants)("with %s a state copied through JSON continues with the same bits", (_title, changed) => {
    const optimiser = make({ ...settings, ...changed });
    const whole = Float64Array.of(1, -2);
    run(optimiser, whole, 40);
    const halves = Float64Array.of(1, -2);
    const state = run(optimiser, halves, 17);
    run(make({ ...settings, ...changed }), halves, 40, 17, throughJson(state));
    expect([...halves]).toEqual([...whole]);
  });

  test.each(variants)("with %s the formula and the loop give the same bits", (_title, changed) => {
    const optimiser = make({ ...settings, ...changed });
    const size = 5;
    const random = stream({ seed: 3, purpose: "gradients" });
    const looped = Float64Array.from({ length: size }, () => random.normal());
    const state = optimiser.init(size);
    const numbers = optimiser.init(0);
    const scalars = new Float64Array(optimiser.scalars.length);
    const entries: UpdateValues<number>[] = Array.from(looped, w => ({
      w,
      gradient: 0,
      ...Object.fromEntries(optimiser.memory.map(name => [name, 0])),
    }));
    const gradient = new Float64Array(size);
    for (let step = 0; step < 50; step++) {
      random.normals(gradient);
      optimiser.step(looped, gradient, state);
      optimiser.advance(numbers, scalars);
      const named = Object.fromEntries(optimiser.scalars.map((name, i) => [name, scalars[i]]));
      for (let i = 0; i < size; i++) {
        entries[i] = {
          ...optimiser.update(numberArithmetic, { ...entries[i], gradient: gradient[i] }, named),
          gradient: 0,
        };
        expect(entries[i].w).toBe(looped[i]);
        for (const name of optimiser.memory) expect(entries[i][name]).toBe((state[name] as Float64Array)[i]);
      }
    }
    for (const [name, value] of Object.entries(numbers)) if (typeof value === "number") expect(state[name]).toBe(value);
  });

  test("memory, scalars and state agree", () => {
    const optimiser = make({ ...settings, stepSize: schedule });
    const state = optimiser.init(3);
    const arrays = Object.entries(state).filter(([, value]) => typeof value !== "number");
    expect(arrays.map(([name]) => name)).toEqual([...optimiser.memory]);
    for (const [, array] of arrays) expect(array).toEqual(new Float64Array(3));
    const out = new Float64Array(optimiser.scalars.length).fill(Number.NaN);
    optimiser.advance(state, out);
    for (const value of out) expect(Number.isFinite(value)).toBe(true);
    expect(out[optimiser.scalars.indexOf("stepSize")]).toBe(schedule.at(0));
    expect(JSON.parse(JSON.stringify(optimiser.settings))).toEqual(optimiser.settings);
  });
});

/** The path of one parameter on L = a w^2 / 2 from 1, beside what the recurrence says. */
const path = (optimiser: Optimiser, a: number, steps: number): number[] => {
  const seen: number[] = [];
  descend({
    gradients: fullBatch(quadratic([a])),
    optimiser,
    w: Float64Array.of(1),
    checkpoints: Array.from({ length: steps + 1 }, (_, i) => i),
    visit: ({ w }) => seen.push(w[0]),
  });
  return seen;
};

const expectClose = (seen: readonly number[], expected: readonly number[]) => {
  expect(seen.length).toBe(expected.length);
  seen.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(8 * Number.EPSILON);
  });
};

test("gradient descent multiplies each mode by 1 - stepSize (a + l2)", () => {
  const w = Float64Array.of(1, 1);
  const optimiser = gradientDescent({ stepSize: 0.25 });
  descend({ gradients: fullBatch(quadratic([1, 2])), optimiser, w, checkpoints: [3], visit: () => {} });
  expect([...w]).toEqual([0.75 ** 3, 0.5 ** 3]);
  expect(path(gradientDescent({ stepSize: 0.25, l2: 1 }), 1, 3)).toEqual([1, 0.5, 0.25, 0.125]);
});

test("heavy ball follows its two-term recurrence w' = w - stepSize g + momentum (w - w_before)", () => {
  const [rate, momentum, a] = [0.1, 0.9, 2];
  const expected = [1];
  let before = 1;
  for (let step = 0; step < 8; step++) {
    const now = expected[step];
    expected.push(now - rate * a * now + momentum * (now - before));
    before = now;
  }
  expectClose(path(heavyBall({ stepSize: rate, momentum }), a, 8), expected);
});

test("Nesterov momentum is the heavy ball seen from the point its momentum carries it to", () => {
  // u' = u + momentum p - rate grad(u + momentum p) with p' = u' - u, at w = u + momentum p  [Sutskever et al. 2013]
  const [rate, momentum, a] = [0.1, 0.9, 2];
  const expected = [1];
  let [u, p] = [1, 0];
  for (let step = 0; step < 8; step++) {
    const ahead = u + momentum * p;
    p = momentum * p - rate * a * ahead;
    u += p;
    expected.push(u + momentum * p);
  }
  expectClose(path(heavyBall({ stepSize: rate, momentum, nesterov: true }), a, 8), expected);
});

test("coupled l2 goes through the momentum: the same path as more curvature", () => {
  for (const nesterov of [false, true])
    expectClose(
      path(heavyBall({ stepSize: 0.1, momentum: 0.5, nesterov, l2: 1 }), 1, 8),
      path(heavyBall({ stepSize: 0.1, momentum: 0.5, nesterov }), 2, 8),
    );
  expectClose(path(adam({ stepSize: 0.1, l2: 1 }), 1, 8), path(adam({ stepSize: 0.1 }), 2, 8));
});

const twoRates = { name: "two rates", settings: {}, at: (step: number) => [0.1, 0.2][step] };

/** Where a parameter is after two steps from 1 with the same gradient. */
const afterTwo = (optimiser: Optimiser, gradient: number): number => {
  const w = Float64Array.of(1);
  const state = optimiser.init(1);
  optimiser.step(w, Float64Array.of(gradient), state);
  optimiser.step(w, Float64Array.of(gradient), state);
  return w[0];
};

test("a schedule scales the step and not the velocity", () => {
  // v: 1, 1.5; w: 1 - 0.1 x 1 - 0.2 x 1.5, with a gradient of 1 throughout
  expect(afterTwo(heavyBall({ stepSize: twoRates, momentum: 0.5 }), 1)).toBe(1 - 0.1 * 1 - 0.2 * 1.5);
});

test("the first step of Adam is stepSize x sign of the gradient, and AdamW shrinks the weights first", () => {
  const gradient = Float64Array.of(3, -0.2);
  const plain = adam({ stepSize: 0.01, epsilon: 1e-300 });
  const w = Float64Array.of(1, 1);
  plain.step(w, gradient, plain.init(2));
  expect(w[0]).toBeCloseTo(0.99, 14);
  expect(w[1]).toBeCloseTo(1.01, 14);
  const decayed = adam({ stepSize: 0.01, epsilon: 1e-300, weightDecay: 0.5 });
  const v = Float64Array.of(1, 1);
  decayed.step(v, gradient, decayed.init(2));
  expect(v[0]).toBeCloseTo(0.995 - 0.01, 14);
});

test("Adam follows its published sums: means weighted by (1 - b) b^age over 1 - b^t", () => {
  const [rate, beta1, beta2, epsilon] = [0.1, 0.8, 0.9, 1e-3];
  const gradients = [1, -2, 0.5, 4, -1];
  const optimiser = adam({ stepSize: rate, beta1, beta2, epsilon });
  const w = Float64Array.of(0.3);
  const state = optimiser.init(1);
  const expected = gradients.reduce((now, _, last) => {
    const weighted = (b: number, values: number[]) =>
      values.slice(0, last + 1).reduce((sum, x, i) => sum + (1 - b) * b ** (last - i) * x, 0) / (1 - b ** (last + 1));
    const mean = weighted(beta1, gradients);
    const square = weighted(
      beta2,
      gradients.map(g => g * g),
    );
    return now - (rate * mean) / (Math.sqrt(square) + epsilon);
  }, 0.3);
  for (const g of gradients) optimiser.step(w, Float64Array.of(g), state);
  expect(Math.abs(w[0] - expected)).toBeLessThan(16 * Number.EPSILON);
});

test("the decay of AdamW follows its schedule", () => {
  expect(afterTwo(adam({ stepSize: twoRates, weightDecay: 0.5 }), 0)).toBe((1 - 0.2 * 0.5) * (1 - 0.1 * 0.5));
});

test.each([
  ["stepSize", () => gradientDescent({ stepSize: 0 })],
  ["stepSize", () => gradientDescent({ stepSize: undefined as never })],
  ["stepSize", () => gradientDescent({ stepSize: "0.1" as never })],
  ["stepSize", () => adam({ stepSize: { name: "mine" } as never })],
  ["stepSize", () => heavyBall({ stepSize: Number.NaN, momentum: 0 })],
  ["momentum", () => heavyBall({ stepSize: 1, momentum: 1 })],
  ["beta1", () => adam({ stepSize: 1, beta1: 1 })],
  ["beta2", () => adam({ stepSize: 1, beta2: -1 })],
  ["epsilon", () => adam({ stepSize: 1, epsilon: 0 })],
  ["weightDecay", () => adam({ stepSize: 1, weightDecay: -1 })],
  ["l2", () => gradientDescent({ stepSize: 1, l2: -1 })],
  ["l2", () => heavyBall({ stepSize: 1, momentum: 0, l2: Infinity })],
  ["l2", () => adam({ stepSize: 1, l2: Number.NaN })],
])("a bad %s is refused by name", (name, make) => {
  expect(make).toThrow(new RegExp(`^${name} is `));
});

test("a schedule that leaves the allowed range stops with the step and its name", () => {
  const optimiser = gradientDescent({ stepSize: { name: "mine", settings: {}, at: step => 1 - step } });
  const state = optimiser.init(1);
  const step = () => optimiser.step(Float64Array.of(1), Float64Array.of(1), state);
  step();
  step();
  expect(step).toThrow("stepSize at step 2 of mine is -1: needs a number from 0");
});
