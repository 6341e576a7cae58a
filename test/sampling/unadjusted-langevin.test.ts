import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { langevin } from "../../src/sampling/langevin.ts";
import { localised } from "../../src/sampling/prior.ts";
import { sample } from "../../src/sampling/sample.ts";
import { posterior } from "../../src/sampling/target.ts";
import { BATCH, noisyQuadratic } from "./noisy-quadratic.ts";
import { expectMean } from "./support.ts";

interface Case {
  readonly quantity: string;
  readonly input: {
    readonly curvatures: readonly number[];
    readonly nBeta: number;
    readonly localisation: number;
    readonly stepSize: number;
    readonly gradNoiseVariance: number;
  };
  readonly expected: { readonly llcHat: number; readonly continuousLimit: number };
}

const file = join(import.meta.dirname, "../vectors/coefficient.json");
const cases = (JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] }).cases.filter(
  ({ quantity }) => quantity === "unadjusted-langevin",
);

/** Of each chain, for every case: enough to see its bias. */
const DRAWS = [80_000, 10_000, 10_000, 20_000, 10_000, 40_000];

test.each(cases.map(({ input, expected }, i) => ({ i, input, expected, draws: DRAWS[i] })))(
  "case $i: nBeta times the mean loss is the stationary one of the step size, not that of none",
  ({ input, expected, draws: length }) => {
    const { curvatures, nBeta, localisation, stepSize, gradNoiseVariance } = input;
    const size = curvatures.length;
    const objective = noisyQuadratic(curvatures, nBeta, gradNoiseVariance);
    const { draws } = sample({
      sampler: langevin({ stepSize, ...(gradNoiseVariance > 0 && { batch: BATCH }) }),
      target: posterior({
        objective,
        nBeta,
        prior: localised({ gamma: localisation, centre: new Float64Array(size) }),
      }),
      seed: 11,
      chains: 2,
      draws: length,
      burnIn: 2000,
      thin: 10,
      start: new Float64Array(size),
      keep: {
        names: ["nBeta L"],
        write(w, out) {
          out[0] = nBeta * objective.loss(w);
        },
      },
    });
    const error = expectMean(draws, expected.llcHat, { ess: 5000 });
    // The bias itself must stand out, or the test would not see it.
    expect(Math.abs(expected.llcHat - expected.continuousLimit)).toBeGreaterThan(5 * error);
    expect(() => expectMean(draws, expected.continuousLimit, { ess: 5000 })).toThrow("distance of");
  },
);
