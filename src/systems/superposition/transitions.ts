import type { RunRecord } from "../../contracts/protocol.ts";

/** A move of one run from one energy level to another. */
export interface Transition {
  readonly chain: number;
  readonly from: string;
  readonly to: string;
}

/** A level counts as visited when this many checkpoints in a row lie on it: a single one may be passed in flight. */
const VISIT = 2;

/**
 * The transitions in the `checkpoint` records of some runs, in their order: consecutive visits of different levels. States
 * in transit in between, however long, do not count.
 */
export const transitionsIn = (checkpoints: readonly RunRecord[]): readonly Transition[] => {
  const found: Transition[] = [];
  let visited: { chain: number; label: string } | undefined;
  checkpoints.forEach((record, i) => {
    const { chain } = record;
    const label = record.label as string | null;
    if (visited?.chain !== chain) visited = undefined;
    const stays = checkpoints
      .slice(Math.max(0, i - VISIT + 1), i + 1)
      .every(other => other.chain === chain && other.label === label);
    if (label === null || !stays || i + 1 < VISIT || visited?.label === label) return;
    if (visited) found.push({ chain, from: visited.label, to: label });
    visited = { chain, label };
  });
  return found;
};
