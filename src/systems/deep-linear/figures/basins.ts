import type { Curve, Point } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { BASIN_DECAY, basinsByDepth } from "../claims/studies.ts";
import { stationaryNorms } from "../theory/critical.ts";

const TOP = 1.05;
const STARTS = { aligned: colours.blue, random: colours.orange } as const;

/** Where balanced flow ends: zero below the saddle, the learned minimum above. At D = 1 there is no saddle. */
const ends = (D: number): { readonly saddle: number | null; readonly curves: readonly Curve[] } => {
  const roots = stationaryNorms({ D, N: 1, kappa: 1 }, BASIN_DECAY);
  const saddle = D === 1 ? null : roots[0]!;
  const level = (from: number, to: number, s: number): Curve => ({
    points: [from, to].map((at): Point => [at, s]),
    colour: colours.vermillion,
    dashed: true,
  });
  const above = level(saddle ?? 0, TOP, roots.at(-1)!);
  return { saddle, curves: saddle === null ? [above] : [level(0, saddle, 0), above] };
};

/** Where descent ends by the norm of the layers at its start, for one, two and three hidden layers. */
export const basins = chartsFigure({
  name: "basins",
  title: "Small starts fail only from two hidden layers on",
  width: 820,
  height: 780,
  needs: basinsByDepth.map(({ basin }) => basin.has("start")),
  caption: run =>
    `Measured: the norm of a layer after gradient descent at gamma = ${BASIN_DECAY}, N = kappa = 1, width 8, three inputs, from layers that all have the norm on the ` +
    `axis, ${basinsByDepth[0]!.basin.of(run, "start").length / 2} norms a depth: aligned with each other and the target (blue), of random directions (orange). ` +
    "Theory: balanced flow ends at zero below the saddle s_- and at the learned minimum above (broken lines); at D = 1 the origin is no minimum and every start learns. " +
    "Random starts first lose norm while they align, so that they need a larger one; the law for them is not exact.",
  description: "A threshold at D = 2 and 3, none at D = 1.",
  charts: run =>
    basinsByDepth.map(({ D, basin }, row) => {
      const { saddle, curves } = ends(D);
      return {
        title: `D = ${D}`,
        description: `Final norms at D = ${D}.`,
        x: { label: `norm of each layer at the start, D = ${D}`, domain: [0, TOP] },
        y: { label: "final norm s of a layer", domain: [-0.05, 1.05] },
        curves,
        scatters: (["random", "aligned"] as const).map(start => ({
          points: basin
            .of(run, "start")
            .filter(record => record.start === start)
            .map(({ norm, order }): Point => [norm, order]),
          colour: STARTS[start],
        })),
        places: saddle === null ? [] : [{ label: "s_-", value: saddle }],
        ...(row === 0 && {
          key: [
            { sample: "ring" as const, text: "aligned start", colour: STARTS.aligned },
            { sample: "ring" as const, text: "random start", colour: STARTS.random },
            { sample: "dashed" as const, text: "theory", colour: colours.vermillion },
          ],
        }),
      };
    }),
});
