import { expect, test } from "vitest";
import { planeMoments } from "../../../../src/systems/deep-linear/theory/fluctuations.ts";

/** The same moments by the midpoint rule over the plane, cells of a given size. */
const byMidpoints = (
  { N, kappa, gamma, n }: { N: number; kappa: number; gamma: number; n: number },
  reach: number,
  cells: number,
) => {
  const step = reach / cells;
  const lowest = -(Math.max(0, N - gamma) ** 2) / kappa;
  const sums = new Float64Array(5);
  for (let i = 0; i < cells; i++)
    for (let j = 0; j < cells; j++) {
      const [p2, q2] = [((i + 0.5) * step) ** 2, ((j + 0.5) * step) ** 2];
      const loss = (gamma - N) * p2 + (gamma + N) * q2 + 0.25 * kappa * (p2 - q2) ** 2;
      if (n * (loss - lowest) > 60) continue;
      const mass = Math.exp(-n * (loss - lowest));
      const [v, Q] = [(p2 - q2) / 2, p2 + q2];
      [1, p2, p2 * p2, v, Q].forEach((each, k) => {
        sums[k] += mass * each;
      });
    }
  const [p2, p4, v1, Q1] = Array.from(sums.subarray(1), sum => sum / sums[0]);
  return { p2, p4, v1, Q1 };
};

// The midpoint rule over the plane is as good as exact for a smooth integrand that vanishes at the edge, once cells resolve the valley.
test.each([
  [{ N: 1, kappa: 1, gamma: 0.9, n: 100 }, 2.5, 800],
  [{ N: 1, kappa: 1, gamma: 1.2, n: 30 }, 2, 800],
  [{ N: 0.2, kappa: 2, gamma: 0.05, n: 20 }, 8, 3000],
  [{ N: 1, kappa: 1, gamma: 0.01, n: 100 }, 8, 6000],
] as const)("moments over the plane at %o", (at, reach, cells) => {
  const { N, kappa, gamma, n } = at;
  const moments = planeMoments({ N, kappa }, gamma, n);
  expect(moments.error).toBeLessThan(1e-11);
  for (const [name, value] of Object.entries(byMidpoints(at, reach, cells)))
    expect(moments[name as "p2"], name).toBeCloseTo(value, 8);
});

test("without bound as the decay vanishes: the valley holds E Q of order 1 / (n gamma) over a logarithm", () => {
  const squares = [1e-4, 1e-6, 1e-8].map(gamma => planeMoments({ N: 1, kappa: 1 }, gamma, 100).Q1 * gamma);
  expect(squares[0]).toBeGreaterThan(squares[1]);
  expect(squares[1]).toBeGreaterThan(squares[2]);
  expect(squares[2]).toBeGreaterThan(0.5e-3);
});
