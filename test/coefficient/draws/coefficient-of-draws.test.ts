import { describe, expect, test } from "vitest";
import { type CoefficientOfDraws, coefficientOfDraws } from "../../../src/coefficient/draws/coefficient-of-draws.ts";
import { stepBiasOf } from "../../../src/coefficient/draws/step-bias.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { lossChains } from "../../support/loss-chains.ts";
import { messageOf } from "../../support/message-of.ts";

const place = { nBeta: 500, baseline: 0.4 };
const SEEDS = [1, 2, 3, 4, 5];
const judged = (chains: readonly Float64Array[]): CoefficientOfDraws => coefficientOfDraws({ chains, ...place });
const outcomeOf = ({ health }: CoefficientOfDraws, name: string) =>
  health.findings.find(finding => finding.name === name)?.outcome;

describe("good draws: a number that holds the truth, and no complaint", () => {
  // Kinds of good chains: fast and slow, with and without the noise of minibatches, few and many directions.
  test.each([
    { seed: 1 },
    { seed: 2, left: 0.9, draws: 1500 },
    { seed: 3, noise: 4 },
    { seed: 4, directions: 1, noise: 0 },
    { seed: 5, directions: 40, left: 0.5, draws: 400 },
  ])("%o", kind => {
    const result = judged(lossChains(kind));
    expect(result.health.text).toBe("no complaint");
    const truth = (kind.directions ?? 8) / 2;
    expect(Math.abs(result.lambda! - truth)).toBeLessThan(3 * result.standardError!);
    expect(result.standardError! / truth).toBeLessThan(0.1);
  });
});

describe("each failure is named, with every seed", () => {
  const spoilt: { readonly [sign: string]: (chains: Float64Array[], seed: number) => Float64Array[] } = {
    drift: chains => chains.map(chain => chain.map((loss, draw) => loss + (8 * draw) / 800 / 500)),
    spikes: (chains, seed) => {
      chains[seed % 4][100 * seed] += 200 / 500;
      return chains;
    },
    finite: (chains, seed) => {
      chains[seed % 4].fill(Number.NaN, 150 * seed);
      return chains;
    },
    moving: (chains, seed) => {
      chains[seed % 4].fill(0.41);
      return chains;
    },
    copies: (chains, seed) => {
      chains[seed % 4] = chains[(seed + 1) % 4].slice();
      return chains;
    },
  };
  for (const [sign, spoil] of Object.entries(spoilt))
    test.each(SEEDS)(`${sign}, seed %i`, seed => {
      const result = judged(spoil(lossChains({ seed }), seed));
      expect(["doubtful", "bad"]).toContain(outcomeOf(result, sign));
      expect(result.verdict).toContain(sign);
    });

  test.each(SEEDS)("low signal, seed %i", seed => {
    // Minibatches that say almost nothing: noise of 1000 around a coefficient of 4.
    expect(outcomeOf(judged(lossChains({ seed, noise: 1000 })), "signal")).toBe("bad");
  });

  test.each(SEEDS)("chains on different levels, seed %i", seed => {
    const chains = lossChains({ seed });
    chains[0] = chains[0].map(loss => loss + 10 / 500);
    expect(outcomeOf(judged(chains), "agreement")).toBe("bad");
  });

  test("losses below that of w*, which is then no minimum", () => {
    const result = coefficientOfDraws({ chains: lossChains({ seed: 1 }), nBeta: 500, baseline: 0.5 });
    expect(result.health.text).toContain("w* is no minimum");
  });
});

test("chains that are broken, dead or copies do not count", () => {
  const chains = lossChains({ seed: 7 });
  const whole = judged(chains.slice(0, 2));
  const spoilt = judged([
    ...chains.slice(0, 2),
    chains[2].map((loss, draw) => (draw > 400 ? Number.NaN : loss)),
    chains[0].slice(),
    chains[0].map(() => 0.4),
  ]);
  expect(spoilt.chains).toBe(2);
  expect(spoilt.lambda).toBe(whole.lambda);
});

test("a start from w* is left out: its draws lie below the level", () => {
  // Directions that need 100 steps to fill.
  const chains = lossChains({ seed: 3, left: 0.99, draws: 4000, directions: 60 });
  const { burnIn, lambda, standardError } = judged(chains);
  expect(burnIn).toBeGreaterThan(30);
  expect(burnIn).toBeLessThan(600);
  expect(Math.abs(lambda! - 30)).toBeLessThan(3 * standardError!);
});

test("the error of L(w*) widens the interval", () => {
  const chains = lossChains({ seed: 2 });
  const exact = coefficientOfDraws({ chains, ...place });
  const noisy = coefficientOfDraws({ chains, ...place, baselineError: 0.001 });
  expect(noisy.standardError! ** 2 - exact.standardError! ** 2).toBeCloseTo(0.5 ** 2, 10);
});

test.each([0.1, 0.4, 0.8])("the bias of unadjusted steps is read off the correlations: step %f", step => {
  // One direction of curvature 1, step e: the exact value of 2 nBeta <K> is 1 / (1 - e/4).
  const numbers = stream({ seed: 11, purpose: "test step bias" });
  let x = 0;
  const chains = Array.from({ length: 4 }, () =>
    Float64Array.from({ length: 40_000 }, () => {
      x += -0.5 * step * x + Math.sqrt(step) * numbers.normal();
      return 0.5 * x * x + 0.2 * numbers.normal();
    }),
  );
  const exact = 1 / (1 - step / 4) - 1;
  expect(Math.abs(stepBiasOf(chains, 1)! - exact)).toBeLessThan(0.2 * exact);
});

test("bad input is refused with its value", () => {
  const chains = lossChains({ seed: 1, draws: 40 });
  expect(messageOf(() => coefficientOfDraws({ chains, nBeta: 0, baseline: 0 }))).toContain("nBeta is 0");
  expect(messageOf(() => coefficientOfDraws({ chains, nBeta: 1, baseline: Number.NaN }))).toContain("baseline");
  expect(messageOf(() => coefficientOfDraws({ chains: [], nBeta: 1, baseline: 0 }))).toContain("chains is 0");
  expect(messageOf(() => judged([chains[0], chains[1].subarray(5)]))).toContain("chain 2 has 35 draws");
  expect(messageOf(() => judged([chains[0].subarray(0, 10)]))).toContain("at least 20");
});
