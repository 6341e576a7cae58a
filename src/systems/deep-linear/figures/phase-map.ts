import type { Point } from "../../../charts/line-chart.ts";
import { pointsOf } from "../../../charts/points-of.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartFigure } from "../../../exhibits/chart-figure.ts";
import { phaseMapD2 } from "../claims/studies.ts";
import { criticalPoint } from "../theory/critical.ts";

/** Of D = 1 to 4. */
const TONES = [colours.blue, colours.vermillion, colours.green, colours.purple];

const KINDS = [
  { kind: "none", colour: colours.grey, opacity: 0.45 },
  { kind: "some", colour: colours.orange },
  { kind: "all", colour: colours.sky },
] as const;

const along = (D: number, field: "gamma_c" | "gamma_spinodal_up"): Point[] =>
  pointsOf(N => criticalPoint({ D, N, kappa: 1 })[field], 0.02, 1.5, 81);

/** Cells of the measured map by what became of their random starts: all learned, some, none. */
const cells = (run: RunView, kind: "all" | "some" | "none"): Point[] =>
  phaseMapD2.of(run, "row").flatMap(({ strength, gammas, shares }) =>
    shares.flatMap((share, i): Point[] => {
      const own = share === 1 ? "all" : share === 0 ? "none" : "some";
      return own === kind ? [[strength, gammas[i]!]] : [];
    }),
  );

/** Weight decay over target strength for D = 0 to 4: where each network is switched off. */
export const phaseMap = chartFigure({
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
  chart(run) {
    const scatters = KINDS.map(({ kind, ...look }) => ({ points: cells(run, kind), ...look }));
    return {
      title: "Phase map by depth",
      description: "Coexistence and spinodal lines for D = 1 to 4; D = 0 has none.",
      x: { label: "target strength N = |E[x y]|", domain: [0, 1.5] },
      y: { label: "weight decay gamma", domain: [0, 1.5] },
      curves: TONES.flatMap((colour, i) => {
        const D = i + 1;
        const coexistence = { points: along(D, "gamma_c"), colour, strokeWidth: 2, label: `D = ${D}` };
        return D === 1 ? [coexistence] : [coexistence, { points: along(D, "gamma_spinodal_up"), colour, dashed: true }];
      }),
      scatters,
      key: [
        { sample: "line", text: "coexistence" },
        { sample: "dashed", text: "spinodal" },
        { sample: "ring", text: "D = 2: all starts learn", colour: colours.sky },
        ...(cells(run, "some").length > 0 ? [{ sample: "ring" as const, text: "some", colour: colours.orange }] : []),
        { sample: "ring", text: "none", colour: colours.grey },
      ],
    };
  },
});
