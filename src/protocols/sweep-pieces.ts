import type { Member, Piece, RunRecord } from "../contracts/protocol.ts";
import { stream } from "../numerics/stream.ts";
import type { Cell } from "../transitions/map/index.ts";
import { adaptiveRuns } from "./adaptive-runs.ts";
import { axesOf, gridOf, type SweepAxes, votesOf } from "./sweep-axes.ts";
import { sweepSettings } from "./sweep-settings.ts";

/** The runs that a sweep makes in a round: all at once, or round after round where the design is adaptive. */
export const plannedPieces = (
  { settings, seed, chain }: Member,
  records: readonly RunRecord[],
  round: number,
): readonly Piece[] => {
  const { design, seeds, budget: most, ...layout } = sweepSettings(settings);
  const axes = axesOf(layout);
  const budget = most === 0 ? Infinity : most;
  if (design === "adaptive") {
    // By its point, not by its place: a wider map begins with the same seeds.
    const firstSeed = ({ column, row }: Cell): number => {
      const { x, y } = pieceOf(axes, column, row, 0);
      return stream({ seed, chain, purpose: `first seed at ${x} ${y}` }).below(seeds);
    };
    const runs = adaptiveRuns(gridOf(axes), votesOf(records, axes), {
      seeds,
      budget,
      seed,
      firstSeed,
      exact: axes.exact,
    });
    return runs.map(({ column, row, seed }) => pieceOf(axes, column, row, seed));
  }
  if (round > 0) return [];
  const pieces = allPieces(axes, seeds);
  if (design === "grid") return pieces;
  shuffle(pieces, stream({ seed, chain, purpose: "sweep" }));
  return pieces.slice(0, budget);
};

const pieceOf = ({ x, y }: SweepAxes, column: number, row: number, seed: number): Piece => ({
  ...(y && { y: y.values[row] }),
  x: x.values[column],
  seed,
});

/** All cells from the first seed, then from the next: the map is whole as early as can be. */
const allPieces = (axes: SweepAxes, seeds: number): Piece[] => {
  const { columns, rows } = gridOf(axes);
  const pieces: Piece[] = [];
  for (let seed = 0; seed < seeds; seed++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) pieces.push(pieceOf(axes, column, row, seed));
  return pieces;
};

/** In place, from the end (Fisher and Yates). */
const shuffle = <Item>(items: Item[], random: { below(n: number): number }): void => {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
};
