import { type Claim, claim } from "../../../contracts/claim.ts";
import { fraction, jackknifeComparison } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { log } from "../../../numerics/elementary.ts";
import { lineThrough } from "../../../numerics/line-fit.ts";
import { byNumber } from "../../../protocols/records.ts";
import type { CellRecord } from "../../../protocols/sweep-cell.ts";
import { cellsOf, rateMap } from "./studies.ts";

const generalises = ({ label }: CellRecord): boolean => label === "generalization" || label === "grokking";

/**
 * Log10 of the decoder's rate up to which runs of a row generalise, when all do in the first column and none in the last: the first rate and the sum of shares,
 * which needs no curve.  [Spearman 1908, Kaerber 1931]
 */
const borderOf = (cells: readonly CellRecord[]): number => {
  const columns = byNumber(cells, ({ x }) => x);
  const [first, last] = [columns[0][0], columns[columns.length - 1][0]].map(x => log(x) / log(10));
  const apart = (last - first) / (columns.length - 1);
  const sum = columns.reduce((total, [, own]) => total + own.filter(generalises).length / own.length, 0);
  return first + (sum - 0.5) * apart;
};

/** The border of each row as (log10 of the row's value, log10 of the decoder's rate). */
const bordersOf = (cells: readonly CellRecord[]): readonly (readonly [number, number])[] =>
  byNumber(cells, ({ y }) => y as number).map(([y, row]) => [log(y) / log(10), borderOf(row)] as const);

/** Cells by seed: members that are independent of each other. */
const bySeed = (run: RunView, map: typeof rateMap) =>
  byNumber(cellsOf(run, map), ({ seed }) => seed).map(([, cells]) => cells);

const slopeOf = (members: readonly (readonly CellRecord[])[]): number => lineThrough(bordersOf(members.flat())).slope;

export const mapClaims: readonly Claim[] = [
  claim("border-of-slope-one", "figure 5", {
    statement:
      "Networks stop generalising at a constant ratio of the two rates: the border has slope 1 in logarithmic axes.",
    routes: {
      measured:
        "rate of the decoder up to which runs generalise, over the rate of the embeddings; jackknife over seeds",
      predicted: "slope 1, within 0.35: theorem 3 depends on the ratio alone",
      kind: "formula",
    },
    studies: [rateMap],
    measure: run => [jackknifeComparison("slope", bySeed(run, rateMap), slopeOf, { predicted: 1, tolerance: 0.35 })],
  }),

  claim("map-corners", "figure 5", {
    statement:
      "Where the decoder is at most as fast as the embeddings most runs generalise; where it is more than a hundred times as fast most do not.",
    routes: {
      measured: "phases of the runs in two opposite corners of the map, ratios below 1 and above 100",
      predicted: "more than half, and less than half, with Wilson's interval",
      kind: "bound",
    },
    studies: [rateMap],
    measure: run => {
      const cells = cellsOf(run, rateMap);
      const ratio = ({ x, y }: CellRecord) => x / (y as number);
      return [
        fraction(
          "generalise, ratio up to 1",
          cells.filter(cell => ratio(cell) <= 1.0001),
          generalises,
          { above: 0.5 },
        ),
        fraction(
          "generalise, ratio above 100",
          cells.filter(cell => ratio(cell) > 100),
          generalises,
          { below: 0.5 },
        ),
      ];
    },
  }),
];
