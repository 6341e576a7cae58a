import type { RunRecord } from "../../src/contracts/protocol.ts";
import { axesOf, gridOf, placedCells, votesOf } from "../../src/protocols/sweep-axes.ts";
import { readMap } from "../../src/transitions/map/index.ts";
import { isSettled, KNOWN, mostOf, SIDE, settingsOf, sweep } from "./toy-addition-problem.ts";

export const CELLS = SIDE * SIDE;

/** What is recorded of each cell. */
export interface Recorded {
  /** A letter for the phase of each seed. */
  readonly votes: readonly (readonly string[])[];
  /** The phase that at least 12 of 15 seeds end in; null where none has so many. */
  readonly truth: readonly (string | null)[];
  /** Cells whose phase is known. */
  readonly known: readonly number[];
}

export const readVotes = (text: string): Recorded => {
  const votes: string[][] = Array.from({ length: CELLS }, () => []);
  for (const line of text.trim().split("\n").slice(1)) {
    const [column, row, seed, label] = line.split(",");
    votes[Number(row) * SIDE + Number(column)][Number(seed)] = label;
  }
  const open = votes.findIndex(own => !isSettled(own));
  if (open >= 0) throw new Error(`the votes of cell ${open} leave its phase open`);
  const truth = votes.map(own => (mostOf(own)[1] >= KNOWN ? mostOf(own)[0] : null));
  return { votes, truth, known: [...truth.keys()].filter(cell => truth[cell] !== null) };
};

export const share = (cells: readonly number[], isRight: (cell: number) => boolean): number =>
  cells.filter(isRight).length / cells.length;

/** Whether a cell is in the phase that most of its eight neighbours are in. */
export const followsNeighbours = (labels: readonly string[], cell: number): boolean => {
  const [x, y] = [cell % SIDE, Math.floor(cell / SIDE)];
  const around = [-1, 0, 1].flatMap(dy =>
    [-1, 0, 1].flatMap(dx => {
      const inside = x + dx >= 0 && x + dx < SIDE && y + dy >= 0 && y + dy < SIDE;
      return inside && (dx !== 0 || dy !== 0) ? [labels[(y + dy) * SIDE + x + dx]] : [];
    }),
  );
  return mostOf(around)[0] === labels[cell];
};

/** An adaptive sweep with at most so many runs a cell, which are looked up: `voteAt` is what a run would say. */
export const replay = (
  design: number,
  { seeds, perCell }: { readonly seeds: number; readonly perCell: number },
  voteAt: (cell: number, seed: number) => string,
): { readonly labels: readonly string[]; readonly perCell: number } => {
  const settings = settingsOf({ design: "adaptive", seeds, budget: Math.floor(perCell * CELLS) });
  const axes = axesOf(settings);
  const records: RunRecord[] = [];
  for (let round = 0; ; round++) {
    const pieces = sweep.plan!({ settings, seed: design, chain: 0 }, records, round);
    if (pieces.length === 0) break;
    for (const piece of pieces) {
      const record = { kind: "cell", chain: 0, ...piece };
      const [{ column, row }] = placedCells([record], axes);
      records.push({ ...record, label: voteAt(row * SIDE + column, piece.seed as number) });
    }
  }
  const { cells } = readMap(gridOf(axes), votesOf(records, axes));
  return { labels: cells.map(({ label }) => label), perCell: records.length / CELLS };
};
