import { exp } from "../../../src/numerics/elementary.ts";
import { stream } from "../../../src/numerics/stream.ts";
import type { Cell, MapGrid, MapOptions, MapRun, Vote } from "../../../src/transitions/map/index.ts";
import { nextRuns } from "../../../src/transitions/map/index.ts";

/** A map that is known: the phase of a point, in cells from the middle of cell (0, 0). */
export interface KnownMap {
  readonly grid: MapGrid;
  readonly phaseAt: (x: number, y: number) => string;
}

export const runAlone =
  ({ phaseAt }: KnownMap) =>
  ({ column, row }: Cell): string =>
    phaseAt(column, row);

/**
 * Runs that depend on their seed: at a distance of d cells from the boundary a share 0.5 exp(-d / 1.5) of the runs end in a phase drawn from all phases alike. The
 * distance is from the middle of the cell to the nearest point of another phase, on a lattice of an eighth of a cell.
 */
export const noisyRuns = (map: KnownMap, seed: number): ((run: MapRun) => string) => {
  const { grid, phaseAt } = map;
  const { columns, rows } = grid;
  const fine = 8;
  const [width, height] = [columns * fine, rows * fine];
  const phases = Array.from({ length: width * height }, (_, i) =>
    phaseAt(((i % width) + 0.5) / fine - 0.5, (Math.floor(i / width) + 0.5) / fine - 0.5),
  );
  const all = [...new Set(phases)].sort();
  const reach = 4 * fine;
  const shares = Array.from({ length: columns * rows }, (_, cell) => {
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    const own = phaseAt(column, row);
    let nearest = Infinity;
    const [cx, cy] = [(column + 0.5) * fine - 0.5, (row + 0.5) * fine - 0.5];
    for (let y = Math.max(0, Math.ceil(cy - reach)); y <= Math.min(height - 1, cy + reach); y++)
      for (let x = Math.max(0, Math.ceil(cx - reach)); x <= Math.min(width - 1, cx + reach); x++)
        if (phases[y * width + x] !== own) nearest = Math.min(nearest, (x - cx) * (x - cx) + (y - cy) * (y - cy));
    return 0.5 * exp(-Math.sqrt(nearest) / fine / 1.5);
  });
  return ({ column, row, seed: run }) => {
    const cell = row * columns + column;
    const random = stream({ seed, chain: cell, purpose: "noise", step: run });
    return random.uniform() < shares[cell] ? all[random.below(all.length)] : phaseAt(column, row);
  };
};

/** All votes of a design that is followed to its end. */
export const explore = (grid: MapGrid, labelOf: (run: MapRun) => string, options: MapOptions): Vote[] => {
  const votes: Vote[] = [];
  for (;;) {
    const runs = nextRuns(grid, votes, options);
    if (runs.length === 0) return votes;
    for (const run of runs) votes.push({ ...run, label: labelOf(run) });
  }
};

/** Share of the cells that are named as the map has them. */
export const agreement = ({ phaseAt }: KnownMap, cells: readonly (Cell & { readonly label: string })[]): number =>
  cells.filter(({ column, row, label }) => phaseAt(column, row) === label).length / cells.length;
