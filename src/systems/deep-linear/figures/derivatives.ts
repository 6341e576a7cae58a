import type { Figure } from "../../../charts/exhibits.ts";
import type { Curve, Point } from "../../../charts/line-chart.ts";
import { lineCharts } from "../../../charts/line-charts.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { power } from "../../../numerics/power.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { branch } from "../../../protocols/records.ts";
import { sweepD1, sweepD2 } from "../claims/studies.ts";
import { criticalPoint, stationaryLoss, stationaryNorms } from "../theory/critical.ts";

const TONES: { readonly [D: number]: string } = { 1: colours.blue, 2: colours.vermillion };
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

const piece = (D: number, derivative: 0 | 1 | 2, from: number, to: number, at: "learned" | "trivial"): Point[] =>
  [...sweepValues(from, to, 160)].flatMap((gamma): Point[] => {
    const values = at === "trivial" ? trivial : learned(D, gamma);
    return values && values[derivative] >= LOWEST ? [[gamma, values[derivative]]] : [];
  });

/** Global minimum as full lines, apart at the transition so that a step stays one; where the learned branch is not it, broken. */
const theory = (derivative: 0 | 1 | 2): Curve[] =>
  [1, 2].flatMap(D => {
    const { gamma_c, gamma_spinodal_up } = criticalPoint({ D, N: 1, kappa: 1 });
    const colour = TONES[D]!;
    const [change, end] = [gamma_c as number, gamma_spinodal_up as number];
    return [
      { points: piece(D, derivative, 0.001, change - 1e-9, "learned"), colour, strokeWidth: 2 },
      { points: piece(D, derivative, change, END, "trivial"), colour, strokeWidth: 2 },
      ...(D > 1 ? [{ points: piece(D, derivative, change, end - 1e-6, "learned"), colour, dashed: true }] : []),
    ];
  });

const upward = (run: RunView, D: 1 | 2) => branch((D === 1 ? sweepD1 : sweepD2).of(run, "sweep"), "up");

/** Loss, squared norm of all layers and its central differences in the sweep up of a depth. */
const measured = (run: RunView, D: 1 | 2, derivative: 0 | 1 | 2): Point[] => {
  const up = upward(run, D);
  const gamma = up.map(({ control }) => control);
  const values = up.map(({ loss, Q }) => (derivative === 0 ? loss : Q));
  if (derivative < 2) return gamma.map((at, i): Point => [at, values[i]!]);
  return gamma.slice(1, -1).flatMap((at, i): Point[] => {
    const difference = (values[i + 2]! - values[i]!) / (gamma[i + 2]! - gamma[i]!);
    return difference >= LOWEST ? [[at, difference]] : [];
  });
};

const PANELS = [
  { derivative: 0, label: "loss L", high: 1.2, low: 0 },
  { derivative: 1, label: "dL/dgamma", high: 3.2, low: -0.1 },
  { derivative: 2, label: "d2L/dgamma2", high: 0.5, low: LOWEST },
] as const;

/** The lowest loss and its first two derivatives in weight decay: which of them steps is the order of the transition. */
export const derivatives: Figure = {
  name: "loss-derivatives",
  title: "The lowest loss and its derivatives: a step in the second at D = 1, in the first at D = 2",
  width: 820,
  height: 840,
  needs: [sweepD1.has("sweep"), sweepD2.has("sweep")],
  caption: run =>
    `Measured: the loss, the squared norm of all layers and its central differences in sweeps up, ${([1, 2] as const).map(D => `${upward(run, D).length} values at D = ${D}`).join(", ")} (rings; ` +
    `differences below ${LOWEST}, at the fall of D = 2, lie outside). ` +
    "Theory: the global minimum at N = kappa = E[y^2] = 1 (full lines), and the learned branch where it is only metastable, from gamma* = 0.3969 to the " +
    "spinodal at 0.4725, which a sweep up follows (broken). At D = 1 the second derivative steps from -2 to 0 at gamma = 1; at D = 2 the first steps by 1.89 at gamma*.",
  draw: (run, surface) =>
    lineCharts(
      { title: "Loss and derivatives", description: "Three panels over weight decay, one and two hidden layers." },
      PANELS.map(({ derivative, label, low, high }, row) => ({
        title: label,
        description: `${label} over weight decay at D = 1 and D = 2.`,
        x: { label: "weight decay gamma", domain: [0, END] },
        y: { label, domain: [low, high] },
        curves: theory(derivative),
        scatters: ([1, 2] as const).map(D => ({ points: measured(run, D, derivative), colour: TONES[D]! })),
        places: [
          { label: "gamma* (D = 2)", value: 0.3968503 },
          { label: "N (D = 1)", value: 1 },
        ],
        ...(row === 0 && {
          key: [
            { sample: "line" as const, text: "D = 1", colour: TONES[1]! },
            { sample: "line" as const, text: "D = 2", colour: TONES[2]! },
          ],
        }),
        marginRight: 20,
      })),
      surface,
    ),
};
