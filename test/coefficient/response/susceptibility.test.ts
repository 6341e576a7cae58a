import { describe, expect, test } from "vitest";
import { componentsOf, influences, susceptibilities } from "../../../src/coefficient/response/index.ts";
import type { SampledObjective } from "../../../src/contracts/objective.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { messageOf } from "../../support/message-of.ts";

// Linear regression without noise at the truth 0: the loss of sample i is (x_i . w)^2 / 2, every average a Gaussian one.
const [N, D] = [40, 3];
const numbers = stream({ seed: 4, purpose: "test susceptibility" });
const x = Array.from({ length: N }, () => Array.from({ length: D }, () => numbers.normal()));
/** Noise of targets, so that single samples have slopes at the minimum. */
const off = Array.from({ length: N }, () => numbers.normal());
// The residuals of regression on x: then 0 stays the minimum.
const gram = Array.from({ length: D }, (_, i) =>
  Array.from({ length: D }, (_, j) => mean(x.map(row => row[i] * row[j]))),
);
const inverse = inverseOf(gram);
const fit = inverse.map(row => sum(row.map((entry, j) => entry * mean(x.map((input, s) => input[j] * off[s])))));
const residual = off.map((value, s) => value - sum(x[s].map((input, j) => input * fit[j])));

const every = Int32Array.from(x.keys());
const regression: SampledObjective = {
  parameters: [
    { name: "a", shape: [2], offset: 0 },
    { name: "b", shape: [1], offset: 2 },
  ],
  size: D,
  samples: N,
  loss: w => regression.batchLossAndGradient(w, new Float64Array(D), every, 0, N),
  lossAndGradient: (w, gradient) => regression.batchLossAndGradient(w, gradient, every, 0, N),
  batchLossAndGradient(w, gradient, order, from, to) {
    gradient.fill(0);
    let loss = 0;
    for (let s = from; s < to; s++) {
      const i = order[s];
      let error = -residual[i];
      for (let j = 0; j < D; j++) error += x[i][j] * w[j];
      loss += (0.5 * error * error) / (to - from);
      for (let j = 0; j < D; j++) gradient[j] += (error * x[i][j]) / (to - from);
    }
    return loss;
  },
};

const options = { nBeta: 500, gamma: 1e-6, seed: 2, draws: 1500 };
const groups = [0, 1, 2, 3].map(g => ({
  name: `g${g}`,
  samples: Int32Array.from({ length: 10 }, (_, i) => 10 * g + i),
}));

describe("susceptibilities of a regression, whose averages are Gaussian", () => {
  const parts = [...componentsOf(regression.parameters, "arrays"), ...componentsOf(regression.parameters, "all")];
  const { cells, rows, columns, health } = susceptibilities(regression, new Float64Array(D), parts, groups, options);

  test("are d / 2 - tr(H_group H^-1) / 2 in each component", () => {
    expect(rows).toEqual(["a", "b", "all"]);
    expect(columns).toEqual(["g0", "g1", "g2", "g3"]);
    expect(health.outcome).toBe("good");
    const places = [[0, 1], [2], [0, 1, 2]];
    places.forEach((indices, row) => {
      const within = (samples: readonly number[]) =>
        indices.map(i => indices.map(j => mean(samples.map(s => x[s][i] * x[s][j]))));
      const whole = inverseOf(within([...x.keys()]));
      groups.forEach(({ samples }, column) => {
        const own = within([...samples]);
        const trace = sum(own.flatMap((line, i) => line.map((entry, j) => entry * whole[j][i])));
        const right = (indices.length - trace) / 2;
        const { value, standardError } = cells[row][column];
        expect(Math.abs(value - right), `${row} ${column}`).toBeLessThan(3.5 * standardError);
        expect(standardError).toBeLessThan(0.1);
      });
    });
  });

  test("weighted by their sizes, the groups of all data sum to 0", () => {
    for (const row of cells) expect(Math.abs(sum(row.map(({ value }) => value)))).toBeLessThan(1e-9);
  });
});

test("influences are -(nBeta / n) times covariances: slopes of samples through the inverse Hessian, and a quadratic part", () => {
  const samples = Int32Array.of(3, 17, 30);
  const { cells } = influences(regression, new Float64Array(D), samples, options);
  const t = options.nBeta;
  samples.forEach((i, row) => {
    samples.forEach((j, column) => {
      const through = sum(x[i].map((a, p) => a * sum(x[j].map((b, q) => inverse[p][q] * b))));
      // l = (x.w - r)^2 / 2: Cov = r_i r_j v + v^2 / 2 with v = x_i Sigma x_j / t.
      const v = through / t;
      const right = (-t / N) * (residual[i] * residual[j] * v + 0.5 * v * v);
      const { value, standardError } = cells[row][column];
      expect(Math.abs(value - right)).toBeLessThan(3.5 * standardError);
      expect(cells[column][row]).toBe(cells[row][column]);
    });
  });
});

test("parts of parameters: rows and columns of matrices, other arrays whole", () => {
  const parameters = [
    { name: "W", shape: [2, 3], offset: 0 },
    { name: "b", shape: [3], offset: 6 },
  ];
  const named = (kind: "rows" | "columns" | "arrays" | "all") =>
    componentsOf(parameters, kind).map(({ name, indices }) => `${name} ${[...indices]}`);
  expect(named("rows")).toEqual(["W[0,:] 0,1,2", "W[1,:] 3,4,5", "b 6,7,8"]);
  expect(named("columns")).toEqual(["W[:,0] 0,3", "W[:,1] 1,4", "W[:,2] 2,5", "b 6,7,8"]);
  expect(named("all")).toEqual(["all 0,1,2,3,4,5,6,7,8"]);
  expect(componentsOf(parameters, "arrays", ["b"])).toHaveLength(1);
  expect(messageOf(() => componentsOf(parameters, "arrays", ["c"]))).toContain("names among W, b");
});

test("samples that there are not are refused", () => {
  const wrong = [{ name: "far", samples: Int32Array.of(40) }];
  const [part] = componentsOf(regression.parameters, "all");
  expect(messageOf(() => susceptibilities(regression, new Float64Array(D), [part], wrong, options))).toContain(
    "a sample of far is 40",
  );
});

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** By Gauss and Jordan. */
function inverseOf(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < n; i++) {
    const pivot = rows[i][i];
    rows[i] = rows[i].map(entry => entry / pivot);
    for (let k = 0; k < n; k++) if (k !== i) rows[k] = rows[k].map((entry, j) => entry - rows[k][i] * rows[i][j]);
  }
  return rows.map(row => row.slice(n));
}
