import { figures } from "../../../src/systems/output-distribution/figures/index.ts";
import { outputDistribution } from "../../../src/systems/output-distribution/index.ts";
import { testExhibits } from "../../support/exhibits-draw.ts";
import { shortRun } from "../../support/short-run.ts";

testExhibits(figures, shortRun(outputDistribution, { n: 40, repeats: 4, resamples: 10, N: 32, side: 4, steps: 50 }));
