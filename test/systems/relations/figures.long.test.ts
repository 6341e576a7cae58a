import type { Need } from "../../../src/charts/exhibits.ts";
import { figures } from "../../../src/systems/relations/figures/index.ts";
import { relations } from "../../../src/systems/relations/index.ts";
import { testExhibits } from "../../support/exhibits-draw.ts";
import { shortRun } from "../../support/short-run.ts";

const run = shortRun(relations, { steps: 12, every: 6, columns: 2, rows: 2, seeds: 1 });

/** The others are of studies that short reproductions leave out. */
const isQuick = ({ needs }: { readonly needs: readonly Need[] }) =>
  needs.every(({ study }) => run.study(study) !== undefined);

testExhibits({ ...figures, figures: figures.figures.filter(isQuick), tables: figures.tables.filter(isQuick) }, run);
