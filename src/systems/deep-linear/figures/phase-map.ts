import type { Figure } from "../../../charts/exhibits.ts";
import { lineChart, type Point } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { phaseMapD2 } from "../claims/studies.ts";
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

/** Cells of the measured map by what became of their random starts: all learned, some, none. */
const cells = (run: RunView, kind: "all" | "some" | "none"): Point[] =>
  phaseMapD2.of(run, "row").flatMap(({ strength, gammas, shares }) =>
    shares.flatMap((share, i): Point[] => {
      const own = share === 1 ? "all" : share === 0 ? "none" : "some";
      return own === kind ? [[strength, gammas[i]!]] : [];
    }),
  );

/** Weight decay over target strength for D = 0 to 4: where each network is switched off. */
export const phaseMap: Figure = {
  name: "phase-map",
  title: "Phase map: weight decay against target strength, by depth",
  width: 820,
  height: 480,
  needs: [phaseMapD2.has("row")],
  caption: run => {
    const { side, starts } = phaseMapD2.settings(run);
    return (
      `Measured: phases in which gradient descent ends at D = 2, width 8, ${side} x ${side} cells with ${starts} random starts each: all learned (blue), some (orange), ` +
      "none (grey). Theory: coexistence of the learned and the trivial phase (full lines) and the end of the learned phase, the spinodal (broken), at " +
      "kappa = 1. D = 1: the straight line gamma = N, continuous, without a spinodal of its own. D >= 2: first order; between the two lines the learned " +
      "phase is metastable, below the full one the trivial phase is, down to gamma = 0. No start can learn above the spinodal; where both phases are minima the size of the start decides, and these, with layers of norm 1 to 3, lie beyond the saddle. " +
      "D = 0 has no transition at any gamma."
    );
  },
  draw: (run, surface) =>
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
        scatters: [
          { points: cells(run, "none"), colour: colours.grey, opacity: 0.45 },
          { points: cells(run, "some"), colour: colours.orange },
          { points: cells(run, "all"), colour: colours.sky },
        ],
        key: [
          { sample: "line", text: "coexistence" },
          { sample: "dashed", text: "spinodal" },
          { sample: "ring", text: "D = 2: all starts learn", colour: colours.sky },
          ...(cells(run, "some").length > 0 ? [{ sample: "ring" as const, text: "some", colour: colours.orange }] : []),
          { sample: "ring", text: "none", colour: colours.grey },
        ],
      },
      surface,
    ),
};
