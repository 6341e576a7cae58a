import { figures } from "../../../src/systems/emergence/figures/index.ts";
import { emergence } from "../../../src/systems/emergence/index.ts";
import { testExhibits } from "../../support/exhibits-draw.ts";
import { shortRun } from "../../support/short-run.ts";

testExhibits(figures, shortRun(emergence, { tokens: 2000, scales: 8, steps: 10, points: 60, window: 15 }));
