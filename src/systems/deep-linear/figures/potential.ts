import type { Point } from "../../../charts/line-chart.ts";
import { pointsOf } from "../../../charts/points-of.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { branchOf } from "../../../protocols/study.ts";
import { sweepD1, sweepD2 } from "../claims/studies.ts";
import { nearest } from "../claims/training.ts";
import { balancedLoss } from "../theory/landau.ts";

const TONES = [colours.blue, colours.sky, colours.green, colours.orange, colours.vermillion];

const panels = [
  { D: 1, study: sweepD1, gammas: [0.5, 0.7, 0.9, 1, 1.2], top: 1.1, low: -0.3, high: 0.5 },
  { D: 2, study: sweepD2, gammas: [0.2, 0.3, 0.3968503, 0.4724704, 0.55], top: 1.1, low: -0.45, high: 0.35 },
] as const;

/** Where a sweep up stood at the value of gamma nearest to one of the curves. */
const stateAt = (run: RunView, { D, study }: (typeof panels)[number], gamma: number): Point[] => {
  const { control, order } = nearest(branchOf(run, study, "up"), gamma);
  if (Math.abs(control - gamma) > 0.02) return [];
  return [[order, balancedLoss({ D, N: 1, kappa: 1 }, control, order)]];
};

/** The Landau potential of one and of two hidden layers, with the state of the network on it. */
export const potential = chartsFigure({
  name: "potential",
  title: "The potential at several weight decays, and the state of the network on it",
  width: 820,
  height: 720,
  needs: panels.map(({ study }) => study.has("sweep")),
  caption: () =>
    "Theory: the loss of balanced layers of norm s, without E[y^2], N = kappa = 1 (lines). Measured: where gradient descent stood in a " +
    "sweep up at the nearest value of gamma (rings). With one hidden layer the origin is a maximum below gamma = 1 and the only minimum above; " +
    "with two it always is a minimum, equally low at 0.39685, and the other one ends at 0.47247.",
  description: "One minimum that moves to zero; two minima that exchange depth.",
  charts: run =>
    panels.map(panel => {
      const { D, gammas, top, low, high } = panel;
      return {
        title: `D = ${D}`,
        description: `Potential at gamma = ${gammas.join(", ")}.`,
        x: { label: `norm s of each layer, D = ${D}`, domain: [0, top] },
        y: { label: "L(s) - E[y^2]", domain: [low, high] },
        curves: gammas.map((gamma, i) => ({
          points: pointsOf(s => balancedLoss({ D, N: 1, kappa: 1 }, gamma, s), 0, top),
          colour: TONES[i]!,
          label: `gamma ${gamma.toFixed(gamma === Math.round(gamma * 100) / 100 ? 2 : 4)}`,
        })),
        scatters: gammas.map((gamma, i) => ({ points: stateAt(run, panel, gamma), colour: TONES[i]! })),
      };
    }),
});
