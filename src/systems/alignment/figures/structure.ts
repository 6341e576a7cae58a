import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartFigure, chartsFigure } from "../../../exhibits/chart-figure.ts";
import { mean } from "../../../numerics/statistics.ts";
import { contextLazy, contextRich, xorBetween, xorLazy, xorRates, xorRich } from "../claims/studies.ts";
import { pointsOf } from "../model/data.ts";
import { distancesOf, pairwiseFinalDistances } from "../theory/pairwise.ts";

const regimes = [
  { study: xorRich, text: "gain 0.7", colour: colours.blue },
  { study: xorBetween, text: "gain 1.2", colour: colours.green },
  { study: xorLazy, text: "gain 2", colour: colours.vermillion },
];

/** Distances of every two points of each network, predicted and measured, each in units of the network's largest measured one. */
const pairsOf = (run: RunView, study: typeof xorRich): (readonly [number, number])[] => {
  const { x, y } = pointsOf(study.settings(run));
  const fits = xorRates.of(run, "fit");
  const ratio = mean(fits.map(({ etaH }) => etaH)) / mean(fits.map(({ etaY }) => etaY));
  return study.of(run, "structure").flatMap(({ distances }) => {
    if (!distances) return [];
    const { distH, ...start } = distances;
    const predicted = pairwiseFinalDistances({ distX: distancesOf(x), distY: distancesOf(y), ...start }, ratio);
    const unit = Math.max(...distH.flat());
    return distH.flatMap((row, i) =>
      row.slice(0, i).map((value, j) => [predicted[i][j] / unit, value / unit] as const),
    );
  });
};

export const xorFigure = chartFigure({
  name: "xor",
  title: "Four points: distances predicted from two",
  needs: [...regimes.map(({ study }) => study.has("structure")), xorRates.has("fit")],
  caption: run =>
    `Measured: distances of every two of the four points of exclusive or in the end, ${regimes.map(({ study, text }) => `${study.of(run, "structure").length} networks at ${text}`).join(", ")}, each in units of the network's largest. Theory: every pair by itself from the network's own start, with rates of ` +
    "other networks on two points; equality is the broken line. Pairs that should merge in the rich regime do so in some networks and half-way in others.",
  chart: run => ({
    description: "Lazy points lie on the diagonal; rich ones near it, but for some pairs with one target.",
    x: { label: "predicted distance" },
    y: { label: "measured distance" },
    curves: [
      {
        points: [
          [0, 0],
          [1, 1],
        ],
        colour: colours.grey,
        dashed: true,
      },
    ],
    scatters: regimes.map(({ study, colour }) => ({ points: pairsOf(run, study), colour })),
    key: [
      ...regimes.map(({ text, colour }) => ({ sample: "ring" as const, text, colour })),
      { sample: "dashed" as const, text: "equality", colour: colours.grey },
    ],
  }),
});

const hues = [colours.blue, colours.vermillion];

export const contextFigure = chartsFigure({
  name: "context",
  title: "A blob whose place is asked for by a context",
  description: "Main coordinates of the representation, small initial weights above, large ones below.",
  height: 860,
  needs: [contextRich.has("structure"), contextLazy.has("structure")],
  caption: run =>
    `Measured: the two main coordinates of the representation of ${contextRich.of(run, "structure")[0].targets.length} images in the end, one network for each start, a colour for each context. Theory: with small weights points that share the answer ` +
    "come together, with large ones the grid of places stays. With small ones a line is left, along which both contexts have their answers at the same places.",
  charts: run =>
    [
      { study: contextRich, title: "gain 0.275" },
      { study: contextLazy, title: "gain 2" },
    ].map(({ study, title }) => {
      const [{ coordinates, groups }] = study.of(run, "structure");
      return {
        title,
        description: "A point for each image.",
        x: { label: `first coordinate, ${title}` },
        y: { label: "second coordinate" },
        curves: [],
        scatters: [0, 1].map(group => ({
          points: coordinates.flatMap(([a, b], i) => (groups[i] === group ? [[a, b] as const] : [])),
          colour: hues[group],
        })),
        key: [0, 1].map(group => ({
          sample: "ring" as const,
          text: group === 0 ? "one place asked for" : "the other",
          colour: hues[group],
        })),
      };
    }),
});
