import { describe, expect, test } from "vitest";
import type { Objective } from "../../src/contracts/objective.ts";
import { exp, log } from "../../src/numerics/elementary.ts";
import { chainsOf } from "../../src/sampling/chains-of.ts";
import { evenLadder, firstLadder } from "../../src/sampling/ladder.ts";
import { langevin } from "../../src/sampling/langevin.ts";
import { mala } from "../../src/sampling/mala.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { boxed, customPrior, flatPrior, normalPrior } from "../../src/sampling/prior.ts";
import { sample } from "../../src/sampling/sample.ts";
import { posterior } from "../../src/sampling/target.ts";
import { tempering } from "../../src/sampling/tempering.ts";
import { quadratic } from "../learning/quadratic.ts";
import { expectMean } from "./support.ts";

/** -log of two heaps of width 1 / sqrt 10 at w = +-2 in each of two dimensions, three times as much on the right. */
const twoHeaps: Objective = {
  parameters: [{ name: "w", shape: [2], offset: 0 }],
  size: 2,
  loss: w => twoHeaps.lossAndGradient(w, new Float64Array(2)),
  lossAndGradient(w, gradient) {
    const right = log(0.75) - 5 * ((w[0] - 2) ** 2 + w[1] ** 2);
    const left = log(0.25) - 5 * ((w[0] + 2) ** 2 + w[1] ** 2);
    const most = Math.max(left, right);
    const [a, b] = [exp(right - most), exp(left - most)];
    const share = a / (a + b);
    gradient[0] = 10 * (w[0] - 2 * share + 2 * (1 - share));
    gradient[1] = 10 * w[1];
    return -(most + log(a + b));
  },
};

const room = boxed({ low: [-6, -6], high: [6, 6] });
const target = posterior({ objective: twoHeaps, nBeta: 1, prior: room });
const start = () => Float64Array.of(-2, 0);

describe("two heaps that no local sampler crosses between", () => {
  test("NUTS alone stays where it began", () => {
    const samples = sample({
      sampler: nuts(),
      target,
      seed: 1,
      draws: 500,
      start: chain => Float64Array.of(chain % 2 ? 2 : -2, 0),
    });
    expect(samples.health().outcome).toBe("bad");
    expect(samples.health().text).toContain("tempering if they sit in different modes");
  });

  test.each([
    ["NUTS", nuts()],
    ["MALA", mala()],
  ])("tempering over %s visits both as often as they weigh, and proves it by round trips", (_name, local) => {
    const samples = sample({
      sampler: tempering({ local, rungs: 6 }),
      target,
      seed: 1,
      draws: 4000,
      burnIn: 1000,
      start,
    });
    const right = chainsOf(samples, "w[0]").map(chain => Array.from(chain, w => (w > 0 ? 1 : 0)));
    expectMean(right, 0.75, { ess: 400 });
    const within = chainsOf(samples, "w[0]").map(chain => Array.from(chain, w => (Math.abs(w) - 2) ** 2));
    expectMean(within, 0.1, { ess: 400 });
    for (const report of samples.reports) {
      expect(Number(report.roundTrips)).toBeGreaterThan(30);
      const rates = report.swapAcceptance as number[];
      expect(rates.length).toBe(5);
      // The burn-in has moved the rungs until all swaps are about as likely.
      expect(Math.max(...rates) - Math.min(...rates)).toBeLessThan(0.25);
      const ladder = report.ladder as number[];
      expect([ladder[0], ladder[5]]).toEqual([0, 1]);
      expect([...ladder].sort((a, b) => a - b)).toEqual(ladder);
    }
  });
});

describe("the ladder", () => {
  test("begins at the hottest rung and ends at the target's", () => {
    expect([...firstLadder(3, 0)]).toEqual([0, 1 / 32, 1]);
    expect([...firstLadder(2, 0.25)]).toEqual([0.25, 1]);
  });

  test("divides the barrier into equal parts", () => {
    // Rejections 0.6 then 0.2: half of the barrier, 0.4, lies two thirds up the first segment.
    const moved = evenLadder(Float64Array.of(0, 0.5, 1), Float64Array.of(0.6, 0.2));
    expect(moved[1]).toBeCloseTo(1 / 3, 12);
    expect([moved[0], moved[2]]).toEqual([0, 1]);
  });

  test("stays where all swaps are alike, or where none is refused", () => {
    const even = evenLadder(Float64Array.of(0, 0.3, 0.7, 1), Float64Array.of(0.25, 0.25, 0.25));
    [0, 0.3, 0.7, 1].forEach((share, k) => void expect(even[k]).toBeCloseTo(share, 12));
    expect([...evenLadder(Float64Array.of(0, 0.1, 1), Float64Array.of(0, 0))]).toEqual([0, 0.1, 1]);
  });

  test("stays in order where some swaps are never refused", () => {
    const moved = [...evenLadder(firstLadder(6, 0), Float64Array.of(0, 0.9, 0, 0, 0.5))];
    for (let k = 1; k < 6; k++) expect(moved[k]).toBeGreaterThan(moved[k - 1]);
  });

  test("is left alone when asked to be", () => {
    const sampler = tempering({ local: mala(), rungs: 4, adaptLadder: false });
    const samples = sample({ sampler, target, seed: 1, chains: 1, draws: 10, burnIn: 64, start });
    expect(samples.reports[0].ladder).toEqual([...firstLadder(4, 0)]);
  });
});

describe("what cannot be tempered is refused", () => {
  const run = (local: ReturnType<typeof mala>, prior = normalPrior({ priorStd: 1, size: 2 }), settings = {}) =>
    sample({
      sampler: tempering({ local, ...settings }),
      target: posterior({ objective: quadratic([1, 1]), nBeta: 1, prior }),
      seed: 1,
      draws: 2,
      start: new Float64Array(2),
    });

  test("batches, whose losses cannot be compared", () => {
    expect(() => tempering({ local: langevin({ stepSize: 0.1, batch: 4 }) })).toThrow(
      "batch is 4: needs all samples under tempering",
    );
  });

  test("a prior that may have no integral, unless the hottest rung is given", () => {
    const custom = customPrior({ name: "mine" }, { energy: () => 0, addGradient() {} });
    for (const prior of [flatPrior(), custom]) {
      expect(() => run(mala(), prior)).toThrow("hottest is undefined: needs a share above 0");
      expect(run(mala(), prior, { hottest: 0.2 }).draws.length).toBe(4);
    }
  });

  test.each([
    [{ rungs: 1 }, "rungs is 1: needs a whole number from 2"],
    [{ hottest: 1 }, "hottest is 1: needs a share in [0, 1)"],
    [{ localSteps: 0 }, "localSteps is 0: needs a whole number from 1"],
  ])("%o", (settings, message) => {
    expect(() => run(mala(), undefined, settings)).toThrow(message);
  });
});
