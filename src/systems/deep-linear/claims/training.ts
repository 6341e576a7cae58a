import { type Claim, type Comparison, claim } from "../../../contracts/claim.ts";
import { below, near, within } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { log } from "../../../numerics/elementary.ts";
import { lineThrough } from "../../../numerics/line-fit.ts";
import { branchOf, type StudyFrom } from "../../../protocols/study.ts";
import type { networkAnneal } from "../learner.ts";
import { ALIVE, scaledDecay, scaledNorm } from "../phases.ts";
import { stationaryNorms } from "../theory/critical.ts";
import { problemOf } from "../theory/network.ts";
import {
  collapses,
  reductions,
  sweepD1,
  sweepD2,
  sweepD2Fine,
  sweepReluD1,
  sweepReluD2,
  tanhWidths,
} from "./studies.ts";

interface Swept {
  readonly control: number;
  readonly order: number;
}

/** The record of a sweep nearest to a value of its control. */
export const nearest = <Each extends Swept>(records: readonly Each[], control: number): Each =>
  records.reduce((best, each) => (Math.abs(each.control - control) < Math.abs(best.control - control) ? each : best));

/** Largest control at which a branch is learned; not a number where it nowhere is. */
export const lastLearned = (records: readonly Swept[]): number =>
  records.filter(({ order }) => order > ALIVE).at(-1)?.control ?? Number.NaN;

/** Where a line through |U|^2 meets zero. */
export const vanishing = (records: readonly { readonly control: number; readonly QU: number }[]): number => {
  const { slope, intercept } = lineThrough(records.map(({ control, QU }) => [control, QU]));
  return -intercept / slope;
};

/** The largest of what records give. */
export const largest = <Each>(records: readonly Each[], of: (record: Each) => number): number =>
  Math.max(...records.map(of));

export const trainingClaims: readonly Claim[] = [
  claim("reduction", "section 2: exact reduction to one order parameter", {
    statement:
      "The minimum of a whole network with noise and unequal decays is that of its one-dimensional reduction, with equal penalty in each layer.",
    routes: {
      measured: "descent of whole random networks",
      predicted: "reduction to one number",
      kind: "solved",
    },
    studies: [reductions],
    measure(run) {
      const finals = reductions.of(run, "final");
      const gap = largest(finals, ({ loss, reduced }) => Math.abs(loss - reduced));
      const unequal = largest(finals, ({ penalties, regPerLayer }) =>
        largest(penalties, penalty => Math.abs(penalty - regPerLayer)),
      );
      const members = finals.length;
      return [
        { ...near(`largest distance of the losses, ${members} networks`, gap, 0, 1e-6), members },
        { ...near("largest distance of a layer's penalty", unequal, 0, 1e-3), members },
      ];
    },
  }),
  claim("scaling-collapse", "section 2.3: every isotropic problem of a depth is one", {
    statement: "After scaling, networks of different strength, variance, width and noise fall on one curve.",
    routes: {
      measured: "gradient descent in slow sweeps",
      predicted: "the curve of N = kappa = 1",
      kind: "formula",
    },
    studies: collapses.flatMap(({ sweeps }) => sweeps),
    measure: run =>
      collapses.map(({ D, sweeps }): Comparison => {
        const points = sweeps.flatMap(sweep => scaledPoints(run, sweep));
        const worst = largest(points, ({ G, S }) =>
          Math.abs(S / (stationaryNorms({ D, N: 1, kappa: 1 }, G).at(-1) ?? 0) - 1),
        );
        return near(`largest relative distance at D = ${D}`, worst, 0, 0.02);
      }),
  }),
  claim("continuous-D1", "section 4.2: linear network, D = 1", {
    statement:
      "With one hidden layer |U|^2 = (N - gamma)/kappa: the transition is continuous, with exponent 1/2 for |U|.",
    routes: { measured: "gradient descent, width 8, three inputs", predicted: "closed form", kind: "formula" },
    studies: [sweepD1],
    measure(run) {
      const up = branchOf(run, sweepD1, "up").filter(({ control }) => control <= 0.9501);
      const worst = largest(up, ({ control, QU }) => Math.abs(QU - (1 - control)));
      const fit = up.filter(({ control }) => control >= 0.6);
      const exponent = lineThrough(fit.map(({ control, QU }) => [log(1 - control), 0.5 * log(QU)])).slope;
      return [
        near("largest distance of |U|^2 up to 0.95 N", worst, 0, 1e-3),
        near("exponent of |U|", exponent, 0.5, 0.005),
      ];
    },
  }),
  claim("jump-D2", "section 4.2: linear network, D = 2", {
    statement: "With two hidden layers the learned state survives to the spinodal, falls to zero, and never returns.",
    routes: {
      measured: "gradient descent, width 8, three inputs, kick 1e-3",
      predicted: "spinodal 0.472470",
      kind: "formula",
    },
    studies: [sweepD2],
    measure(run) {
      const up = branchOf(run, sweepD2, "up");
      const down = largest(branchOf(run, sweepD2, "down"), ({ QU }) => QU);
      return [
        within("last learned gamma", lastLearned(up), 0.46, 0.475),
        near("|U|^2 at 0.45", nearest(up, 0.45).QU, 0.522, 0.001),
        below("largest |U|^2 on the way down", down, 1e-6),
      ];
    },
  }),
  claim("zeroth-order-D2", "section 3.3: loss of the followed state at the spinodal", {
    statement: "Along an up-sweep at D = 2 the attained loss itself drops at the fall, by N^2/(8 kappa).",
    routes: {
      measured: "gradient descent in steps of 1e-4, extrapolated as the root of the distance",
      predicted: "(D-1)^2 N^2/(4 D kappa)",
      kind: "formula",
    },
    studies: [sweepD2Fine],
    measure(run) {
      const up = branchOf(run, sweepD2Fine, "up");
      const after = up.find(({ order }) => order < ALIVE);
      const end = 0.4724703937105774;
      const fit = up.filter(({ order, control }) => order > 0.55 && control > 0.465 && control < end - 1e-4);
      const { intercept } = lineThrough(fit.map(({ control, loss }) => [Math.sqrt(end - control), loss]));
      return [near("drop of the loss", intercept - (after?.loss ?? Number.NaN), 0.125, 0.005)];
    },
  }),
  claim("relu", "section 5: ReLU networks, critical decays halved", {
    statement:
      "ReLU networks on a linear target have their transitions at half the decay: continuous at N/2 with D = 1, spinodal 0.236 with D = 2.",
    routes: {
      measured: "gradient descent on symmetric whitened inputs",
      predicted: "|U|^2 = 2 - 4 gamma, 0.236235",
      kind: "formula",
    },
    studies: [sweepReluD1, sweepReluD2],
    measure(run) {
      const up = branchOf(run, sweepReluD1, "up").filter(({ control }) => control <= 0.45);
      const worst = largest(up, ({ control, QU }) => Math.abs(QU - (2 - 4 * control)));
      return [
        near("D = 1: gamma_c", vanishing(up), 0.5, 0.001),
        near("D = 1: largest distance of |U|^2 from 2 - 4 gamma", worst, 0, 0.01),
        within("D = 2: last learned gamma", lastLearned(branchOf(run, sweepReluD2, "up")), 0.225, 0.245),
      ];
    },
  }),
  claim("tanh-width", "section 5: the load spreads over d neurons", {
    statement: "For tanh neurons and y = x the slope of |U|^2 near gamma_c is 1/(1 + 2/d).",
    routes: {
      measured: "gradient descent, inputs by quadrature",
      predicted: "Landau expansion r4 = 1 + 2/d",
      kind: "formula",
    },
    studies: tanhWidths.map(({ sweep }) => sweep),
    measure: run =>
      tanhWidths.map(({ width, sweep }) => {
        const up = branchOf(run, sweep, "up");
        // A parabola through the origin at gamma_c = 1: its slope there.
        const { intercept } = lineThrough(up.map(({ control, QU }) => [1 - control, QU / (1 - control)]));
        const predicted = 1 / (1 + 2 / width);
        return near(`slope, d = ${width}`, intercept, predicted, 0.005 * predicted);
      }),
  }),
];

/** A sweep up of a linear network in scaled units. */
export const scaledPoints = (run: RunView, sweep: StudyFrom<typeof networkAnneal>) => {
  const { D, N, kappa } = problemOf(sweep.settings(run))!.problem;
  return branchOf(run, sweep, "up").map(({ control, order }) => ({
    G: scaledDecay(control, D, N, kappa),
    S: scaledNorm(order, D, N, kappa),
  }));
};
