import { describe, expect, test } from "vitest";
import { compensatedSum } from "../../../../src/numerics/compensated-sum.ts";
import type { Stream } from "../../../../src/numerics/stream.ts";
import { type Dataset, drawDataset } from "../../../../src/systems/superposition/model/dataset.ts";
import { empiricalObjective } from "../../../../src/systems/superposition/model/empirical.ts";
import { evaluate, randomPoint, randomStream } from "./numerical.ts";

/*
 * Every bit of loss and gradient, against loops over pairs and all samples of the sender. Sums over samples below a threshold are defined
 * as compensated up to a multiple of six samples and plain from there, those above as the compensated total less these.
 */
const plainly = ({ c, feature, amplitude }: Dataset, r: number, w: Float64Array) => {
  const n = feature.length;
  const bias = r * c;
  const slopes = Array.from({ length: c }, () => new Float64Array(c));
  const gradient = new Float64Array(w.length);
  const sorted = Array.from({ length: c }, (_, j) => amplitude.filter((_, m) => feature[m] === j).sort());
  const compensated = (terms: Float64Array): number => {
    const sum = compensatedSum();
    for (const term of terms) sum.add(term);
    return sum.value();
  };
  const power = (ts: Float64Array, q: number): Float64Array => ts.map(t => (q === 0 ? 1 : q === 1 ? t : t * t));
  let loss = sorted.reduce((sum, ts) => sum + compensated(power(ts, 2)), 0);
  for (let i = 0; i < c; i++) {
    const b = w[bias + i];
    let slope = 0;
    for (let j = 0; j < c; j++) {
      let a = w[i] * w[j];
      for (let row = c; row < bias; row += c) a += w[row + i] * w[row + j];
      const active = sorted[j].filter(t => a * t + b > 0).length;
      if (active === 0) continue;
      const n = sorted[j].length;
      const [s0, s1, s2] = [0, 1, 2].map(q => {
        const terms = power(sorted[j], q);
        if (active === n) return compensated(terms);
        const before = b > 0 ? active : n - active;
        const anchor = before - (before % 6);
        const sum = terms.slice(anchor, before).reduce((x, y) => x + y, compensated(terms.slice(0, anchor)));
        return b > 0 ? sum : compensated(terms) - sum;
      });
      const e = i === j ? a - 1 : a;
      slopes[i][j] = e * s2 + b * s1;
      const byB = e * s1 + b * s0;
      slope += byB;
      loss += e * slopes[i][j] + b * byB;
      if (i === j) loss -= s2;
    }
    gradient[bias + i] = (2 / n) * slope;
  }
  for (let i = 0; i < c; i++)
    for (let row = 0; row < bias; row += c) {
      let sum = 0;
      for (let j = 0; j < c; j++) sum += (slopes[i][j] + slopes[j][i]) * w[row + j];
      gradient[row + i] = (2 / n) * sum;
    }
  return { loss: loss / n, gradient };
};

/** Biases of both signs, most of them with thresholds amid the samples. */
const point = (random: Stream, c: number, r: number): Float64Array => {
  const w = randomPoint(random, { c, r });
  for (let i = 0; i < c; i++) w[r * c + i] = 0.5 * random.normal();
  return w;
};

const amplitudes: [string, (random: Stream) => number][] = [
  ["uniform", random => random.uniform()],
  ["multiples of 1/8", random => random.below(9) / 8],
  ["crowded at one end", random => random.uniform() ** 8],
  ["one far away", random => (random.below(200) === 0 ? 1e6 : random.uniform())],
  ["over 20 orders of magnitude", random => 10 ** (-20 * random.uniform())],
  ["a heap of ties amid others", random => (random.below(10) > 0 ? 0.3 : random.uniform())],
  ["zeros", () => 0],
];

describe("the same bits as a plain loop", () => {
  test.each(amplitudes)("%s", (name, amplitude) => {
    const random = randomStream(`bits ${name}`);
    for (const [c, r] of [
      [2, 1],
      [3, 2],
      [5, 2],
      [6, 2],
      [5, 3],
      [7, 1],
    ])
      for (const n of [1, 7, 60, 500]) {
        const data: Dataset = { ...drawDataset(random, { c, n }), amplitude: new Float64Array(n) };
        for (let m = 0; m < n; m++) data.amplitude[m] = amplitude(random);
        // A feature without samples.
        if (n === 7) data.feature.fill(1);
        const objective = empiricalObjective(data, r);
        for (let trial = 0; trial < 12; trial++) {
          const w = point(random, c, r);
          // A dead column; eighths, whose thresholds fall on samples; a threshold rounded onto a sample.
          if (trial === 0) for (let row = 0; row < r * c; row += c) w[row] = 0;
          if (trial % 3 === 1) w.set(w.map(value => Math.round(8 * value) / 8));
          if (trial % 3 === 2) {
            const [i, m] = [random.below(c), random.below(n)];
            let a = 0;
            for (let row = 0; row < r * c; row += c) a += w[row + i] * w[row + data.feature[m]];
            w[r * c + i] = -a * data.amplitude[m];
          }
          const [kernel, plain] = [evaluate(objective, w), plainly(data, r, w)];
          expect(kernel.loss).toBe(plain.loss);
          // Zeros have a sign that no number ever depends on.
          expect(kernel.gradient.map(slope => slope + 0)).toEqual(plain.gradient.map(slope => slope + 0));
        }
      }
  });

  test("an infinite parameter", () => {
    const random = randomStream("bits infinite");
    const data = drawDataset(random, { c: 4, n: 100 });
    const objective = empiricalObjective(data, 2);
    let infinite = 0;
    for (let trial = 0; trial < 200; trial++) {
      const w = point(random, 4, 2);
      w[trial % 12] = trial % 2 === 0 ? Infinity : -Infinity;
      const { loss } = evaluate(objective, w);
      expect(loss).toBe(plainly(data, 2, w).loss);
      if (loss === Infinity) infinite++;
    }
    expect(infinite).toBeGreaterThan(20);
  });

  test("buckets of more than a sample", () => {
    const random = randomStream("bits of many");
    const data = drawDataset(random, { c: 2, n: 20_000 });
    const objective = empiricalObjective(data, 1);
    for (let trial = 0; trial < 20; trial++) {
      const w = point(random, 2, 1);
      const [kernel, plain] = [evaluate(objective, w), plainly(data, 1, w)];
      expect([kernel.loss, ...kernel.gradient]).toEqual([plain.loss, ...plain.gradient]);
    }
  });
});
