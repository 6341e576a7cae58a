import { figures } from "../../../src/systems/collective-learning/figures/index.ts";
import { collectiveLearning } from "../../../src/systems/collective-learning/index.ts";
import { testExhibits } from "../../support/exhibits-draw.ts";
import { shortRun } from "../../support/short-run.ts";

testExhibits(figures, shortRun(collectiveLearning, { steps: 50, networks: 12, values: 6 }));
