import { describe, expect, test } from "vitest";
import { coverageOf, coverageWarning } from "../../../../src/systems/modular/model/coverage.ts";
import { type Dimensions, withDeadNeurons } from "../../../../src/systems/modular/model/layout.ts";
import { network } from "../../../../src/systems/modular/model/network.ts";
import { modularObjective } from "../../../../src/systems/modular/model/objective.ts";
import { fullTable, type Pairs, pairsAt, splitPairs } from "../../../../src/systems/modular/model/pairs.ts";
import { randomStart } from "../../../../src/systems/modular/model/start.ts";
import { ranks } from "../../../../src/systems/modular/theory/closed-forms.ts";
import {
  curvatures,
  jacobian,
  jacobianSingularValues,
  rankOf,
  spectralRank,
} from "../../../../src/systems/modular/theory/jacobian.ts";
import { narrowSolution, randomPhases, sixPhases } from "../../../../src/systems/modular/theory/solutions.ts";
import { hessianTraces } from "../../../../src/systems/modular/theory/traces.ts";

const random = (dimensions: Dimensions) => randomStart(dimensions, { seed: 3, sw: 0.6, sv: 0.5 });
const rank = (w: Float64Array, dimensions: Dimensions, pairs: Pairs, centred = false) =>
  rankOf(jacobianSingularValues(w, dimensions, pairs, { centred }));

test("the Jacobian is the derivative of the outputs", () => {
  const dimensions = { p: 5, K: 3 };
  const pairs = pairsAt(5, "add", splitPairs(5, 0.5, 1).train);
  const w = random(dimensions);
  const net = network(dimensions, pairs);
  const J = jacobian(w, dimensions, pairs);
  const rows = pairs.index.length * 5;
  for (let column = 0; column < w.length; column++) {
    const shifted = (by: number) => {
      const moved = w.slice();
      moved[column] += by;
      return net.outputs(moved).slice();
    };
    const [up, down] = [shifted(1e-5), shifted(-1e-5)];
    for (let row = 0; row < rows; row++)
      expect(J[row * w.length + column]).toBeCloseTo((up[row] - down[row]) / 2e-5, 8);
  }
});

describe("curvatures are the squared singular values over N", () => {
  test.each([
    { p: 5, K: 4, fraction: 0.6, centred: false },
    { p: 5, K: 40, fraction: 0.6, centred: false },
    { p: 7, K: 30, fraction: 0.4, centred: true },
    { p: 7, K: 3, fraction: 0.5, centred: true },
  ])("p = $p, K = $K, centred: $centred", ({ p, K, fraction, centred }) => {
    const w = random({ p, K });
    const pairs = pairsAt(p, "add", splitPairs(p, fraction, 2).train);
    const count = pairs.index.length;
    const values = curvatures(w, { p, K }, pairs, { centred });
    const singular = jacobianSingularValues(w, { p, K }, pairs, { centred });
    expect(values).toHaveLength(count * p);
    singular.forEach((value, i) => {
      expect(Math.abs(values[i] - (value * value) / count)).toBeLessThan(1e-12 * values[0]);
    });
    expect(spectralRank(values)).toBe(rankOf(singular));
  });
});

test("traces are those of the Gauss-Newton matrix and of the Hessian by differences", () => {
  const dimensions = { p: 5, K: 4 };
  const pairs = pairsAt(5, "sub", splitPairs(5, 0.6, 3).train);
  const w = random(dimensions);
  const { gaussNewton, full } = hessianTraces(w, dimensions, pairs);
  expect(curvatures(w, dimensions, pairs).reduce((sum, value) => sum + value, 0) / gaussNewton).toBeCloseTo(1, 12);
  const objective = modularObjective({ ...dimensions, pairs });
  const gradient = new Float64Array(objective.size);
  let trace = 0;
  for (let i = 0; i < w.length; i++) {
    const at = (by: number) => {
      const moved = w.slice();
      moved[i] += by;
      objective.lossAndGradient(moved, gradient);
      return gradient[i];
    };
    trace += (at(1e-5) - at(-1e-5)) / 2e-5;
  }
  expect(full / trace).toBeCloseTo(1, 8);
});

describe("ranks in closed form", () => {
  test.each([1, 4, 9, 10])("random weights, p = 5, K = %i", K => {
    const full = fullTable(5, "add");
    expect(rank(random({ p: 5, K }), { p: 5, K }, full)).toBe(ranks.genericFull({ p: 5, K }));
    expect(rank(random({ p: 5, K }), { p: 5, K }, full, true)).toBe(ranks.genericFullCentred({ p: 5, K }));
  });

  test("on training pairs whose graph is connected, and as a bound on others", () => {
    const K = 3;
    const pairs = pairsAt(5, "add", splitPairs(5, 0.7, 1).train);
    expect(coverageOf(pairs)).toEqual({ nodes: 10, components: 1, connected: true, fewestPairs: 1 });
    expect(coverageWarning(pairs)).toBeUndefined();
    expect(rank(random({ p: 5, K }), { p: 5, K }, pairs)).toBe(ranks.genericTrain({ p: 5, K, N: pairs.index.length }));
    // Two components: a and b below 2, and above.
    const parts = pairsAt(5, "add", Int32Array.of(0, 1, 5, 6, 12, 13, 14, 17, 18, 19, 22, 23, 24));
    const { nodes, components } = coverageOf(parts);
    expect([nodes, components]).toEqual([10, 2]);
    expect(coverageWarning(parts)).toMatch(/2 components .* upper bounds/);
    const bound = ranks.graph({ p: 5, K, N: 13, nodes, components });
    expect(bound).toBeLessThan(ranks.genericTrain({ p: 5, K, N: 13 }));
    expect(rank(random({ p: 5, K }), { p: 5, K }, parts)).toBeLessThanOrEqual(bound);
  });

  test.each([5, 7])("exact solutions, p = %i", p => {
    const full = fullTable(p, "add");
    const narrow = narrowSolution(p);
    expect(rank(narrow.w, narrow, full)).toBe(ranks.narrow(p));
    const dead = { p, K: narrow.K + 2 };
    expect(rank(withDeadNeurons(narrow.w, narrow, 2), dead, full)).toBe(ranks.narrow(p));
    const six = sixPhases({ p });
    expect(rank(six.w, six, full)).toBe(ranks.sixPhases(p));
    const constant = sixPhases({ p, constant: true });
    expect(rank(constant.w, constant, full)).toBe(ranks.sixPhasesConstant(p));
  });

  test("waves with many phases, p = 5, whole and centred and on training pairs", () => {
    const point = randomPhases({ p: 5, K: 24, seed: 7 });
    const full = fullTable(5, "add");
    expect(rank(point.w, point, full)).toBe(ranks.waves(5));
    expect(rank(point.w, point, full, true)).toBe(ranks.wavesCentred(5));
    const pairs = pairsAt(5, "add", splitPairs(5, 0.5, 3).train);
    expect(rank(point.w, point, pairs)).toBeLessThanOrEqual(ranks.wavesTrain({ p: 5, N: pairs.index.length }));
  });
});
