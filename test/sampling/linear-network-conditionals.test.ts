import { describe, expect, test } from "vitest";
import type { Objective } from "../../src/contracts/objective.ts";
import { solveLinear } from "../../src/numerics/linear-algebra.ts";
import type { Stream } from "../../src/numerics/stream.ts";
import { stream } from "../../src/numerics/stream.ts";
import { deepLinearConditionals } from "../../src/sampling/linear-network-conditionals.ts";
import { flatPrior, localised } from "../../src/sampling/prior.ts";
import { posterior } from "../../src/sampling/target.ts";

/** Widths 2, 3, 2, 4: W_1 is 3 x 2, W_2 2 x 3, W_3 4 x 2. */
const SHAPES = [
  [3, 2],
  [2, 3],
  [4, 2],
] as const;
const parameters = SHAPES.map((shape, i) => ({ name: `W${i + 1}`, shape: [...shape], offset: 6 * i }));
const SIZE = 20;
const product = Float64Array.from({ length: 8 }, (_, i) => Math.sin(i));
const FACTOR = 0.5;

const matrix = (w: Float64Array, layer: number): number[][] => {
  const [rows, columns] = SHAPES[layer];
  return Array.from({ length: rows }, (_, i) => [
    ...w.subarray(6 * layer + i * columns, 6 * layer + (i + 1) * columns),
  ]);
};
const times = (a: number[][], b: number[][]): number[][] =>
  a.map(row => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));
const loss = (w: Float64Array): number =>
  times(times(matrix(w, 2), matrix(w, 1)), matrix(w, 0))
    .flat()
    .reduce((sum, entry, i) => sum + FACTOR * (entry - product[i]) ** 2, 0);
const objective: Objective = { parameters, size: SIZE, loss, lossAndGradient: () => Number.NaN };

const centre = Float64Array.from({ length: SIZE }, (_, i) => Math.cos(3 * i) / 2);
const [T, GAMMA] = [4, 1.5];
const target = posterior({ objective, nBeta: T, prior: localised({ gamma: GAMMA, centre }) });
const energy = (w: Float64Array): number => T * loss(w) + target.prior.energy(w);

const start = new Float64Array(SIZE);
stream({ seed: 5, purpose: "start" }).normals(start);

/** Given the other layers U is a quadratic; its minimum and its second derivatives by finite differences, which are then exact. */
const conditional = (layer: number): { mean: Float64Array; precision: Float64Array; size: number } => {
  const size = SHAPES[layer][0] * SHAPES[layer][1];
  const at = (...shifts: readonly (readonly [number, number])[]): number => {
    const w = start.slice();
    for (const [i, by] of shifts) w[6 * layer + i] += by;
    return energy(w);
  };
  const precision = new Float64Array(size * size);
  const slope = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    slope[i] = (at([i, 1]) - at([i, -1])) / 2;
    for (let j = 0; j < size; j++)
      precision[i * size + j] =
        i === j
          ? at([i, 1]) - 2 * at() + at([i, -1])
          : (at([i, 1], [j, 1]) - at([i, 1], [j, -1]) - at([i, -1], [j, 1]) + at([i, -1], [j, -1])) / 4;
  }
  const step = solveLinear(precision, size, slope);
  return { mean: start.slice(6 * layer, 6 * layer + size).map((value, i) => value - step[i]), precision, size };
};

/** A stream whose normals are given. */
const scripted = (normals: readonly number[]): Stream => {
  let next = 0;
  return { ...stream({ seed: 1, purpose: "unused" }), normal: () => normals[next++] };
};

describe.each([0, 1, 2])("layer %d", layer => {
  const { mean, precision, size } = conditional(layer);
  const draw = (normals: readonly number[]): Float64Array => {
    const w = start.slice();
    deepLinearConditionals({ product, factor: FACTOR })(target)[layer].draw(w, scripted(normals));
    // The other layers stay as they are.
    for (let i = 0; i < SIZE; i++) if (i < 6 * layer || i >= 6 * layer + size) expect(w[i]).toBe(start[i]);
    return w.slice(6 * layer, 6 * layer + size);
  };
  const zero = new Array<number>(size).fill(0);

  test("without noise it is put at the minimum given the others", () => {
    draw(zero).forEach((value, i) => void expect(value).toBeCloseTo(mean[i], 9));
  });

  test("its noise has the inverse of the second derivatives as its covariance", () => {
    const columns = zero.map((_, k) => draw(zero.map((_, i) => (i === k ? 1 : 0))).map((value, i) => value - mean[i]));
    for (let i = 0; i < size; i++) {
      const row = new Float64Array(size);
      for (let j = 0; j < size; j++) row[j] = columns.reduce((sum, column) => sum + column[i] * column[j], 0);
      // precision x covariance = identity, row by row.
      for (let j = 0; j < size; j++) {
        let entry = 0;
        for (let k = 0; k < size; k++) entry += row[k] * precision[k * size + j];
        expect(entry).toBeCloseTo(i === j ? 1 : 0, 8);
      }
    }
  });
});

describe("refused", () => {
  test("a product of another size, layers that do not fit, and a prior that is no Gaussian", () => {
    expect(() => deepLinearConditionals({ product: [1] })(target)).toThrow(
      "the length of product is 1: needs 8, for 4 outputs and 2 inputs",
    );
    const wrong = { ...objective, parameters: [parameters[0], { ...parameters[1], shape: [3, 2] }] };
    expect(() => deepLinearConditionals({ product })(posterior({ objective: wrong, nBeta: 1 }))).toThrow(
      "the shape of W2 is [3,2]: needs a matrix of 3 columns",
    );
    expect(() => deepLinearConditionals({ product })(posterior({ objective, nBeta: 1, prior: flatPrior() }))).toThrow(
      'the prior is {"kind":"flat"}: needs a Gaussian',
    );
  });
});
