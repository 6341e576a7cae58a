import { expect, test } from "vitest";
import { toFlat } from "../../../../src/systems/superposition/model/layout.ts";
import { populationObjective } from "../../../../src/systems/superposition/model/population.ts";
import { sampledLoss, sampledLossAndGradient } from "../../../../src/systems/superposition/model/quadrature.ts";
import { type Derivatives, expectDerivatives, golden } from "./golden.ts";
import { differences, distance, evaluate, hessianOf, randomPoint, randomStream } from "./numerical.ts";

interface State {
  c: number;
  r: number;
  W: number[][];
  b: number[];
}
interface Expected extends Derivatives {
  branches: string[];
}

test.each(golden<State, Expected>("population"))(
  "reference $name: loss, gradient, Hessian and branches",
  ({ input, expected }) => {
    const objective = populationObjective(input);
    const w = toFlat(input);
    expectDerivatives(objective, w, expected);
    expect(objective.branches(w)).toEqual(expected.branches);
  },
);

test("closed form against quadrature at 200 random points, all seven branches met", () => {
  const random = randomStream("population against quadrature");
  const met = new Set<string>();
  let worst = 0;
  for (let trial = 0; trial < 200; trial++) {
    const c = 3 + random.below(5);
    const r = 1 + random.below(Math.min(3, c - 1));
    const w = randomPoint(random, { c, r });
    const objective = populationObjective({ c, r });
    const { loss, gradient } = evaluate(objective, w);
    const reference = new Float64Array(w.length);
    const expected = sampledLossAndGradient(w, { c, r }, reference);
    worst = Math.max(worst, Math.abs(loss - expected) / (1 + expected), distance(gradient, reference) / (1 + expected));
    for (const branch of objective.branches(w)) met.add(branch);
  }
  expect(worst).toBeLessThan(1e-13);
  expect([...met].sort()).toEqual(["D+", "D-", "D0", "O+", "O+cut", "O-", "O0"]);
});

test("in the plane the loss and gradient of any number of dimensions, to the bit: a third one is zero", () => {
  const random = randomStream("the plane in space");
  for (let trial = 0; trial < 200; trial++) {
    const c = 4 + random.below(4);
    const outputWeights = Array.from({ length: c }, () => random.uniform());
    const w = randomPoint(random, { c, r: 2 });
    const inPlane = evaluate(populationObjective({ c, r: 2, outputWeights }), w);
    const wider = new Float64Array(4 * c);
    wider.set(w.subarray(0, 2 * c));
    wider.set(w.subarray(2 * c), 3 * c);
    const { loss, gradient } = evaluate(populationObjective({ c, r: 3, outputWeights }), wider);
    expect(inPlane.loss).toBe(loss);
    expect([...inPlane.gradient]).toEqual([...gradient.subarray(0, 2 * c), ...gradient.subarray(3 * c)]);
  }
});

test.each([
  [3, 1],
  [6, 2],
  [7, 3],
])("gradient and Hessian against differences, c = %d, r = %d", (c, r) => {
  const random = randomStream("population differences");
  const objective = populationObjective({ c, r });
  for (let trial = 0; trial < 10; trial++) {
    const w = randomPoint(random, { c, r });
    const { gradient } = evaluate(objective, w);
    expect(
      distance(
        gradient,
        differences(at => objective.loss(at), w, 1e-5),
      ),
    ).toBeLessThan(1e-8);
    const hessian = hessianOf(objective, w);
    for (let i = 0; i < w.length; i++) {
      const row = differences(at => evaluate(objective, at).gradient[i], w, 1e-5);
      expect(distance(hessian.slice(i * w.length, (i + 1) * w.length), row)).toBeLessThan(1e-6);
    }
  }
});

test("with nothing learnt the loss is E|x|^2 = 1/3", () => {
  expect(populationObjective({ c: 5, r: 2 }).loss(new Float64Array(15))).toBeCloseTo(1 / 3, 15);
});

test("rotations, reflections and permutations of features change nothing", () => {
  const random = randomStream("population symmetries");
  const [c, r] = [6, 3];
  const objective = populationObjective({ c, r });
  const w = randomPoint(random, { c, r });
  const row = (k: number) => w.slice(k * c, k * c + c);
  const [cosine, sine] = [0.28, 0.96];
  const rotated = Float64Array.from([
    ...row(0).map((x, i) => cosine * x - sine * row(1)[i]),
    ...row(0).map((x, i) => sine * x + cosine * row(1)[i]),
    ...row(2).map(x => -x),
    ...row(3),
  ]);
  const order = [3, 0, 5, 1, 4, 2];
  const permuted = w.map((_, at) => w[at - (at % c) + order[at % c]]);
  const { loss, gradient } = evaluate(objective, w);
  expect(objective.loss(rotated)).toBeCloseTo(loss, 14);
  const there = evaluate(objective, permuted);
  expect(there.loss).toBeCloseTo(loss, 14);
  expect(
    distance(
      there.gradient,
      gradient.map((_, at) => gradient[at - (at % c) + order[at % c]]),
    ),
  ).toBeLessThan(1e-14);
});

test("output weights scale each output's squared error", () => {
  const random = randomStream("population output weights");
  const [c, r] = [6, 2];
  const outputWeights = [1, 0.5, 2, 0, 1, 0.658];
  const objective = populationObjective({ c, r, outputWeights });
  const single = outputWeights.map((_, i) =>
    populationObjective({ c, r, outputWeights: outputWeights.map((_, j) => (i === j ? 1 : 0)) }),
  );
  for (let trial = 0; trial < 20; trial++) {
    const w = randomPoint(random, { c, r });
    const { loss, gradient } = evaluate(objective, w);
    const parts = single.map(each => evaluate(each, w));
    const sum = (of: (part: (typeof parts)[number]) => number) =>
      parts.reduce((s, part, i) => s + outputWeights[i] * of(part), 0);
    expect(loss).toBeCloseTo(
      sum(part => part.loss),
      13,
    );
    expect(
      distance(
        gradient,
        gradient.map((_, k) => sum(part => part.gradient[k])),
      ),
    ).toBeLessThan(1e-13);
    expect(parts.reduce((s, part) => s + part.loss, 0)).toBeCloseTo(sampledLoss(w, { c, r }), 13);
    // Output i alone does not see the other biases.
    expect(parts.map(({ gradient: g }, i) => g.slice(12).some((x, k) => k !== i && x !== 0))).toEqual(
      outputWeights.map(() => false),
    );
    expect(
      distance(
        gradient,
        differences(at => objective.loss(at), w, 1e-5),
      ),
    ).toBeLessThan(1e-8);
    const hessian = hessianOf(objective, w);
    const column = differences(at => evaluate(objective, at).gradient[5], w, 1e-5);
    expect(distance(hessian.slice(5 * 18, 6 * 18), column)).toBeLessThan(1e-6);
  }
});

test("a NaN parameter makes the loss NaN; bad settings are refused", () => {
  const w = randomPoint(randomStream("population NaN"), { c: 4, r: 2 });
  for (let k = 0; k < w.length; k++) {
    const bad = w.slice();
    bad[k] = Number.NaN;
    expect(populationObjective({ c: 4, r: 2 }).loss(bad)).toBeNaN();
  }
  expect(() => populationObjective({ c: 4, r: 4 })).toThrow("r is 4: needs an integer from 1 to c - 1 = 3");
  expect(() => populationObjective({ c: 4, r: 2, outputWeights: [1, 1] })).toThrow(
    "outputWeights is [1,1]: needs 4 finite numbers",
  );
});
