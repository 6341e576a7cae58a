import { invalid } from "../../errors.ts";
import { fitKernel } from "./fit-kernel.ts";
import { largestMissed } from "./largest-missed.ts";
import { neighboursOn } from "./neighbours.ts";
import type { CellReading, MapGrid, PhaseMap, RunOptions, Vote } from "./phase-map.ts";
import { posterior } from "./posterior.ts";
import { roughnessOf } from "./roughness.ts";
import { tallyOf } from "./tally.ts";

/**
 * What a set of votes says of every cell of a map; their order does not matter. Throws without any vote, when a vote lies outside of the grid and when a run
 * is said to have ended in two phases.
 */
export const readMap = (grid: MapGrid, votes: readonly Vote[], { exact = false }: RunOptions = {}): PhaseMap => {
  const tally = tallyOf(grid, votes);
  if (votes.length === 0) throw invalid("votes", votes, "at least one");
  const { labels, counts, totals, runs } = tally;
  const near = neighboursOn(grid);
  const { probabilities } = posterior(tally, near, fitKernel(tally, near, exact), exact);
  const best = Int32Array.from(totals, (_, cell) => {
    let most = 0;
    for (let k = 1; k < labels.length; k++) if (probabilities[k][cell] > probabilities[most][cell]) most = k;
    return most;
  });
  const cells = Array.from(
    best,
    (k, cell): CellReading => ({
      column: cell % grid.columns,
      row: Math.floor(cell / grid.columns),
      votes: Object.fromEntries(labels.flatMap((label, l) => (counts[l][cell] > 0 ? [[label, counts[l][cell]]] : []))),
      probabilities: Object.fromEntries(labels.map((label, l) => [label, probabilities[l][cell]])),
      label: labels[k],
      sure: probabilities[k][cell],
    }),
  );
  return {
    grid,
    labels,
    cells,
    runs,
    largestMissed: largestMissed(grid, totals),
    roughness: roughnessOf(grid, best),
  };
};
