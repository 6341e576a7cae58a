import { invalid } from "../../errors.ts";
import { fitKernel } from "./fit-kernel.ts";
import { largestMissed } from "./largest-missed.ts";
import { neighboursOn } from "./neighbours.ts";
import type { CellReading, MapGrid, PhaseMap, Vote } from "./phase-map.ts";
import { posterior } from "./posterior.ts";
import { tallyOf } from "./tally.ts";

/**
 * What a set of votes says of every cell of a map; their order does not matter. Throws without any vote, when a vote lies outside of the grid and when a run
 * is said to have ended in two phases.
 */
export const readMap = (grid: MapGrid, votes: readonly Vote[]): PhaseMap => {
  const tally = tallyOf(grid, votes);
  if (votes.length === 0) throw invalid("votes", votes, "at least one");
  const { labels, counts, totals, runs } = tally;
  const near = neighboursOn(grid);
  const { probabilities } = posterior(tally, near, fitKernel(tally, near));
  const cells = Array.from(totals, (total, cell): CellReading => {
    let best = 0;
    for (let k = 1; k < labels.length; k++) if (probabilities[k][cell] > probabilities[best][cell]) best = k;
    return {
      column: cell % grid.columns,
      row: Math.floor(cell / grid.columns),
      votes: Object.fromEntries(
        labels.flatMap((label, k) => (total > 0 && counts[k][cell] > 0 ? [[label, counts[k][cell]]] : [])),
      ),
      probabilities: Object.fromEntries(labels.map((label, k) => [label, probabilities[k][cell]])),
      label: labels[best],
      sure: probabilities[best][cell],
    };
  });
  return { grid, labels, cells, runs, largestMissed: largestMissed(grid, totals), roughness: null };
};
