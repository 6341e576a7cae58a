import type { Figure } from "../../../charts/exhibits.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartFigure } from "../../../exhibits/chart-figure.ts";
import { phasesFigure } from "../../../exhibits/sweep-map/phases.ts";
import { axesIn, type SeenSweep } from "../../../exhibits/sweep-map/seen-sweep.ts";
import { wilson } from "../../../numerics/statistics.ts";
import { decayStudies, rateMap } from "../claims/studies.ts";
import { relationsLearner } from "../learner.ts";
import { sweepProtocol } from "../protocols/sweep.ts";

const seen: SeenSweep = {
  study: rateMap as unknown as SeenSweep["study"],
  controls: sweepProtocol.settings,
  learner: relationsLearner,
};

/** Both axes of the map are swept. */
const drawn = (run: RunView): Figure => phasesFigure(seen, axesIn(seen, run).y!);

export const ratesFigure: Figure = {
  name: "phases-of-rates",
  title: "Phases over the two learning rates",
  width: 760,
  height: 520,
  needs: [rateMap.has("cell")],
  caption: run =>
    `${drawn(run)
      .caption(run)
      .replace(
        /Theory .*$/s,
        "",
      )}Theory: only their ratio counts, so that the border of generalisation has slope 1 in logarithmic axes; no formula says where it lies.`,
  draw: (run, surface) => drawn(run).draw(run, surface),
};

const sharesOf = (run: RunView) =>
  decayStudies.map(study => {
    const finals = study.of(run, "final");
    const hits = finals.filter(({ testStep }) => testStep !== null).length;
    const { low, high } = wilson(hits, finals.length);
    return { decay: study.settings(run).weightDecay, share: hits / finals.length, range: [low, high] as const };
  });

export const decayFigure = chartFigure({
  name: "weight-decay",
  title: "Decay of a decoder a hundred times as fast as the embeddings",
  needs: decayStudies.map(study => study.has("final")),
  caption: run =>
    `Measured: share of ${decayStudies[0].of(run, "final").length} seeds whose test accuracy exceeds 0.9 within ${
      decayStudies[0].settings(run).steps
    } steps, with 95 % Wilson intervals. Theory: none for decay; the source's figure 8 has a border that does not move.`,
  chart: run => ({
    description: "More seeds generalise the stronger the decay.",
    x: { label: "weight decay of the decoder", scale: "log", domain: [0.005, 2] },
    y: { label: "share of seeds that generalise", domain: [0, 1] },
    curves: [],
    scatters: [
      {
        points: sharesOf(run).map(({ decay, share }) => [decay, share] as const),
        ranges: sharesOf(run).map(({ range }) => range),
        colour: colours.blue,
      },
    ],
  }),
});
