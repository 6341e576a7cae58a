import type { Claim, Comparison, Evidence } from "../../../contracts/claim.ts";
import type { RunRecord } from "../../../contracts/protocol.ts";
import { log } from "../../../numerics/elementary.ts";
import { line } from "../../../numerics/line-fit.ts";
import { near, within } from "../../compare.ts";
import { ALIVE, scaledDecay, scaledNorm } from "../phases.ts";
import { stationaryNorms } from "../theory/critical.ts";
import { collapseStudy, collapseVariants, WIDTHS } from "./studies.ts";

/** The records of a sweep in one direction, by ascending control. */
export const branch = (evidence: Pick<Evidence, "records">, study: string, direction: "up" | "down"): RunRecord[] =>
  evidence
    .records(study, "sweep")
    .filter(record => record.direction === direction)
    .sort((a, b) => (a.control as number) - (b.control as number));

/** The records of the slowest pace. */
export const slowest = (records: readonly RunRecord[]): RunRecord[] => {
  const pace = Math.max(...records.map(record => record.pace as number));
  return records.filter(record => record.pace === pace);
};

const numbers = (records: readonly RunRecord[], field: string): number[] =>
  records.map(record => record[field] as number);
const at = (records: readonly RunRecord[], control: number, field: string): number =>
  records.reduce((best, each) =>
    Math.abs((each.control as number) - control) < Math.abs((best.control as number) - control) ? each : best,
  )[field] as number;

/** Largest control at which a branch is learned. */
export const lastLearned = (records: readonly RunRecord[]): number =>
  records.filter(({ order }) => (order as number) > ALIVE).at(-1)?.control as number;

export const trainingClaims: readonly Claim[] = [
  {
    id: "reduction",
    where: "section 2: exact reduction to one order parameter",
    statement:
      "The minimum of a whole network with noise and unequal decays is that of its one-dimensional reduction, with equal penalty in each layer.",
    routes: { measured: "descent of whole random networks", predicted: "reduction to one number" },
    studies: ["reduction"],
    measure: evidence => {
      const finals = evidence.records("reduction", "final");
      const gaps = finals.map(({ loss, reduced }) => Math.abs((loss as number) - (reduced as number)));
      const unequal = finals.map(({ penalties, regPerLayer }) =>
        Math.max(...(penalties as readonly number[]).map(penalty => Math.abs(penalty - (regPerLayer as number)))),
      );
      const members = finals.length;
      return [
        { ...near(`largest distance of the losses, ${members} networks`, Math.max(...gaps), 0, 1e-6), members },
        { ...near("largest distance of a layer's penalty", Math.max(...unequal), 0, 1e-3), members },
      ];
    },
  },
  {
    id: "scaling-collapse",
    where: "section 2.3: every isotropic problem of a depth is one",
    statement: "After scaling, networks of different strength, variance, width and noise fall on one curve.",
    routes: { measured: "gradient descent in slow sweeps", predicted: "the curve of N = kappa = 1" },
    studies: [1, 2].flatMap(D => Array.from({ length: collapseVariants.length + 1 }, (_, i) => collapseStudy(D, i))),
    measure: evidence =>
      [1, 2].map((D): Comparison => {
        let worst = 0;
        [{}, ...collapseVariants].forEach((_, i) => {
          for (const { G, S } of scaledPoints(evidence, D, i)) {
            const expected = stationaryNorms({ D, N: 1, kappa: 1 }, G).at(-1) ?? 0;
            worst = Math.max(worst, Math.abs(S / expected - 1));
          }
        });
        return near(`largest relative distance at D = ${D}`, worst, 0, 0.02);
      }),
  },
  {
    id: "continuous-D1",
    where: "section 4.2: linear network, D = 1",
    statement:
      "With one hidden layer |U|^2 = (N - gamma)/kappa: the transition is continuous, with exponent 1/2 for |U|.",
    routes: { measured: "gradient descent, width 8, three inputs", predicted: "closed form" },
    studies: ["sweep-D1"],
    measure: evidence => {
      const up = branch(evidence, "sweep-D1", "up").filter(({ control }) => (control as number) <= 0.9501);
      const worst = Math.max(...up.map(({ control, QU }) => Math.abs((QU as number) - (1 - (control as number)))));
      const fit = up.filter(({ control }) => (control as number) >= 0.6);
      const exponent = line(
        numbers(fit, "control").map(gamma => log(1 - gamma)),
        numbers(fit, "QU").map(square => 0.5 * log(square)),
      ).slope;
      return [
        near("largest distance of |U|^2 up to 0.95 N", worst, 0, 1e-3),
        near("exponent of |U|", exponent, 0.5, 0.02),
      ];
    },
  },
  {
    id: "jump-D2",
    where: "section 4.2: linear network, D = 2",
    statement: "With two hidden layers the learned state survives to the spinodal, falls to zero, and never returns.",
    routes: { measured: "gradient descent, width 8, three inputs, kick 1e-3", predicted: "spinodal 0.472470" },
    studies: ["sweep-D2"],
    measure: evidence => {
      const up = branch(evidence, "sweep-D2", "up");
      const down = branch(evidence, "sweep-D2", "down");
      return [
        within("last learned gamma", lastLearned(up), 0.46, 0.475),
        near("|U|^2 at 0.45", at(up, 0.45, "QU"), 0.522, 0.005),
        within("largest |U|^2 on the way down", Math.max(...numbers(down, "QU")), 0, 1e-6),
      ];
    },
  },
  {
    id: "zeroth-order-D2",
    where: "section 3.3: loss of the followed state at the spinodal",
    statement: "Along an up-sweep at D = 2 the attained loss itself drops at the fall, by N^2/(8 kappa).",
    routes: {
      measured: "gradient descent in steps of 1e-4, extrapolated as the root of the distance",
      predicted: "(D-1)^2 N^2/(4 D kappa)",
    },
    studies: ["sweep-D2-fine"],
    measure: evidence => {
      const up = branch(evidence, "sweep-D2-fine", "up");
      const learned = up.filter(({ order }) => (order as number) > 0.55);
      const after = up.find(({ order }) => (order as number) < ALIVE);
      const end = 0.4724703937105774;
      const fit = learned.filter(({ control }) => (control as number) > 0.465 && (control as number) < end - 1e-4);
      const loss = line(
        numbers(fit, "control").map(gamma => Math.sqrt(end - gamma)),
        numbers(fit, "loss"),
      ).intercept;
      return [near("drop of the loss", loss - (after?.loss as number), 0.125, 0.01)];
    },
  },
  {
    id: "relu",
    where: "section 5: ReLU networks, critical decays halved",
    statement:
      "ReLU networks on a linear target have their transitions at half the decay: continuous at N/2 with D = 1, spinodal 0.236 with D = 2.",
    routes: { measured: "gradient descent on symmetric whitened inputs", predicted: "|U|^2 = 2 - 4 gamma, 0.236235" },
    studies: ["sweep-relu-D1", "sweep-relu-D2"],
    measure: evidence => {
      const up = branch(evidence, "sweep-relu-D1", "up").filter(({ control }) => (control as number) <= 0.45);
      const worst = Math.max(...up.map(({ control, QU }) => Math.abs((QU as number) - (2 - 4 * (control as number)))));
      const { slope, intercept } = line(numbers(up, "control"), numbers(up, "QU"));
      return [
        near("D = 1: gamma_c", -intercept / slope, 0.5, 0.01),
        near("D = 1: largest distance of |U|^2 from 2 - 4 gamma", worst, 0, 0.01),
        within("D = 2: last learned gamma", lastLearned(branch(evidence, "sweep-relu-D2", "up")), 0.225, 0.245),
      ];
    },
  },
  {
    id: "tanh-width",
    where: "section 5: the load spreads over d neurons",
    statement: "For tanh neurons and y = x the slope of |U|^2 near gamma_c is 1/(1 + 2/d).",
    routes: { measured: "gradient descent, inputs by quadrature", predicted: "Landau expansion r4 = 1 + 2/d" },
    studies: WIDTHS.map(d => `tanh-width-${d}`),
    measure: evidence =>
      WIDTHS.map(d => {
        const up = branch(evidence, `tanh-width-${d}`, "up");
        // A parabola through the origin at gamma_c = 1: its slope there.
        const x = numbers(up, "control").map(gamma => 1 - gamma);
        const { intercept } = line(
          x,
          numbers(up, "QU").map((square, i) => square / x[i]),
        );
        const predicted = 1 / (1 + 2 / d);
        return near(`slope, d = ${d}`, intercept, predicted, 0.05 * predicted);
      }),
  },
];

/** A sweep in scaled units, learned states only. */
export const scaledPoints = (evidence: Pick<Evidence, "records" | "study">, D: number, variant: number) => {
  const {
    strength = 1,
    variance = 1,
    width = 4,
    sigma2 = 0,
  } = evidence.study(collapseStudy(D, variant)).settings as {
    [name: string]: number;
  };
  let kappa = variance;
  for (let l = 0; l < D; l++) kappa *= 1 + sigma2 / width;
  return branch(evidence, collapseStudy(D, variant), "up").map(({ control, order }) => ({
    G: scaledDecay(control as number, D, strength, kappa),
    S: scaledNorm(order as number, D, strength, kappa),
  }));
};
