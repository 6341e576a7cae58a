import type { Figure } from "../../../charts/exhibits.ts";
import { lineChart, type Point } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import { criticalPoint } from "../theory/critical.ts";

const TONES: { readonly [D: number]: string } = {
  1: colours.blue,
  2: colours.vermillion,
  3: colours.green,
  4: colours.purple,
};

const STRENGTHS = Array.from({ length: 81 }, (_, i) => 0.02 + (1.48 * i) / 80);

const along = (D: number, field: "gamma_c" | "gamma_spinodal_up"): Point[] =>
  STRENGTHS.map(N => [N, criticalPoint({ D, N, kappa: 1 })[field] as number]);

/** Weight decay over target strength for D = 0 to 4: where each network is switched off. */
export const phaseMap: Figure = {
  name: "phase-map",
  title: "Phase map: weight decay against target strength, by depth",
  width: 820,
  height: 480,
  needs: [],
  caption: () =>
    "Theory: coexistence of the learned and the trivial phase (full lines) and the end of the learned phase, the spinodal (broken), at " +
    "kappa = 1. D = 1: the straight line gamma = N, continuous, without a spinodal of its own. D >= 2: first order; between the two lines the learned " +
    "phase is metastable, below the full one the trivial phase is, down to gamma = 0. D = 0 has no transition at any gamma. Nothing is measured here.",
  draw: (_, surface) =>
    lineChart(
      {
        title: "Phase map by depth",
        description: "Coexistence and spinodal lines for D = 1 to 4; D = 0 has none.",
        x: { label: "target strength N = |E[x y]|", domain: [0, 1.5] },
        y: { label: "weight decay gamma", domain: [0, 1.5] },
        curves: [1, 2, 3, 4].flatMap(D => [
          { points: along(D, "gamma_c"), colour: TONES[D]!, strokeWidth: 2, label: `D = ${D}` },
          ...(D > 1 ? [{ points: along(D, "gamma_spinodal_up"), colour: TONES[D]!, dashed: true }] : []),
        ]),
        key: [
          { sample: "line", text: "coexistence" },
          { sample: "dashed", text: "spinodal" },
        ],
      },
      surface,
    ),
};
