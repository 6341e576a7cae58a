import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Dataset, datasetFromJson, drawDataset } from "../../../../src/systems/superposition/model/dataset.ts";
import { denseLossAndGradient } from "../../../../src/systems/superposition/model/dense.ts";
import { empiricalObjective } from "../../../../src/systems/superposition/model/empirical.ts";
import { toFlat } from "../../../../src/systems/superposition/model/layout.ts";
import { populationObjective } from "../../../../src/systems/superposition/model/population.ts";
import { type Derivatives, expectDerivatives, golden } from "./golden.ts";
import { differences, distance, evaluate, hessianOf, randomPoint, randomStream } from "./numerical.ts";

interface Samples {
  c: number;
  feature: number[];
  amp: number[];
}
const dense = (dataset: Dataset, r: number, w: Float64Array) => {
  const gradient = new Float64Array(w.length);
  const loss = denseLossAndGradient(dataset, r, w, gradient);
  return { loss, gradient };
};

const dataset = (c: number, samples: readonly (readonly [number, number])[]): Dataset => ({
  c,
  feature: Int32Array.from(samples, ([j]) => j),
  amplitude: Float64Array.from(samples, ([, t]) => t),
});

test.each(golden<{ dataset: Samples; W: number[][]; b: number[] }, Derivatives>("empirical"))(
  "reference $name: loss, gradient and Hessian",
  ({ input, expected }) => {
    const objective = empiricalObjective(datasetFromJson({ ...input.dataset }), input.W.length);
    expectDerivatives(objective, toFlat(input), expected);
  },
);

test.each([10, 1000, 10_000, 100_000])("fast against dense sum at random points, n = %d", n => {
  const random = randomStream(`fast against dense ${n}`);
  for (const [c, r] of [
    [3, 1],
    [6, 2],
    [7, 3],
  ]) {
    const data = drawDataset(random, { c, n });
    const objective = empiricalObjective(data, r);
    for (let trial = 0; trial < Math.min(20, 200_000 / n); trial++) {
      const w = randomPoint(random, { c, r });
      const [fast, plain] = [evaluate(objective, w), dense(data, r, w)];
      expect(Math.abs(fast.loss - plain.loss)).toBeLessThan(1e-12);
      expect(distance(fast.gradient, plain.gradient)).toBeLessThan(1e-11);
    }
  }
});

/** Multiples of 1/8: all products and sums are exact, so that thresholds fall exactly on samples, and often do. */
const eighth = (low: number, high: number) => fc.integer({ min: 8 * low, max: 8 * high }).map(k => k / 8);

const exactCase = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.nat())
  .map(([c, pick]) => ({ c, r: 1 + (pick % Math.min(3, c - 1)) }))
  .chain(({ c, r }) =>
    fc.record({
      c: fc.constant(c),
      r: fc.constant(r),
      samples: fc.array(fc.tuple(fc.nat(c - 1), eighth(0, 2)), { minLength: 1, maxLength: 60 }),
      w: fc
        .array(eighth(-2, 2), { minLength: r * c + c, maxLength: r * c + c })
        .map(values => Float64Array.from(values)),
    }),
  );

test("fast equals dense with ties, zeros, missing features and thresholds on samples", () => {
  fc.assert(
    fc.property(exactCase, ({ c, r, samples, w }) => {
      const data = dataset(c, samples);
      const objective = empiricalObjective(data, r);
      const [fast, plain] = [evaluate(objective, w), dense(data, r, w)];
      expect(Math.abs(fast.loss - plain.loss)).toBeLessThan(1e-12 * (1 + plain.loss));
      expect(distance(fast.gradient, plain.gradient)).toBeLessThan(1e-12 * (1 + plain.loss));
      const batch = new Float64Array(w.length);
      const order = Int32Array.from(samples, (_, m) => samples.length - 1 - m);
      expect(Math.abs(objective.batchLossAndGradient(w, batch, order, 0, order.length) - plain.loss)).toBeLessThan(
        1e-12 * (1 + plain.loss),
      );
      expect(distance(batch, plain.gradient)).toBeLessThan(1e-12 * (1 + plain.loss));
    }),
    { numRuns: 1000, seed: 11 },
  );
});

/** The thresholds -b/a are rounded here, and samples lie on them or one place beside them. */
test("fast and dense agree on who answers when a threshold is rounded onto a sample", () => {
  const random = randomStream("rounded thresholds");
  const [c, r] = [4, 2];
  for (let trial = 0; trial < 200; trial++) {
    const w = randomPoint(random, { c, r });
    const samples: [number, number][] = [];
    for (let i = 0; i < c; i++)
      for (let j = 0; j < c; j++) {
        const threshold = -w[r * c + i] / (w[i] * w[j] + w[c + i] * w[c + j]);
        if (threshold > 0 && threshold < 1e3)
          for (const t of [threshold, threshold * (1 + 2 ** -52), threshold * (1 - 2 ** -53)])
            for (let k = 0; k < 5; k++) samples.push([j, t]);
        samples.push([j, random.uniform()]);
      }
    const data = dataset(c, samples);
    const objective = empiricalObjective(data, r);
    const [fast, plain] = [evaluate(objective, w), dense(data, r, w)];
    const scale = 1 + plain.loss + Math.max(...samples.map(([, t]) => t * t));
    expect(Math.abs(fast.loss - plain.loss)).toBeLessThan(1e-12 * scale);
    expect(distance(fast.gradient, plain.gradient)).toBeLessThan(1e-12 * scale);
  }
});

/** The curvature in b_0 counts the samples that output 0 answers to. */
const answered = (data: Dataset, w: Float64Array): number => {
  const diagonal = new Float64Array(w.length);
  empiricalObjective(data, 1).hessianDiagonal(w, diagonal);
  return (diagonal[data.c] * data.feature.length) / 2;
};

test("a sample on the threshold is not answered, from above and from below", () => {
  const [t, copies] = [0.25, 20];
  const samples = Array.from({ length: copies }, (_, m) => [1, m < 9 ? t : m / 16] as const);
  const data = dataset(2, samples);
  expect(answered(data, Float64Array.of(2, 1, -2 * t, 0))).toBe(samples.filter(([, s]) => s > t).length);
  expect(answered(data, Float64Array.of(-2, 1, 2 * t, 0))).toBe(samples.filter(([, s]) => s < t).length);
});

test("ties that rounding puts on the other side of -b/a, across the edge of a bucket", () => {
  const random = randomStream("ties at an edge");
  // 32 buckets over [0, 1], two for a sample: 3/8 is an edge, and the ties lie one place below it, over several blocks.
  const tie = 0.375 - 2 ** -54;
  const data = dataset(2, [[1, 0], ...Array.from({ length: 14 }, () => [1, tie] as const), [1, 1]]);
  let met = 0;
  for (let trial = 0; trial < 2000; trial++) {
    const a = -1 - random.uniform();
    const b = -a * tie;
    if (a * tie + b > 0 || -b / a <= tie) continue;
    met++;
    expect(answered(data, Float64Array.of(a, 1, b, 0))).toBe(1);
  }
  expect(met).toBeGreaterThan(10);
});

describe("amplitudes of any distribution", () => {
  const random = randomStream("uneven amplitudes");
  const n = 3000;
  test.each<[string, (u: number, m: number) => number]>([
    ["one far away", (u, m) => (m === 0 ? 1e6 : u)],
    ["over 20 orders of magnitude", u => 10 ** (-20 * u)],
    ["all the same", () => 0.375],
    ["two heaps of ties", u => (u < 0.5 ? 0.25 : 0.5)],
    ["a heap of ties amid others", u => (u < 0.9 ? 0.3 : u)],
    ["all zero", () => 0],
    ["tiny", u => 5e-324 * Math.floor(4 * u)],
    ["crowded at one end", u => u ** 8],
  ])("%s", (_, amplitudeOf) => {
    const [c, r] = [3, 2];
    const samples = Array.from({ length: n }, (_, m) => [m % c, amplitudeOf(random.uniform(), m)] as const);
    const data = dataset(c, samples);
    const objective = empiricalObjective(data, r);
    const largest = Math.max(1, ...data.amplitude);
    for (let trial = 0; trial < 30; trial++) {
      const w = randomPoint(random, { c, r });
      // Thresholds all over the amplitudes: put one on a sample of the own feature.
      const [i, t] = samples[random.below(n)];
      w[r * c + i] = -t * (w[i] * w[i] + w[c + i] * w[c + i]);
      const [fast, plain] = [evaluate(objective, w), dense(data, r, w)];
      const scale = largest * largest * (1 + plain.loss);
      expect(Math.abs(fast.loss - plain.loss)).toBeLessThan(1e-12 * scale);
      expect(distance(fast.gradient, plain.gradient)).toBeLessThan(1e-11 * scale);
    }
  });
});

test.each([
  [4, 1],
  [6, 2],
  [5, 3],
])("gradient and Hessian against differences, c = %d, r = %d", (c, r) => {
  const random = randomStream("empirical differences");
  const objective = empiricalObjective(drawDataset(random, { c, n: 12 }), r);
  for (let trial = 0; trial < 5; trial++) {
    const w = randomPoint(random, { c, r });
    // Piecewise quadratic in (A, b): no sample crosses its threshold within so small a step.
    expect(
      distance(
        evaluate(objective, w).gradient,
        differences(at => objective.loss(at), w, 1e-6),
      ),
    ).toBeLessThan(1e-7);
    const hessian = hessianOf(objective, w);
    for (let i = 0; i < w.length; i++) {
      const row = differences(at => evaluate(objective, at).gradient[i], w, 1e-6);
      expect(distance(hessian.slice(i * w.length, (i + 1) * w.length), row)).toBeLessThan(1e-7);
    }
  }
});

test("the mean over datasets is the population loss, within five standard errors", () => {
  const random = randomStream("empirical mean");
  const w = randomPoint(random, { c: 6, r: 2 });
  const losses = Array.from({ length: 400 }, () =>
    empiricalObjective(drawDataset(random, { c: 6, n: 100 }), 2).loss(w),
  );
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / (losses.length - 1);
  expect(Math.abs(mean - populationObjective({ c: 6, r: 2 }).loss(w))).toBeLessThan(
    5 * Math.sqrt(variance / losses.length),
  );
});

test("rotations and permutations of features change nothing", () => {
  const random = randomStream("empirical symmetries");
  const [c, r] = [5, 2];
  const data = drawDataset(random, { c, n: 300 });
  const w = randomPoint(random, { c, r });
  const [x, y, b] = [0, 1, 2].map(k => w.slice(k * c, k * c + c));
  const rotated = Float64Array.from([
    ...x.map((v, i) => 0.6 * v - 0.8 * y[i]),
    ...x.map((v, i) => 0.8 * v + 0.6 * y[i]),
    ...b,
  ]);
  const loss = empiricalObjective(data, r).loss(w);
  expect(empiricalObjective(data, r).loss(rotated)).toBeCloseTo(loss, 13);
  const order = [2, 4, 0, 1, 3];
  const permuted = w.map((_, at) => w[at - (at % c) + order[at % c]]);
  const renamed = { ...data, feature: data.feature.map(j => order.indexOf(j)) };
  expect(empiricalObjective(renamed, r).loss(permuted)).toBeCloseTo(loss, 13);
});

test("a parameter that is not a number makes the loss NaN, even with a single sample", () => {
  const random = randomStream("empirical NaN");
  for (const data of [drawDataset(random, { c: 4, n: 50 }), dataset(4, [[2, 0.5]]), dataset(4, [[1, 0]])]) {
    const objective = empiricalObjective(data, 2);
    const order = Int32Array.from(data.feature, (_, m) => m);
    for (let trial = 0; trial < 10; trial++) {
      const w = randomPoint(random, { c: 4, r: 2 });
      for (let k = 0; k < w.length; k++) {
        const bad = w.slice();
        bad[k] = Number.NaN;
        expect(objective.loss(bad)).toBeNaN();
        expect(objective.batchLossAndGradient(bad, new Float64Array(12), order, 0, order.length)).toBeNaN();
      }
    }
  }
});

test("the samples are copied", () => {
  const random = randomStream("empirical copy");
  const data = drawDataset(random, { c: 4, n: 50 });
  const objective = empiricalObjective(data, 2);
  const w = randomPoint(random, { c: 4, r: 2 });
  const order = Int32Array.of(3, 1);
  const before = [objective.loss(w), objective.batchLossAndGradient(w, new Float64Array(12), order, 0, 2)];
  data.amplitude.fill(0);
  data.feature.fill(0);
  expect([objective.loss(w), objective.batchLossAndGradient(w, new Float64Array(12), order, 0, 2)]).toEqual(before);
});
