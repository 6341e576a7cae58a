import type { Figure } from "../../charts/exhibits.ts";
import type { RunView } from "../../contracts/run-view.ts";
import { placedCells } from "../../protocols/sweep-axes.ts";
import { orderFigure } from "./order.ts";
import { phasesFigure } from "./phases.ts";
import { phasesOfSeedsFigure } from "./phases-of-seeds.ts";
import { axesIn, type SeenSweep } from "./seen-sweep.ts";
import { slicesFigure } from "./slices.ts";

/** The pictures of a study of the protocol `sweep`; none when no run lies on its map. */
export const sweepFigures = (seen: SeenSweep, run: RunView): readonly Figure[] => {
  const axes = axesIn(seen, run);
  const placed = placedCells(seen.study.of(run, "cell"), axes);
  if (placed.length === 0) return [];
  const hasOrder = placed.some(({ record: { order } }) => typeof order === "number");
  const { y } = axes;
  return [
    y === null ? phasesOfSeedsFigure(seen) : phasesFigure(seen, y),
    ...(hasOrder && y !== null ? [orderFigure(seen, y)] : []),
    ...(hasOrder ? [slicesFigure(seen, y)] : []),
  ];
};
