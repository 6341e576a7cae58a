/**
 * Moves positions apart until neighbours are at least `gap` apart and all lie in [low, high], with the least sum of
 * squared moves: isotonic regression of position - rank x gap by pooling, then clamped. Keeps the order of the input.
 * When there is no room for the gap, it shrinks to what fits.
 */
export const spread = (positions: readonly number[], gap: number, [low, high]: readonly [number, number]): number[] => {
  const count = positions.length;
  const step = count > 1 ? Math.min(gap, (high - low) / (count - 1)) : 0;
  const order = positions.map((_, index) => index).sort((a, b) => positions[a]! - positions[b]! || a - b);
  const blocks: { mean: number; size: number }[] = [];
  order.forEach((index, rank) => {
    let block = { mean: positions[index]! - rank * step, size: 1 };
    while (blocks.length > 0 && blocks[blocks.length - 1]!.mean > block.mean) {
      const previous = blocks.pop()!;
      const size = previous.size + block.size;
      block = { mean: (previous.mean * previous.size + block.mean * block.size) / size, size };
    }
    blocks.push(block);
  });
  const room = high - (count - 1) * step;
  const placed = new Array<number>(count);
  let rank = 0;
  for (const { mean, size } of blocks)
    for (let member = 0; member < size; member++, rank++)
      placed[order[rank]!] = Math.max(low, Math.min(room, mean)) + rank * step;
  return placed;
};
