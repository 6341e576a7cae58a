import type { LineChart } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { sweepScan } from "../claims/learning.ts";
import { deepSweep, shallowSweep } from "../claims/studies.ts";
import { decays, sweptPredictor } from "../model/decay-sweep.ts";

const steps = [
  { step: 0.02, colour: colours.blue },
  { step: 0.01, colour: colours.green },
  { step: 0.005, colour: colours.vermillion },
] as const;

const chartOf = (run: RunView, study: typeof shallowSweep, end: number, title: string): LineChart => {
  const { D, from, to } = study.settings(run);
  const exact = steps.map(({ step, colour }) => {
    const gammas = decays(from, to, step);
    const { splits, lin } = sweepScan(
      gammas,
      gammas.map(gamma => sweptPredictor(D, gamma)),
    );
    return { points: splits.map((split, i) => [split, lin[i]] as const), colour, label: `step ${step}` };
  });
  const predictors = study.of(run, "samples");
  const first = predictors.filter(({ chain }) => chain === 0);
  const gammas = first.map(({ control }) => control);
  const measured = sweepScan(
    gammas,
    first.map(({ samples }) => samples[0]),
  );
  return {
    title,
    description: "Exact scans with three steps of the weight decay, and that of a trained network with the first.",
    x: { label: "weight decay", domain: [from, to] },
    y: { label: "lin, mean over 64 probes, L = 1" },
    curves: exact,
    scatters: [
      {
        points: measured.splits.map((split, i) => [split, measured.lin[i]] as const),
        colour: colours.blue,
      },
    ],
    places: [{ label: "end of learning", value: end }],
    key: [{ sample: "ring", text: "a trained network", colour: colours.blue }],
  };
};

export const decayFigure = chartsFigure({
  name: "decay-sweep",
  title:
    "The end of learning in weight decay, seen in outputs alone: continuous with one hidden layer, a jump with two",
  description: "Outputs of linear networks while weight decay goes up.",
  height: 760,
  needs: [shallowSweep.has("samples"), deepSweep.has("samples")],
  caption: run =>
    `Measured: a network of ${shallowSweep.settings(run).width} neurons a layer, trained while weight decay goes up in steps of ${shallowSweep.settings(run).step} (rings). ` +
    "Theory: the predictor of the learned phase of deep linear networks, for three steps (lines). With one hidden layer, above, the height falls with the square of the step; with two, below, that at the end of learning tends to a constant.",
  charts: run => [
    chartOf(run, shallowSweep, 1, "One hidden layer"),
    chartOf(run, deepSweep, 0.47247, "Two hidden layers"),
  ],
});
