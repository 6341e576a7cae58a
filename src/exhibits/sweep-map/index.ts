import type { Figure } from "../../charts/exhibits.ts";
import type { RunView } from "../../contracts/run-view.ts";
import { orderFigure } from "./order.ts";
import { phasesFigure } from "./phases.ts";
import { phasesOfSeedsFigure } from "./phases-of-seeds.ts";
import { axesIn, type SeenSweep } from "./seen-sweep.ts";
import { slicesFigure } from "./slices.ts";

/** The pictures of a study of the protocol `sweep`. */
export const sweepFigures = (seen: SeenSweep, run: RunView): readonly Figure[] => {
  const hasOrder = seen.study.of(run, "cell").some(({ order }) => typeof order === "number");
  const { y } = axesIn(seen, run);
  return [
    y === null ? phasesOfSeedsFigure(seen) : phasesFigure(seen, y),
    ...(hasOrder && y !== null ? [orderFigure(seen, y)] : []),
    ...(hasOrder ? [slicesFigure(seen, y)] : []),
  ];
};
