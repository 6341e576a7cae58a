import { groupBy } from "../numerics/group-by.ts";
import { type Cell, type MapGrid, type MapRun, nextRuns, type Vote } from "../transitions/map/index.ts";

export interface AdaptiveOptions {
  readonly seeds: number;
  readonly budget: number;
  /** Of the design. */
  readonly seed: number;
  /** The first seed that a cell is given, below `seeds`; the others follow, and after the last one seed 0. */
  readonly firstSeed: (cell: Cell) => number;
  /** Runs do not depend on their seed. */
  readonly exact?: boolean;
}

/**
 * What `nextRuns` asks for, with seeds that differ between cells. Runs of one seed begin alike, so that at neighbouring cells they err alike: a map of
 * the first seed alone would be that seed's map, and no neighbour could tell. Runs that are there count, whichever seed they are of.
 */
export const adaptiveRuns = (
  grid: MapGrid,
  votes: readonly Vote[],
  { seeds, budget, seed, firstSeed, exact = false }: AdaptiveOptions,
): readonly MapRun[] => {
  const keyOf = ({ column, row }: Cell): number => row * grid.columns + column;
  const byCell = groupBy(votes, keyOf);
  const turnOf = (cell: Cell, ofSeed: number): number => (ofSeed - firstSeed(cell) + seeds) % seeds;
  // The design counts the runs of a cell from 0.
  const counted = [...byCell.values()].flatMap(own =>
    [...own]
      .sort((a, b) => turnOf(a, a.seed) - turnOf(b, b.seed))
      .map(({ column, row, label }, seed) => ({ column, row, label, seed })),
  );
  return nextRuns(grid, counted, { seeds, budget, seed, exact }).map(({ column, row, seed: number }) => {
    const own = byCell.get(keyOf({ column, row })) ?? [];
    const first = firstSeed({ column, row });
    const left = Array.from({ length: seeds }, (_, turn) => (first + turn) % seeds).filter(
      each => !own.some(vote => vote.seed === each),
    );
    return { column, row, seed: left[number - own.length] };
  });
};
