import { describe, expect, test } from "vitest";
import { symmetricEigenvalues } from "../../../src/numerics/linear-algebra.ts";
import { stream } from "../../../src/numerics/stream.ts";
import {
  exactThreshold,
  freezingField,
  ridgeMean,
  squareAtJump,
  strongEnergy,
  strongSquare,
  upperCoupling,
  upperDecay,
} from "../../../src/systems/collective-learning/theory/laws.ts";
import { collectiveLoss, potential } from "../../../src/systems/collective-learning/theory/model.ts";

const strong = { gamma: 1e-3, variance: 4 };

describe("strong coupling", () => {
  test.each([
    [1, 4000],
    [2, 126.491],
    [3, 63.496],
  ])("%i hidden layers: order ends at %d", (D, expected) => {
    expect(upperCoupling({ D, ...strong })).toBeCloseTo(expected, 3);
  });

  test.each([1, 2, 3, 5])(
    "%i hidden layers: the decay at which order ends is the coupling's the other way round",
    D => {
      expect(upperDecay({ D, variance: 4 }, upperCoupling({ D, ...strong })!)).toBeCloseTo(strong.gamma, 12);
    },
  );

  test.each([2, 3, 5])("%i hidden layers: at the end the equation has a double root, beyond it none", D => {
    const at = upperCoupling({ D, ...strong })!;
    const x = squareAtJump({ D, ...strong })!;
    const balance = (y: number) => y ** D - ((D * strong.variance) / at) * y ** (D - 1) + strong.gamma;
    const scale = strong.gamma;
    expect(Math.abs(balance(x))).toBeLessThan(1e-12 * scale);
    const h = 1e-4 * x;
    expect(Math.abs(balance(x + h) - balance(x - h)) / (2 * h)).toBeLessThan(1e-6 * (scale / x));
    expect(strongSquare({ D, ...strong }, at * (1 + 1e-9))).toBe(0);
    // The two roots meet as a square root.
    expect(strongSquare({ D, ...strong }, at * (1 - 1e-6)) / x).toBeGreaterThan(1);
    expect(strongSquare({ D, ...strong }, at * (1 - 1e-6)) / x).toBeLessThan(1.01);
  });

  test.each([
    [1, 100],
    [2, 30],
    [3, 20],
    [4, 12],
  ])("D = %i, sigma = %d: the square is where the energy has its largest minimum", (D, sigma) => {
    const square = strongSquare({ D, ...strong }, sigma);
    const energy = (M: number) => strongEnergy({ D, ...strong }, sigma, M * M);
    const grid = Array.from({ length: 20_001 }, (_, i) => (3 * i) / 20_000);
    const minima = grid.filter(
      (_, i) => i > 0 && i < 20_000 && energy(grid[i]) < energy(grid[i - 1]) && energy(grid[i]) <= energy(grid[i + 1]),
    );
    expect(Math.sqrt(square)).toBeCloseTo(minima.at(-1)!, 3);
  });

  test("no decay leaves M^2 = D variance / sigma, no disorder leaves nothing", () => {
    expect(strongSquare({ D: 3, gamma: 0, variance: 4 }, 60)).toBeCloseTo(0.2, 14);
    expect(strongSquare({ D: 2, gamma: 1e-3, variance: 0 }, 60)).toBe(0);
    expect(upperCoupling({ D: 2, gamma: 0, variance: 4 })).toBeNull();
    expect(squareAtJump({ D: 2, gamma: 0, variance: 4 })).toBeNull();
  });
});

describe("the exact threshold of one hidden layer", () => {
  const random = stream({ seed: 3, purpose: "test" });
  const sets = Array.from({ length: 20 }, () => Array.from({ length: 9 }, () => -0.3 + 2 * random.normal()));

  test.each(sets.map((delta, i) => [i, delta] as const))(
    "set %i: there the largest eigenvalue of the flow at zero is zero, above it all are negative",
    (_, delta) => {
      const gamma = 0.05;
      const at = exactThreshold(delta, gamma);
      const mean = delta.reduce((a, b) => a + b, 0) / delta.length;
      if (mean >= gamma) {
        expect(at).toBeNull();
        return;
      }
      const N = delta.length;
      const largest = (sigma: number) =>
        symmetricEigenvalues(
          Float64Array.from({ length: N * N }, (_, k) =>
            Math.floor(k / N) === k % N ? delta[k % N] - gamma - sigma + sigma / N : sigma / N,
          ),
          N,
        ).at(-1)!;
      expect(Math.abs(largest(at!))).toBeLessThan(1e-12 * at!);
      expect(largest(at! * 1.001)).toBeLessThan(0);
      expect(largest(at! * 0.999)).toBeGreaterThan(0);
    },
  );

  test("some of those sets have one, some have none", () => {
    const found = sets.filter(delta => exactThreshold(delta, 0.05) !== null).length;
    expect(found).toBeGreaterThan(3);
    expect(found).toBeLessThan(sets.length);
  });

  test("networks that all forget by themselves need no threshold", () => {
    expect(exactThreshold([-1, 0.04], 0.05)).toBeNull();
  });

  test("for many networks it tends to variance / gamma", () => {
    const delta = Array.from({ length: 10_000 }, (_, i) => (i % 2 === 0 ? 2 : -2));
    expect(exactThreshold(delta, 1e-3)).toBeCloseTo(4000, 1);
  });
});

describe("the freezing field", () => {
  test.each([
    [1, 3, 0.5],
    [1, 0.4, 0.5],
    [2, 4, 0.4],
    [3, 6, 1],
    [3, 0.5, 1],
    [2, 4, 0],
  ])("D = %i, pull %d, sigma %d is the highest point of the force outward", (D, pull, sigma) => {
    const outward = (u: number) => pull * u ** D - u ** (2 * D + 1) - (1e-3 + sigma) * u;
    const highest = Array.from({ length: 100_001 }, (_, i) => outward((3 * i) / 100_000)).reduce((a, b) =>
      Math.max(a, b),
    );
    expect(freezingField({ D, gamma: 1e-3, sigma }, pull)).toBeCloseTo(highest, 7);
  });
});

test("the potential's slope is minus the force on one network", () => {
  const [gamma, sigma, delta, M, h] = [0.1, 0.7, 1.4, 0.3, 1e-5];
  for (const D of [0, 1, 2, 3])
    for (const m of [-1.2, 0.4, 0.9]) {
      const at = (x: number) => potential({ D, gamma, sigma }, delta, M, x);
      const force = delta * m ** D - m ** (2 * D + 1) - gamma * m + sigma * (M - m);
      expect((at(m + h) - at(m - h)) / (2 * h)).toBeCloseTo(-force, 7);
    }
});

test("the collective loss of equal networks is that of one", () => {
  expect(collectiveLoss(2, [1.5, 1.5], [0.8, 0.8])).toBeCloseTo(0.8 ** 6 - 3 * 0.8 ** 3, 14);
});

test("without hidden layers the mean settles where ridge regression has it, whatever the coupling", () => {
  const [gamma, delta] = [0.7, [0.4, -1, 2.5]];
  for (const sigma of [0, 0.3, 5]) {
    // Each network at the minimum of its potential in the field of the mean, again and again.
    let M = 0;
    for (let round = 0; round < 2000; round++) {
      const minima = delta.map(each => {
        const at = (m: number) => potential({ D: 0, gamma, sigma }, each, M, m);
        // The vertex of a parabola.
        const [below, middle, above] = [-1, 0, 1].map(at);
        return (below - above) / (2 * (below - 2 * middle + above));
      });
      M = minima.reduce((sum, m) => sum + m, 0) / minima.length;
    }
    expect(ridgeMean(gamma, 1.9 / 3)).toBeCloseTo(M, 10);
  }
});
