import type { Point } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { sweepFigure } from "../../sweep-figures.ts";
import { stationaryNorms } from "../theory/critical.ts";

const grid = (from: number, to: number): number[] => [...sweepValues(from, to, 300)];

const root = (D: number, which: 0 | -1, from: number, to: number): Point[] =>
  grid(from, to).flatMap((gamma): Point[] => {
    const s = stationaryNorms({ D, N: 1, kappa: 1 }, gamma).at(which);
    return s === undefined ? [] : [[gamma, s]];
  });

const order = (record: { readonly [field: string]: unknown }): number => record.order as number;

export const sweepFigures = [
  sweepFigure({
    name: "order-D0",
    title: "No hidden layer: no transition",
    study: "order-D0",
    x: "weight decay gamma",
    y: "|v|",
    value: order,
    theory: [{ points: grid(0.02, 1.5).map((g): Point => [g, 1 / (1 + g)]), colour: colours.vermillion, dashed: true }],
    remark: "The predictor N/(kappa + gamma) is smooth and never zero.",
  }),
  sweepFigure({
    name: "order-D1",
    title: "One hidden layer: the norm vanishes continuously",
    study: "sweep-D1",
    x: "weight decay gamma",
    y: "norm s of a layer",
    value: order,
    theory: [{ points: root(1, -1, 0.5, 1 - 1e-6), colour: colours.vermillion, dashed: true }],
    places: [{ label: "N", value: 1 }],
    remark: "s = sqrt((N - gamma)/kappa) vanishes at gamma = N; up and down agree but for critical slowing.",
  }),
  sweepFigure({
    name: "order-D2",
    title: "Two hidden layers: a jump, and no return",
    study: "sweep-D2",
    x: "weight decay gamma",
    y: "norm s of a layer",
    value: order,
    theory: [
      { points: root(2, -1, 0.02, 0.4724703), colour: colours.vermillion, dashed: true },
      { points: root(2, 0, 0.02, 0.4724703), colour: colours.grey, dashed: true },
    ],
    places: [
      { label: "gamma*", value: 0.39685 },
      { label: "spinodal", value: 0.47247 },
    ],
    remark:
      "The upper broken line is the learned minimum, the lower the saddle that a kick has to cross. The global minimum changes at gamma*; the sweep " +
      "falls at the spinodal, and with a kick of 0.001 never returns.",
  }),
];
