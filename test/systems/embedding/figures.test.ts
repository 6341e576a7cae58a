import { figures } from "../../../src/systems/embedding/figures/index.ts";
import { embedding } from "../../../src/systems/embedding/index.ts";
import { testExhibits } from "../../support/exhibits-draw.ts";
import { shortRun } from "../../support/short-run.ts";

testExhibits(figures, shortRun(embedding, { steps: 12, draws: 4, rowCount: 2, columnCount: 2, every: 4 }));
