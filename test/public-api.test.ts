import { expect, test } from "vitest";
import * as core from "../src/index.ts";

test("landau exports exactly these names", () => {
  expect(Object.keys(core).sort()).toMatchInlineSnapshot(`
    [
      "LandauError",
      "adam",
      "allowedRange",
      "bootstrap",
      "clipped",
      "cosineDecay",
      "descend",
      "effectiveSampleSize",
      "exponentialDecay",
      "findPlateaus",
      "fullBatch",
      "gradientDescent",
      "gradientFlow",
      "heavyBall",
      "inlineExecutor",
      "isLandauError",
      "judge",
      "judgeComparison",
      "langevinStep",
      "leapfrog",
      "linearCheckpoints",
      "logAndLinearCheckpoints",
      "logCheckpoints",
      "meanWithError",
      "minibatches",
      "parseSpec",
      "patience",
      "piecewiseLinear",
      "posteriorPotential",
      "quantile",
      "runInMemory",
      "stepDecay",
      "stream",
      "systems",
      "verifyFile",
      "warmUp",
      "webExecutor",
      "wilson",
    ]
  `);
});
