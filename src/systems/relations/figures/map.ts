import type { Figure } from "../../../charts/exhibits.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { phasesFigure } from "../../../exhibits/sweep-map/phases.ts";
import { axesIn, type SeenSweep } from "../../../exhibits/sweep-map/seen-sweep.ts";
import { decayMap, rateMap } from "../claims/studies.ts";
import { relationsLearner } from "../learner.ts";
import { sweepProtocol } from "../protocols/sweep.ts";

/** A map of phases with words of its own; both its axes are swept. */
const mapFigure = (study: typeof rateMap, name: string, title: string, theory: string): Figure => {
  const seen: SeenSweep = {
    study: study as unknown as SeenSweep["study"],
    controls: sweepProtocol.settings,
    learner: relationsLearner,
  };
  const drawn = (run: RunView): Figure => phasesFigure(seen, axesIn(seen, run).y!);
  return {
    name,
    title,
    width: 760,
    height: 520,
    needs: [study.has("cell")],
    caption: run =>
      `${drawn(run)
        .caption(run)
        .replace(/Theory .*$/s, "")}Theory: ${theory}`,
    draw: (run, surface) => drawn(run).draw(run, surface),
  };
};

export const mapFigures = [
  mapFigure(
    rateMap,
    "phases-of-rates",
    "Phases over the two learning rates",
    "only their ratio counts, so that the border of generalisation has slope 1 in logarithmic axes; no formula says where it lies.",
  ),
  mapFigure(
    decayMap,
    "phases-of-decay",
    "Phases over the decoder's rate and its decay",
    "the source's figure 8, in which decay moves the delay and not the border.",
  ),
];
