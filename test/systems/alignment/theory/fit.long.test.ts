import { describe, expect, test } from "vitest";
import { stream } from "../../../../src/numerics/stream.ts";
import { alteredSquares, compareWithTheory } from "../../../../src/systems/alignment/theory/comparison.ts";
import { fitEffectiveRates, fitMeanRate } from "../../../../src/systems/alignment/theory/fit.ts";
import { scalarSolution } from "../../../../src/systems/alignment/theory/scalar-solution.ts";
import { integrateTwoPoint } from "../../../../src/systems/alignment/theory/trajectory.ts";
import { lossOf, variants } from "../../../../src/systems/alignment/theory/two-point.ts";

const pair = { dx2: 1.3, dy2: 0.7 };
const rates = { etaH: 0.013, etaY: 0.041 };
const start = { h: 0.06, y: 0.004, w: 0.004 - 0.04 };

const trajectory = (factors = variants.theory as (typeof variants)[keyof typeof variants], count = 80, end = 400) => {
  const t = Array.from({ length: count }, (_, i) => (end * i) / (count - 1));
  const states = integrateTwoPoint(start, pair, rates, t, { factors });
  return { ...pair, t, h: states.map(({ h }) => h), y: states.map(({ y }) => y), w: states.map(({ w }) => w) };
};

describe("rates of least squares", () => {
  test("are found again to rounding, whatever the unit of time and of the representation", () => {
    const own = trajectory();
    const fit = fitEffectiveRates(own);
    expect(fit.etaH / rates.etaH).toBeCloseTo(1, 6);
    expect(fit.etaY / rates.etaY).toBeCloseTo(1, 6);
    expect(fit.determination.h).toBeCloseTo(1, 9);
    // Time in seconds of a thousand steps, the representation ten times as long: etaH grows by 1e5, etaY by 10.
    const scaled = { ...own, t: own.t.map(t => t / 1000), h: own.h.map(h => 100 * h) };
    const other = fitEffectiveRates(scaled);
    expect(other.etaH / (1e5 * rates.etaH)).toBeCloseTo(1, 4);
    expect(other.etaY / (10 * rates.etaY)).toBeCloseTo(1, 4);
  });

  test("of altered equations are found by the same altered equations", () => {
    const own = trajectory(variants.dropped);
    const fit = fitEffectiveRates(own, variants.dropped);
    expect(fit.etaH / rates.etaH).toBeCloseTo(1, 5);
    expect(fit.squares).toBeLessThan(1e-10);
    expect(fitEffectiveRates(own).squares).toBeGreaterThan(1e-4);
  });

  test("95 % intervals cover the rates in about so many of correlated noisy trajectories", () => {
    const t = Array.from({ length: 150 }, (_, i) => (400 * i) / 149);
    const solution = scalarSolution({ h0: 0.06, s0: 0.05 }, pair, rates);
    const of = (name: "h" | "y" | "w") => t.map(time => solution.at(time)[name]);
    const random = stream({ seed: 4, purpose: "noise of trajectories" });
    const REPEATS = 100;
    const [KEPT, SIZE] = [0.8, 0.006];
    const noisy = (values: readonly number[]) => {
      let noise = (SIZE / Math.sqrt(1 - KEPT * KEPT)) * random.normal();
      return values.map((value, i) => {
        noise = KEPT * noise + SIZE * random.normal();
        return i === 0 ? value : value + noise;
      });
    };
    const covered = { etaH: 0, etaY: 0 };
    for (let i = 0; i < REPEATS; i++) {
      const seen = {
        ...{ ...pair, t, w: noisy(of("w")) },
        h: noisy(of("h")).map(h => Math.max(h, 1e-6)),
        y: noisy(of("y")).map(y => Math.max(y, 0)),
      };
      const { intervals } = fitEffectiveRates(seen);
      for (const name of ["etaH", "etaY"] as const) {
        const [low, high] = intervals![name];
        if (low <= rates[name] && rates[name] <= high) covered[name]++;
      }
    }
    // Of 100 intervals that cover with probability 0.9 to 0.95, fewer than 82 do once in two hundred such tests.
    for (const name of ["etaH", "etaY"] as const) expect(covered[name] / REPEATS, name).toBeGreaterThanOrEqual(0.82);
  });

  test("a trajectory whose representation does not move leaves one rate open", () => {
    const t = Array.from({ length: 30 }, (_, i) => 10 * i);
    const states = integrateTwoPoint({ h: 50, y: 0.004, w: -0.036 }, pair, { etaH: 1e-12, etaY: 1e-3 }, t);
    const of = (name: "h" | "y" | "w") => states.map(state => state[name]);
    const { intervals, etaY } = fitEffectiveRates({ ...pair, t, h: of("h"), y: of("y"), w: of("w") });
    expect(etaY / 1e-3).toBeCloseTo(1, 2);
    expect(intervals === null || intervals.etaH[1] / intervals.etaH[0] > 1e3).toBe(true);
  });

  test("the mean's rate is that of the loss", () => {
    const own = trajectory();
    const loss = own.t.map((t, i) =>
      lossOf({ y: own.y[i], w: own.w[i] }, { dy2: pair.dy2, m0: 0.8, etaMean: 0.02, t }),
    );
    expect(fitMeanRate(own, loss, 0.8).etaMean).toBeCloseTo(0.02, 8);
  });
});

test("comparison: the theory's own trajectory agrees with it, altered equations fit worse", () => {
  const own = trajectory(variants.theory, 80, 1500);
  const loss = own.t.map((t, i) => lossOf({ y: own.y[i], w: own.w[i] }, { dy2: pair.dy2, m0: 0.8, etaMean: 0.02, t }));
  const { comparison } = compareWithTheory(own, loss, 0.8);
  expect(comparison.hEnd / comparison.hPredicted).toBeCloseTo(1, 3);
  expect(comparison.drift).toBeLessThan(1e-6);
  expect(comparison.etaMean).toBeCloseTo(0.02, 6);
  const ratios = Object.values(alteredSquares(own, Math.max(comparison.squares, 1e-12)));
  for (const ratio of ratios) expect(ratio === null || ratio > 10).toBe(true);
});
