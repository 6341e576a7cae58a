import type { Curve } from "../../../charts/line-chart.ts";
import { pointsOf } from "../../../charts/points-of.ts";
import { colours } from "../../../charts/theme.ts";
import { sweepFigure } from "../../../exhibits/sweep.ts";
import { orderD0, sweepD1, sweepD2 } from "../claims/studies.ts";
import { networkLearner } from "../learner.ts";
import { stationaryNorms } from "../theory/critical.ts";

/** A stationary norm of two hidden layers up to the spinodal: the saddle, then the learned minimum. */
const root = (which: 0 | 1, colour: string): Curve => ({
  points: pointsOf(gamma => stationaryNorms({ D: 2, N: 1, kappa: 1 }, gamma)[which], 0.02, 0.4724703, 300),
  colour,
  dashed: true,
});

const shared = { learner: networkLearner, x: "weight decay gamma" };

export const sweepFigures = [
  sweepFigure({
    ...shared,
    study: orderD0.sweep,
    name: "order-D0",
    title: "No hidden layer: no transition",
    y: "|v|",
    remark: "The predictor N/(kappa + gamma) is smooth and never zero.",
  }),
  sweepFigure({
    ...shared,
    study: sweepD1,
    name: "order-D1",
    title: "One hidden layer: the norm vanishes continuously",
    places: [{ label: "N", value: 1 }],
    remark: "s = sqrt((N - gamma)/kappa) vanishes at gamma = N; up and down agree but for critical slowing.",
  }),
  sweepFigure({
    ...shared,
    study: sweepD2,
    name: "order-D2",
    title: "Two hidden layers: a jump, and no return",
    theory: () => [root(1, colours.vermillion), root(0, colours.grey)],
    places: [
      { label: "gamma*", value: 0.39685 },
      { label: "spinodal", value: 0.47247 },
    ],
    remark:
      "The upper broken line is the learned minimum, the lower the saddle that a kick has to cross. The global minimum changes at gamma*; the sweep " +
      "falls at the spinodal, and with a kick of 0.001 never returns.",
  }),
];
