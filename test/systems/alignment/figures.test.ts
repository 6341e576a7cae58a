import { figures } from "../../../src/systems/alignment/figures/index.ts";
import { alignment } from "../../../src/systems/alignment/index.ts";
import { testExhibits } from "../../support/exhibits-draw.ts";
import { shortRun } from "../../support/short-run.ts";

testExhibits(
  figures,
  shortRun(alignment, {
    steps: 60,
    looks: 20,
    width: 8,
    depth: 3,
    readLayer: 1,
    rowCount: 2,
    centres: 3,
    channels: 4,
    stepSize: 0.02,
  }),
);
