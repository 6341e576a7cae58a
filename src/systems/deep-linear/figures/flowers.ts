import type { Point } from "../../../charts/line-chart.ts";
import { pointsOf } from "../../../charts/points-of.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { branchOf } from "../../../protocols/study.ts";
import { flowersLinear, flowersTanh } from "../claims/studies.ts";
import { flowerMoments } from "../flowers.ts";
import { followedStates } from "../theory/followed.ts";

const TONES = [colours.blue, colours.vermillion, colours.green, colours.grey];
const SHOWN = [...flowersTanh, flowersLinear].map((each, i) => ({ ...each, tone: TONES[i]! }));
const RIGHT = 1.45;

/** A field of the records of each sweep up. */
const measured = (run: RunView, field: "dataLoss" | "trainError") =>
  SHOWN.map(({ sweep, tone }) => ({
    points: branchOf(run, sweep, "up").map((record): Point => [record.control, record[field]]),
    colour: tone,
  }));

/** Data loss of the linear network of the same depth, followed to its end and then that of the trivial phase. */
const linear = (D: number): Point[] => {
  const { at, end } = followedStates(flowerMoments, D);
  const last = end();
  return [
    ...pointsOf(gamma => at(gamma)?.dataLoss, 0.01, last - (last - 0.01) / 160),
    [last, flowerMoments.Ey2],
    [RIGHT, flowerMoments.Ey2],
  ];
};

/** Deep networks on measured data: training error over weight decay. */
export const flowers = chartsFigure({
  name: "flowers",
  title: "Real data: deep networks are switched off at once",
  width: 820,
  height: 720,
  needs: SHOWN.map(({ sweep }) => sweep.has("sweep")),
  caption: run =>
    `Measured: a hundred irises of two species told apart by four measurements; training error (share of flowers on the wrong side) and squared error in sweeps of weight decay ` +
    `upward, width 8, ${measured(run, "dataLoss")[0]!.points.length} values each (rings). A network that is switched off decides nothing: chance. ` +
    "Theory (broken): the linear network of the same depth on the same data, four directions of unequal variance: continuous at |E[x y]| with one hidden layer, followed to the " +
    "spinodal with two and three. Tanh networks fit better at weak decay and end where their own curvature lets them, but with the same order.",
  description: "Training error and squared error against weight decay for three depths.",
  charts: run => [
    {
      share: 2,
      title: "Training error",
      description: "Flat, then a jump to one half.",
      x: { label: "weight decay gamma", domain: [0, RIGHT] },
      y: { label: "training error", domain: [0, 0.55] },
      curves: [],
      scatters: measured(run, "trainError"),
      levels: [{ label: "chance", value: 0.5 }],
      key: SHOWN.map(({ activation, D, tone }) => ({
        sample: "ring" as const,
        text: `${activation}, D = ${D}`,
        colour: tone,
      })),
    },
    {
      share: 3,
      title: "Squared error",
      description: "Continuous at one hidden layer, by a jump at two and three.",
      x: { label: "weight decay gamma", domain: [0, RIGHT] },
      y: { label: "squared error E(f - y)^2", domain: [0, 1.05] },
      curves: SHOWN.slice(0, 3).map(({ D, tone }) => ({
        points: linear(D),
        colour: tone,
        dashed: true,
        strokeWidth: 2,
      })),
      scatters: measured(run, "dataLoss"),
      places: [{ label: "|E[x y]|", value: followedStates(flowerMoments, 1).end() }],
    },
  ],
});
