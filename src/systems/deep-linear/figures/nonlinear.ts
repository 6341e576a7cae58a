import type { Figure, RunView } from "../../../charts/exhibits.ts";
import { type Curve, lineChart, type Point } from "../../../charts/line-chart.ts";
import { stacked } from "../../../charts/stacked.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunRecord } from "../../../contracts/protocol.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { activationStudy, activationSweeps, type SweptActivation } from "../claims/studies.ts";
import { slowest } from "../claims/training.ts";
import { activations } from "../theory/activations.ts";
import { rectifiedNorm } from "../theory/half-problems.ts";
import { landauExpansion, neuronBranch } from "../theory/neuron.ts";

const TONES: { readonly [name in SweptActivation]: string } = {
  tanh: colours.blue,
  relu: colours.vermillion,
  swish: colours.green,
};
const NAMES = Object.keys(activationSweeps) as SweptActivation[];

/** Sweeps with one hidden layer and curved targets: what they are, and one neuron on the same target. */
const CURVED = [
  {
    study: "order-tanh-continuous",
    text: "tanh, k3 = -0.5",
    tone: colours.blue,
    phi: activations.tanh,
    ypoly: [0, 2.5, 0, -0.5],
  },
  {
    study: "order-tanh-jump",
    text: "tanh, k3 = -1.5",
    tone: colours.purple,
    phi: activations.tanh,
    ypoly: [0, 5.5, 0, -1.5],
  },
  {
    study: "order-swish-jump",
    text: "swish, q = 0.6",
    tone: colours.green,
    phi: activations.swish,
    ypoly: [-0.6, 1, 0.6],
  },
] as const;

const points = (records: readonly RunRecord[], direction: string): Point[] =>
  slowest(records)
    .filter(record => record.direction === direction && record.chain === 0)
    .map(({ control, QU }): Point => [control as number, QU as number]);

/** |U|^2 of the two half-problems; of tanh with one hidden layer the tangent at gamma = 1, eight neurons sharing Gaussian inputs. */
const theoryOf = (D: number): Curve[] => {
  const rectified = [...sweepValues(0.005, D === 1 ? 0.5 : 0.2362351, 120)].flatMap((gamma): Point[] => {
    const QU = rectifiedNorm({ D, N: 1, kappa: 1 }, gamma);
    return QU === null ? [] : [[gamma, QU]];
  });
  const tangent = 1 / landauExpansion(activations.tanh, [0, 1], 8).r4;
  return [
    { points: rectified, colour: colours.grey, dashed: true, strokeWidth: 2 },
    ...(D === 1
      ? [
          {
            points: [0.75, 1].map((gamma): Point => [gamma, tangent * (1 - gamma)]),
            colour: colours.grey,
            dashed: true,
            strokeWidth: 2,
          },
        ]
      : []),
  ];
};

/** Stationary states of one neuron, the unstable ones included. */
const neuronCurve = ({ phi, ypoly }: (typeof CURVED)[number], from: number): Point[] =>
  neuronBranch(phi, ypoly, [...sweepValues(0.01, 3, 300)]).flatMap((state): Point[] =>
    state && state.gamma >= from ? [[state.gamma, state.u * state.u]] : [],
  );

const panel = (run: RunView, D: number) => (own: Parameters<typeof lineChart>[1]) =>
  lineChart(
    {
      title: `D = ${D}`,
      description: `Squared norm of the last layer over the decay for three activations, D = ${D}.`,
      x: { label: `weight decay gamma, D = ${D}` },
      y: { label: "|U|^2" },
      curves: theoryOf(D),
      scatters: NAMES.flatMap(name => {
        const records = run.records(activationStudy(name, D), "sweep");
        return [
          { points: points(records, "down"), colour: TONES[name], opacity: 0.45 },
          { points: points(records, "up"), colour: TONES[name] },
        ];
      }),
      places:
        D === 1
          ? [
              { label: "N/2", value: 0.5 },
              { label: "N", value: 1 },
            ]
          : [{ label: "spinodal/2", value: 0.2362351 }],
      ...(D === 1 && {
        key: [
          ...NAMES.map(name => ({ sample: "ring" as const, text: name, colour: TONES[name] })),
          { sample: "dashed" as const, text: "theory" },
        ],
      }),
    },
    own,
  );

/** The sweep of the linear networks with other activations: the order is that of the depth, but for curved targets. */
export const nonlinearSweeps: Figure = {
  name: "nonlinear-sweeps",
  title: "Nonlinear networks: the order of the linear network of the same depth, and its exceptions",
  width: 820,
  height: 960,
  needs: [
    ...NAMES.flatMap(name => [1, 2].map(D => ({ study: activationStudy(name, D), kind: "sweep" }))),
    ...CURVED.map(({ study }) => ({ study, kind: "sweep" })),
  ],
  caption: run =>
    `Measured: |U|^2 in slow sweeps of weight decay up (strong) and down (faint), ${points(run.records(activationStudy("tanh", 1), "sweep"), "up").length} values each way. ` +
    "Above, width 8, three whitened inputs and a linear target: with one hidden layer |U|^2 vanishes continuously at c1 N, with two it falls from a height and does not return. " +
    "Below, one hidden layer of width 4 and the targets x + k3 (x^3 - 3x) and x + q (x^2 - 1): two of the three jump. " +
    "Theory (broken): |U|^2 = 2 - 4 gamma and its like at D = 2, from two half-problems, for ReLU and swish (whose rings cover each other at D = 1); the tangent of tanh at N for Gaussian inputs; below, the stationary " +
    "states of one neuron, which fold back where a jump is; at k3 = -0.5 the four neurons share the load and gain a little.",
  draw: (run, surface) =>
    stacked(
      {
        title: "Sweeps of nonlinear networks",
        description: "Continuous with one layer, a jump with two, and exceptions.",
      },
      [
        { share: 1, draw: panel(run, 1) },
        { share: 1, draw: panel(run, 2) },
        {
          share: 1,
          draw: own =>
            lineChart(
              {
                title: "Curved targets",
                description: "One hidden layer: one continuous transition and two jumps.",
                x: { label: "weight decay gamma, D = 1, curved targets" },
                y: { label: "|U|^2" },
                curves: CURVED.map(each => ({
                  points: neuronCurve(each, each.phi === activations.swish ? 0.4 : 0.8),
                  colour: each.tone,
                  dashed: true,
                  strokeWidth: 2,
                })),
                scatters: CURVED.flatMap(({ study, tone }) => {
                  const records = run.records(study, "sweep");
                  return [
                    { points: points(records, "down"), colour: tone, opacity: 0.45 },
                    { points: points(records, "up"), colour: tone },
                  ];
                }),
                key: CURVED.map(({ text, tone }) => ({ sample: "ring" as const, text, colour: tone })),
              },
              own,
            ),
        },
      ],
      surface,
    ),
};
