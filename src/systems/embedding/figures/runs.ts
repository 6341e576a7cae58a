import type { Curve } from "../../../charts/line-chart.ts";
import { colours, series } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartFigure, chartsFigure } from "../../../exhibits/chart-figure.ts";
import { comprehension, grokking } from "../claims/studies.ts";
import { publishedTraining } from "../controls.ts";
import { effectiveFlow } from "../theory/flow.ts";
import { allParallelograms } from "../theory/pairs.ts";
import { normalised } from "../theory/quality.ts";
import { within } from "../theory/training-set.ts";

const quantities = [
  { field: "trainAccuracy", text: "training accuracy", colour: colours.blue },
  { field: "testAccuracy", text: "test accuracy", colour: colours.vermillion },
  { field: "order", text: "RQI", colour: colours.green },
] as const;

/** Accuracies and the quality of the representation of the published run with decay 5. */
export const grokkingFigure = chartFigure({
  name: "grokking-run",
  title: "Late generalisation: the published run at decay 5, rebuilt",
  needs: [grokking.has("checkpoint"), grokking.has("final")],
  caption(run) {
    const [{ trainStep, testStep, qualityStep }] = grokking.of(run, "final");
    return (
      `Measured: accuracies and representation quality index at checkpoints of one run from the random words of the source's code, until its phase is decided. Training accuracy passes 0.9 at step ${trainStep}, ` +
      `the representation 0.95 at ${qualityStep}, test accuracy 0.9 at ${testStep}. Theory: no test accuracy before the representation; the published steps are 1584 and 2594.`
    );
  },
  chart(run) {
    const checkpoints = grokking.of(run, "checkpoint").filter(({ step }) => step > 0);
    const [{ trainStep, testStep }] = grokking.of(run, "final");
    return {
      description: "The test accuracy follows the representation, a thousand steps after the training accuracy.",
      x: { label: "step", scale: "log" },
      y: { label: "share", domain: [-0.03, 1.05] },
      curves: quantities.map(({ field, colour }) => ({
        points: checkpoints.map(checkpoint => [checkpoint.step, checkpoint[field]] as const),
        colour,
      })),
      places: [
        ...(trainStep === null ? [] : [{ label: "training 0.9", value: trainStep }]),
        ...(testStep === null ? [] : [{ label: "test 0.9", value: testStep }]),
      ],
      key: quantities.map(({ text, colour }) => ({ sample: "line", text, colour }) as const),
    };
  },
});

/** Lines of the symbols' normalised embeddings over the steps. */
const symbolCurves = (
  states: readonly { readonly step: number; readonly values: ArrayLike<number> }[],
): readonly Curve[] => {
  const rows = states.map(({ step, values }) => ({ step, E: normalised({ values, dimensions: 1 }, 1) }));
  return Array.from(rows[0].E, (_, symbol) => ({
    points: rows.map(({ step, E }) => [step, E[symbol]] as const),
    colour: series[symbol % series.length],
    label: String(symbol),
  }));
};

/** The effective flow from the start of a run, in the code's normalisation, at the steps of its checkpoints. */
const flowStates = (run: RunView) => {
  const states = comprehension.of(run, "embedding");
  const { embeddingRate } = comprehension.settings(run);
  const start = normalised({ values: states[0].values, dimensions: 1 }, 1);
  const links = within(allParallelograms(10), publishedTraining());
  const flow = effectiveFlow(10, links, start, { normalisation: "sum", Z0: 9 });
  return states.map(({ step }) => ({ step, values: flow.at(embeddingRate * step).normalised }));
};

/** Embeddings of ten symbols as they line up, beside the effective flow from the same start. */
export const trajectoriesFigure = chartsFigure({
  name: "trajectories",
  title: "Ten symbols line up: network and effective flow",
  description: "Normalised embeddings of one dimension over the steps.",
  height: 820,
  needs: [comprehension.has("embedding")],
  caption: () =>
    "Measured: normalised embeddings of one run from the random words of the source's code, a line for each symbol, above. Theory, below: the effective flow of l_0 / Z_0 over the training parallelograms from the same start, " +
    "with l_0 the sum and Z_0 = 9 as in the source's code; only this normalisation has the time scale of training. Both tend to equal distances on a line, in the same order; the network moves by Adam, whose steps have a size of their own.",
  charts: run =>
    [
      { title: "Network", states: comprehension.of(run, "embedding") },
      { title: "Effective flow", states: flowStates(run) },
    ].map(({ title, states }) => ({
      title,
      description: "Ten lines that end equally far apart.",
      x: { label: "step" },
      y: { label: `embedding, ${title.toLowerCase()}` },
      curves: symbolCurves(states),
    })),
});
