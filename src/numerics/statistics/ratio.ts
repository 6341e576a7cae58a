/** Sums over independent walkers of two quantities that each of them saw, and of their products. */
export type RatioSums = {
  readonly below: number;
  readonly depth: number;
  readonly belowSquared: number;
  readonly depthSquared: number;
  readonly product: number;
};

export const ratioSums = (walkers: readonly (readonly [below: number, depth: number])[]): RatioSums => {
  const sum = (of: (below: number, depth: number) => number) =>
    walkers.reduce((all, [below, depth]) => all + of(below, depth), 0);
  return {
    below: sum(below => below),
    depth: sum((_, depth) => depth),
    belowSquared: sum(below => below * below),
    depthSquared: sum((_, depth) => depth * depth),
    product: sum((below, depth) => below * depth),
  };
};

/**
 * sum below / sum (depth times its cell's prediction), and its standard error: a cell weighs as much as it has depth, walkers are independent of each other.
 */
export const pooledRatio = (cells: readonly (RatioSums & { readonly predicted: number })[]) => {
  const sum = (of: (cell: (typeof cells)[number]) => number): number => cells.reduce((all, cell) => all + of(cell), 0);
  const expected = sum(({ depth, predicted }) => depth * predicted);
  const ratio = sum(({ below }) => below) / expected;
  const scatter = sum(({ belowSquared, depthSquared, product, predicted }) => {
    const scale = ratio * predicted;
    return belowSquared - 2 * scale * product + scale * scale * depthSquared;
  });
  return { ratio, error: Math.sqrt(scatter) / expected };
};
