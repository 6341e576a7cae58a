import { describe, expect, test } from "vitest";
import { stream } from "../../src/numerics/stream.ts";
import { chainsOf } from "../../src/sampling/chains-of.ts";
import { largestCurvature } from "../../src/sampling/curvature.ts";
import { langevin } from "../../src/sampling/langevin.ts";
import { boxed, localised } from "../../src/sampling/prior.ts";
import { sample } from "../../src/sampling/sample.ts";
import { posterior } from "../../src/sampling/target.ts";
import { quadratic } from "../learning/quadratic.ts";
import { expectMean } from "./support.ts";

const random = (purpose: string) => stream({ seed: 1, purpose });
const prior = localised({ gamma: 3, centre: new Float64Array(3) });
const target = posterior({ objective: quadratic([1, 4, 13]), nBeta: 10, prior });

test("the largest curvature of a quadratic is nBeta times its largest, plus gamma", () => {
  const w = Float64Array.of(0.3, -1, 0.1);
  expect(largestCurvature(target, w, random("curvature"), 60)).toBeCloseTo(133, 4);
});

describe("the step size", () => {
  test("when absent is a fortieth of the stable limit at the start", () => {
    const kernel = langevin().on(target, { random, burnIn: 0 });
    const { stepSize } = kernel.init(new Float64Array(3));
    expect(stepSize / (4 / 133 / 40)).toBeCloseTo(1, 2);
  });

  test("cannot be found where there is no curvature", () => {
    const flat = posterior({ objective: quadratic([0]), nBeta: 1 });
    expect(() => langevin().on(flat, { random, burnIn: 0 }).init(Float64Array.of(1))).toThrow(
      /^stepSize is undefined: needs a number, as U has no curvature/,
    );
  });

  test("when too long is named with the limit: 4 / 133", () => {
    const kernel = langevin({ stepSize: 0.05 }).on(target, { random, burnIn: 0 });
    const state = kernel.init(Float64Array.of(0.1, 0.1, 0.1));
    expect(() => {
      for (;;) kernel.step(state);
    }).toThrow(
      /^the loss is (NaN|Infinity) at step \d+ of langevin \{"stepSize":0.05,"noise":1\}: needs stepSize < 0.0301 \(4 \/ largest curvature of U at the start\)$/,
    );
  });
});

test("walls reflect: a uniform density between them stays uniform", () => {
  const free = posterior({ objective: quadratic([0]), nBeta: 1, prior: boxed({ low: [2], high: [3] }) });
  const samples = sample({
    sampler: langevin({ stepSize: 0.05 }),
    target: free,
    seed: 2,
    draws: 8000,
    start: Float64Array.of(2.2),
  });
  const w = chainsOf(samples, "w[0]");
  expectMean(w, 2.5, { ess: 1000 });
  expectMean(
    w.map(chain => Array.from(chain, x => (x - 2.5) ** 2)),
    1 / 12,
    { ess: 1000 },
  );
});
