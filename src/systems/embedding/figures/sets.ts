import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartFigure } from "../../../exhibits/chart-figure.ts";
import { wilson } from "../../../numerics/statistics.ts";
import { additionSets, groupSets } from "../claims/studies.ts";

/** All training sets of ten symbols counted: half of them leave one representation at this share of the pairs. */
const CRITICAL = 22.482307253597014 / 55;

const sized = (run: RunView) => additionSets.of(run, "sets");

export const additionSetsFigure = chartFigure({
  name: "training-sets",
  title: "What training pairs imply: addition of ten symbols",
  needs: [additionSets.has("sets")],
  caption: run =>
    `Measured: ${additionSets.settings(run).draws} random training sets of each size: share that leaves the linear representation as the only one (blue, 95 % Wilson intervals), mean ideal accuracy (green) and mean grokking rate ` +
    "lambda_3 relative to that of all pairs, 3/35 (orange). Theory: half of the sets are unique at 40.9 % of the pairs, all sets counted (dotted). Ideal accuracy is not 1 there: an answer without a training pair stays unknown.",
  chart: run => ({
    description: "All three rise from the critical fraction on.",
    x: { label: "share of the pairs that is trained on", domain: [0.2, 1.02] },
    y: { label: "share", domain: [-0.03, 1.03] },
    curves: [],
    scatters: [
      {
        points: sized(run).map(({ fraction, unique }) => [fraction, unique as number]),
        ranges: sized(run).map(({ unique, draws }) => {
          const { low, high } = wilson(Math.round((unique as number) * draws), draws);
          return [low, high];
        }),
        colour: colours.blue,
      },
      {
        points: sized(run).map(({ fraction, idealAccuracy }) => [fraction, idealAccuracy.mean]),
        colour: colours.green,
      },
      {
        points: sized(run).map(({ fraction, lambda3 }) => [fraction, (lambda3 as { mean: number }).mean / (3 / 35)]),
        colour: colours.orange,
      },
    ],
    places: [{ label: "half of the sets", value: CRITICAL }],
    key: [
      { sample: "ring", text: "unique", colour: colours.blue },
      { sample: "ring", text: "ideal accuracy", colour: colours.green },
      { sample: "ring", text: "lambda_3", colour: colours.orange },
    ],
  }),
});

export const groupSetsFigure = chartFigure({
  name: "permutation-sets",
  title: "What training pairs imply: products of permutations",
  height: 360,
  needs: [groupSets.has("sets")],
  caption: run =>
    `Measured: mean ideal accuracy of ${groupSets.settings(run).draws} random training sets of each size, with two standard errors. Theory: known answers spread by quotients that are equal; it gives no critical size, the source's figure about a half.`,
  chart: run => ({
    description: "A steep rise around a half.",
    x: { label: "share of the 36 pairs that is trained on" },
    y: { label: "ideal accuracy", domain: [0, 1.03] },
    curves: [],
    scatters: [
      {
        points: groupSets.of(run, "sets").map(({ fraction, idealAccuracy }) => [fraction, idealAccuracy.mean]),
        ranges: groupSets
          .of(run, "sets")
          .map(({ idealAccuracy: { mean, standardError } }) => [mean - 2 * standardError, mean + 2 * standardError]),
        colour: colours.purple,
      },
    ],
  }),
});
