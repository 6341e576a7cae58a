import type { Curve, Point } from "../../../charts/line-chart.ts";
import { pointsOf } from "../../../charts/points-of.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { power } from "../../../numerics/power.ts";
import { branchOf } from "../../../protocols/study.ts";
import { sweepD1, sweepD2 } from "../claims/studies.ts";
import { criticalPoint, stationaryLoss, stationaryNorms } from "../theory/critical.ts";

const SHOWN = [
  { D: 1, sweep: sweepD1, tone: colours.blue },
  { D: 2, sweep: sweepD2, tone: colours.vermillion },
] as const;
const END = 1.2;
const LOWEST = -8;

/** L_min and its derivatives on the learned branch, N = kappa = 1 and E[y^2] = 1. dL/dgamma is the squared norm of all layers. */
const learned = (D: number, gamma: number): readonly [number, number, number] | null => {
  const s = stationaryNorms({ D, N: 1, kappa: 1 }, gamma).at(-1);
  if (s === undefined) return null;
  // Along s^(2D) - s^(D-1) + gamma = 0.
  const slope = D === 1 ? 2 * s : 2 * D * power(s, 2 * D - 1) - (D - 1) * power(s, D - 2);
  return [1 + stationaryLoss({ D, N: 1, kappa: 1 }, power(s, D + 1)), (D + 1) * s * s, (-2 * (D + 1) * s) / slope];
};
const trivial = [1, 0, 0] as const;

const isShown = ([, value]: Point): boolean => value >= LOWEST;

/** Global minimum as full lines, apart at the transition so that a step stays one; where the learned branch is not it, broken. */
const theory = (derivative: 0 | 1 | 2): Curve[] =>
  SHOWN.flatMap(({ D, tone: colour }) => {
    const { gamma_c, gamma_spinodal_up } = criticalPoint({ D, N: 1, kappa: 1 });
    const [change, end] = [gamma_c as number, gamma_spinodal_up as number];
    const at = (gamma: number) => learned(D, gamma)?.[derivative];
    return [
      { points: pointsOf(at, 0.001, change - 1e-9).filter(isShown), colour, strokeWidth: 2 },
      { points: pointsOf(() => trivial[derivative], change, END), colour, strokeWidth: 2 },
      ...(D > 1 ? [{ points: pointsOf(at, change, end - 1e-6).filter(isShown), colour, dashed: true }] : []),
    ];
  });

const upward = (run: RunView, { sweep }: (typeof SHOWN)[number]) => branchOf(run, sweep, "up");

/** Loss, squared norm of all layers and its central differences in a sweep up. */
const measured = (up: ReturnType<typeof upward>, derivative: 0 | 1 | 2): Point[] => {
  if (derivative < 2) return up.map(({ control, loss, Q }): Point => [control, derivative === 0 ? loss : Q]);
  const differences = up.slice(1, -1).map(({ control }, i): Point => {
    const [before, after] = [up[i]!, up[i + 2]!];
    return [control, (after.Q - before.Q) / (after.control - before.control)];
  });
  return differences.filter(isShown);
};

const PANELS = [
  { derivative: 0, label: "loss L", high: 1.2, low: 0 },
  { derivative: 1, label: "dL/dgamma", high: 3.2, low: -0.1 },
  { derivative: 2, label: "d2L/dgamma2", high: 0.5, low: LOWEST },
] as const;

/** The lowest loss and its first two derivatives in weight decay: which of them steps is the order of the transition. */
export const derivatives = chartsFigure({
  name: "loss-derivatives",
  title: "The lowest loss and its derivatives: a step in the second at D = 1, in the first at D = 2",
  width: 820,
  needs: SHOWN.map(({ sweep }) => sweep.has("sweep")),
  caption: run =>
    `Measured: the loss, the squared norm of all layers and its central differences in sweeps up, ${SHOWN.map(each => `${upward(run, each).length} values at D = ${each.D}`).join(", ")} (rings; ` +
    `differences below ${LOWEST}, at the fall of D = 2, lie outside). ` +
    "Theory: the global minimum at N = kappa = E[y^2] = 1 (full lines), and the learned branch where it is only metastable, from gamma* = 0.3969 to the " +
    "spinodal at 0.4725, which a sweep up follows (broken). At D = 1 the second derivative steps from -2 to 0 at gamma = 1; at D = 2 the first steps by 1.89 at gamma*.",
  description: "Three panels over weight decay, one and two hidden layers.",
  charts: run =>
    PANELS.map(({ derivative, label, low, high }, row) => ({
      title: label,
      description: `${label} over weight decay at D = 1 and D = 2.`,
      x: { label: "weight decay gamma", domain: [0, END] },
      y: { label, domain: [low, high] },
      curves: theory(derivative),
      scatters: SHOWN.map(each => ({ points: measured(upward(run, each), derivative), colour: each.tone })),
      places: [
        { label: "gamma* (D = 2)", value: 0.3968503 },
        { label: "N (D = 1)", value: 1 },
      ],
      ...(row === 0 && {
        key: SHOWN.map(({ D, tone }) => ({ sample: "line" as const, text: `D = ${D}`, colour: tone })),
      }),
    })),
});
