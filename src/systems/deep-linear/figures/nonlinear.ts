import type { Curve, LineChart, Point } from "../../../charts/line-chart.ts";
import { pointsOf } from "../../../charts/points-of.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { activations } from "../../../numerics/activations.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { branchOf, type StudyFrom } from "../../../protocols/study.ts";
import { activationSweeps, judgedCurved, sweptActivations } from "../claims/studies.ts";
import type { networkAnneal } from "../learner.ts";
import { rectifiedNorm } from "../theory/half-problems.ts";
import { landauExpansion, neuronBranch } from "../theory/neuron.ts";

const TONES = { tanh: colours.blue, relu: colours.vermillion, swish: colours.green };

/** Sweeps with one hidden layer and curved targets, beside one neuron on the same target. */
const CURVED = judgedCurved.map((each, i) => ({
  ...each,
  tone: [colours.blue, colours.purple, colours.green][i]!,
}));

const points = (run: RunView, sweep: StudyFrom<typeof networkAnneal>, direction: "up" | "down"): Point[] =>
  branchOf(run, sweep, direction, 0).map(({ control, QU }): Point => [control, QU]);

/** Down (faint) and up. */
const bothWays = (run: RunView, sweep: StudyFrom<typeof networkAnneal>, colour: string) => [
  { points: points(run, sweep, "down"), colour, opacity: 0.45 },
  { points: points(run, sweep, "up"), colour },
];

const predicted = (points: readonly Point[], colour: string = colours.grey): Curve => ({
  points,
  colour,
  dashed: true,
  strokeWidth: 2,
});

/** |U|^2 of the two half-problems; of tanh with one hidden layer the tangent at gamma = 1, eight neurons sharing Gaussian inputs. */
const theoryOf = (D: number): Curve[] => {
  const end = D === 1 ? 0.5 : 0.2362351;
  const rectified = predicted(pointsOf(gamma => rectifiedNorm({ D, N: 1, kappa: 1 }, gamma), 0.005, end));
  const tangent = 1 / landauExpansion(activations.tanh, [0, 1], 8).r4;
  return D === 1 ? [rectified, predicted(pointsOf(gamma => tangent * (1 - gamma), 0.75, 1, 2))] : [rectified];
};

/** Stationary states of one neuron, the unstable ones included. */
const neuronCurve = ({ activation, ypoly, stability, tone }: (typeof CURVED)[number]): Curve =>
  predicted(
    neuronBranch(activation, ypoly, [...sweepValues(0.01, 3, 300)]).flatMap((state): Point[] =>
      state && state.gamma >= 0.8 * stability ? [[state.gamma, state.u * state.u]] : [],
    ),
    tone,
  );

const panel = (run: RunView, D: 1 | 2): LineChart => ({
  title: `D = ${D}`,
  description: `Squared norm of the last layer over the decay for three activations, D = ${D}.`,
  x: { label: `weight decay gamma, D = ${D}` },
  y: { label: "|U|^2" },
  curves: theoryOf(D),
  scatters: sweptActivations.flatMap(name => bothWays(run, activationSweeps[name][D], TONES[name])),
  places:
    D === 1
      ? [
          { label: "N/2", value: 0.5 },
          { label: "N", value: 1 },
        ]
      : [{ label: "spinodal/2", value: 0.2362351 }],
  ...(D === 1 && {
    key: [
      ...sweptActivations.map(name => ({ sample: "ring" as const, text: name, colour: TONES[name] })),
      { sample: "dashed" as const, text: "theory" },
    ],
  }),
});

/** The sweep of the linear networks with other activations: the order is that of the depth, but for curved targets. */
export const nonlinearSweeps = chartsFigure({
  name: "nonlinear-sweeps",
  title: "Nonlinear networks: the order of the linear network of the same depth, and its exceptions",
  width: 820,
  height: 960,
  needs: [
    ...sweptActivations.flatMap(name => ([1, 2] as const).map(D => activationSweeps[name][D].has("sweep"))),
    ...CURVED.map(({ sweep }) => sweep.has("sweep")),
  ],
  caption: run =>
    `Measured: |U|^2 in slow sweeps of weight decay up (strong) and down (faint), ${points(run, activationSweeps.tanh[1], "up").length} values each way. ` +
    "Above, width 8, three whitened inputs and a linear target: with one hidden layer |U|^2 vanishes continuously at c1 N, with two it falls from a height and does not return. " +
    "Below, one hidden layer of width 4 and the targets x + k3 (x^3 - 3x) and x + q (x^2 - 1): two of the three jump. " +
    "Theory (broken): |U|^2 = 2 - 4 gamma and its like at D = 2, from two half-problems, for ReLU and swish (whose rings cover each other at D = 1); the tangent of tanh at N for Gaussian inputs; below, the stationary " +
    "states of one neuron, which fold back where a jump is; at k3 = -0.5 the four neurons share the load and gain a little.",
  description: "Continuous with one layer, a jump with two, and exceptions.",
  charts: run => [
    panel(run, 1),
    panel(run, 2),
    {
      title: "Curved targets",
      description: "One hidden layer: one continuous transition and two jumps.",
      x: { label: "weight decay gamma, D = 1, curved targets" },
      y: { label: "|U|^2" },
      curves: CURVED.map(neuronCurve),
      scatters: CURVED.flatMap(({ sweep, tone }) => bothWays(run, sweep, tone)),
      key: CURVED.map(({ target, tone }) => ({ sample: "ring" as const, text: target, colour: tone })),
    },
  ],
});
