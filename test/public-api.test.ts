import { expect, test } from "vitest";
import * as core from "../src/index.ts";

test("landau exports exactly these names", () => {
  expect(Object.keys(core).sort()).toMatchInlineSnapshot(`
    [
      "LandauError",
      "adam",
      "allowedRange",
      "bootstrap",
      "effectiveSampleSize",
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
      "posteriorPotential",
      "quantile",
      "runInMemory",
      "stream",
      "systems",
      "train",
      "verifyFile",
      "webExecutor",
      "wilson",
    ]
  `);
});
