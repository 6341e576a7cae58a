import { describe, expect, test } from "vitest";
import { escapeLaw } from "../../../src/coefficient/exact/escape-law.ts";
import { reducedRank, reducedRankLocal } from "../../../src/coefficient/exact/reduced-rank.ts";
import { fraction, toNumber } from "../../../src/numerics/fraction.ts";
import { cappedEffectiveSize, meanWithError } from "../../../src/numerics/statistics.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { gibbs, type TwoLayerTarget } from "../gibbs.ts";

const read = (target: TwoLayerTarget, draws: number) => {
  const series = gibbs(target, draws, stream({ seed: 4, purpose: `gibbs ${target.t}` })).subarray(draws / 5);
  return { ...meanWithError(series), effective: cappedEffectiveSize(series) };
};

describe("a chain held at a stratum by a localiser", () => {
  const model = { inputs: 1, hidden: 2, outputs: 4, rank: 0 };
  // rank A = 1, rank B = 0; the deepest stratum, A = 0, is at distance 1.
  const phases = {
    gamma: 25,
    distance: 1,
    lambdaHere: reducedRankLocal({ ...model, excessRankFirstLayer: 1, excessRankSecondLayer: 0 }).lambda,
    lambdaThere: reducedRank(model).lambda,
  };
  const target = (t: number): TwoLayerTarget => ({
    ...model,
    truth: new Float64Array(4),
    centre: Float64Array.of(1, 0, ...new Array<number>(8).fill(0)),
    gamma: phases.gamma,
    t,
  });

  test("is predicted to leave at log t = 12.5", () => {
    expect(escapeLaw(phases)).toEqual({ escapes: true, logT: 12.5 });
  });

  test("reads the local value below and the global one above", () => {
    const below = read(target(1e4), 10_000);
    expect(below.effective).toBeGreaterThan(1000);
    // What is left at log t = 9.2 is the share of the other phase, and the localiser's.
    expect(Math.abs(below.mean - 2)).toBeLessThan(0.05 + 5 * below.standardError);
    const above = read(target(1e8), 10_000);
    expect(above.effective).toBeGreaterThan(100);
    expect(Math.abs(above.mean - 1)).toBeLessThan(0.1 + 5 * above.standardError);
  });
});

describe("the local value at a stratum, read where the escape law allows it", () => {
  test.each([
    [3, 3, 3, 1, 1, 0],
    [2, 2, 2, 0, 0, 2],
    [4, 3, 5, 1, 1, 1],
  ])("(%i, %i, %i) rank %i, a = %i, b = %i", (inputs, hidden, outputs, rank, a, b) => {
    const centre = new Float64Array(hidden * (inputs + outputs));
    for (let unit = 0; unit < rank + a; unit++) centre[unit * inputs + unit] = 1;
    for (let unit = 0; unit < rank + b; unit++)
      centre[hidden * inputs + unit * hidden + (unit < rank ? unit : unit + a)] = 1;
    const truth = new Float64Array(outputs * inputs);
    for (let i = 0; i < rank; i++) truth[i * inputs + i] = 1;
    const point = { inputs, hidden, outputs, rank, excessRankFirstLayer: a, excessRankSecondLayer: b };
    const { lambda, multiplicity } = reducedRankLocal(point);
    expect(multiplicity).toBe(1);
    const global = reducedRank(point).lambda;
    const gamma = 100;
    const t = 1e6;
    const law = escapeLaw({ gamma, distance: 1, lambdaHere: lambda, lambdaThere: global });
    if (law.escapes) expect(Math.log(t)).toBeLessThan(law.logT);
    const { mean, standardError, effective } = read({ inputs, hidden, outputs, truth, centre, gamma, t }, 5000);
    expect(effective).toBeGreaterThan(500);
    expect(Math.abs(mean - toNumber(lambda))).toBeLessThan(0.02 + 5 * standardError);
  });
});

test("no localiser is needed where the other phase is not the more singular", () => {
  expect(escapeLaw({ gamma: 1, distance: 1, lambdaHere: fraction(1), lambdaThere: 1 })).toMatchObject({
    escapes: false,
  });
  expect(() => escapeLaw({ gamma: -1, distance: 1, lambdaHere: 2, lambdaThere: 1 })).toThrow(/^gamma is -1/);
  expect(() => escapeLaw({ gamma: 1, distance: 1, lambdaHere: NaN, lambdaThere: 1 })).toThrow(/^lambdaHere is NaN/);
});
