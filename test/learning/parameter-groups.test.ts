import { expect, test } from "vitest";
import type { ParameterArray } from "../../src/contracts/objective.ts";
import { adam } from "../../src/learning/adam.ts";
import { descend } from "../../src/learning/descend.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { fullBatch } from "../../src/learning/gradients.ts";
import { heavyBall } from "../../src/learning/heavy-ball.ts";
import type { OptimiserState } from "../../src/learning/optimiser.ts";
import { grouped, optimiserFor } from "../../src/learning/parameter-groups.ts";
import { stream } from "../../src/numerics/stream.ts";
import { quadratic } from "./quadratic.ts";

const slow = gradientDescent({ stepSize: 0.01 });
const fast = adam({ stepSize: 0.1 });
const ball = heavyBall({ stepSize: 0.05, momentum: 0.9 });

/** Three arrays, of which the first and the last form a group. */
const parameters: ParameterArray[] = [
  { name: "embedding.left", shape: [2, 2], offset: 0 },
  { name: "decoder", shape: [3], offset: 4 },
  { name: "embedding.right", shape: [], offset: 7 },
];
const names = parameters.map(({ name }) => name);

test("the first pattern that matches an array wins; a star stands for any characters, a dot for itself", () => {
  const find = optimiserFor(
    [
      { parameters: "embedding.right", optimiser: slow },
      { parameters: "embedding*", optimiser: fast },
      { parameters: "*", optimiser: ball },
    ],
    names,
  );
  expect(names.map(name => find(name).name)).toEqual(["Adam", "heavy ball", "gradient descent"]);
  expect(() => optimiserFor([{ parameters: "embedding.*", optimiser: fast }], ["embeddingX"])).toThrow(/embeddingX/);
  expect(optimiserFor(fast, names)("decoder")).toBe(fast);
});

test.each([
  [
    "an array without a group",
    ["embedding.*"],
    'optimiser is ["embedding.*"]: needs a group for the parameter array decoder',
  ],
  [
    "a pattern without an array",
    ["encoder", "*"],
    'parameters of a group is "encoder": needs a name or pattern of the parameter arrays: embedding.left, decoder, embedding.right',
  ],
  [
    "a pattern behind one that takes all its arrays",
    ["*", "decoder"],
    'parameters of a group is "decoder": needs to stand before',
  ],
])("%s is refused by name", (_title, patterns, message) => {
  const choice = patterns.map(pattern => ({ parameters: pattern, optimiser: slow }));
  expect(() => optimiserFor(choice, names)).toThrow(message);
  expect(() => grouped(choice, parameters)).toThrow(message);
});

test("what is no optimiser is refused by its value", () => {
  expect(() => optimiserFor("adam" as never, names)("decoder")).toThrow(/^optimiser is "adam": needs one such as adam/);
  expect(() => grouped([{ parameters: "*", optimiser: {} as never }], parameters)).toThrow(/^optimiser is {}: needs/);
  expect(() => grouped([{ parameters: 1 as never, optimiser: slow }], parameters)).toThrow(
    /^parameters of a group is 1: needs a name/,
  );
});

const groups = [
  { parameters: "embedding.*", optimiser: fast },
  { parameters: "decoder", optimiser: ball },
];

test("each group moves as its optimiser alone would move its arrays", () => {
  const random = stream({ seed: 1, purpose: "groups" });
  const w = new Float64Array(8);
  random.normals(w);
  const embedding = Float64Array.of(w[0], w[1], w[2], w[3], w[7]);
  const decoder = w.slice(4, 7);
  const whole = grouped(groups, parameters);
  const states = [whole.init(8), fast.init(5), ball.init(3)];
  const gradient = new Float64Array(8);
  for (let step = 0; step < 20; step++) {
    random.normals(gradient);
    whole.step(w, gradient, states[0]);
    fast.step(embedding, Float64Array.of(gradient[0], gradient[1], gradient[2], gradient[3], gradient[7]), states[1]);
    ball.step(decoder, gradient.slice(4, 7), states[2]);
    expect([...w]).toEqual([...embedding.slice(0, 4), ...decoder, embedding[4]]);
  }
});

test("a descent by groups goes on from a copy of its state with the same bits", () => {
  const run = (w: Float64Array, to: number, from?: number, state?: OptimiserState) => {
    let last: OptimiserState = {};
    descend({
      gradients: fullBatch(quadratic([1, 2, 3, 4, 5, 6, 7, 8])),
      optimiser: groups,
      parameters,
      w,
      from,
      state,
      checkpoints: [to],
      visit: checkpoint => {
        last = structuredClone(checkpoint.state);
      },
    });
    return last;
  };
  const start = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const whole = start.slice();
  run(whole, 40);
  const halves = start.slice();
  const state = run(halves, 17);
  // Others may use the same optimisers in between.
  run(start.slice(), 5);
  run(halves, 40, 17, state);
  expect([...halves]).toEqual([...whole]);
});

test("groups without the arrays, or on a vector of another length, are refused", () => {
  const gradients = fullBatch(quadratic([1]));
  expect(() =>
    descend({ gradients, optimiser: groups, w: Float64Array.of(1), checkpoints: [1], visit: () => {} }),
  ).toThrow(/^parameters is undefined: needs the arrays of the objective/);
  expect(() => grouped(groups, parameters).init(9)).toThrow(
    "size is 9: needs the number of parameters in all arrays, 8",
  );
});
