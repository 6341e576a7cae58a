/** A move of one run from one phase to another. */
export interface Transition {
  readonly chain: number;
  readonly from: string;
  readonly to: string;
}

/** A phase counts as visited when this many checkpoints in a row are in it: a single one may be passed in flight. */
const VISIT = 2;

interface Checkpoint {
  readonly chain: number;
  readonly label: string | null;
}

/**
 * The transitions in the `checkpoint` records of some runs, in their order: consecutive visits of different phases. States
 * in transit in between, however long, do not count.
 */
export const transitionsIn = (checkpoints: readonly Checkpoint[]): readonly Transition[] => {
  const found: Transition[] = [];
  let visited: { chain: number; label: string } | undefined;
  checkpoints.forEach(({ chain, label }, i) => {
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
