import type { OrderTable, Series } from "./table.ts";

/** Two named phases that follow each other as the control grows. */
export interface PhaseChange {
  readonly below: string;
  readonly above: string;
  /** Controls between which all sweeps, up and down, change from one to the other. */
  readonly interval: readonly [number, number];
}

/** The changes of named phases along the slowest sweeps at the largest size, in ascending control; none where phases have no names. */
export const phaseChanges = ({ sizes }: OrderTable): PhaseChange[] => {
  const { cells } = sizes[sizes.length - 1];
  const slowest = Math.max(...cells.flatMap(({ series }) => series.map(({ pace }) => pace)));
  const branches = new Map<string, { control: number; phase: string }[]>();
  for (const { control, series } of cells)
    for (const each of series) {
      if (each.phase === undefined || each.pace !== slowest) continue;
      const branch = branches.get(branchOf(each)) ?? [];
      branches.set(branchOf(each), branch);
      branch.push({ control, phase: each.phase });
    }
  const changes = new Map<string, PhaseChange>();
  for (const branch of branches.values())
    for (let i = 1; i < branch.length; i++) {
      const [below, above] = [branch[i - 1], branch[i]];
      if (below.phase === above.phase) continue;
      const key = JSON.stringify([below.phase, above.phase]);
      const [low, high] = changes.get(key)?.interval ?? [Infinity, -Infinity];
      const interval = [Math.min(low, below.control), Math.max(high, above.control)] as const;
      changes.set(key, { below: below.phase, above: above.phase, interval });
    }
  return [...changes.values()].sort((a, b) => a.interval[0] + a.interval[1] - b.interval[0] - b.interval[1]);
};

const branchOf = ({ direction, chain }: Series): string => JSON.stringify([direction, chain]);
