import type { i32, u32 } from "../in-blocks.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 */

/**
 * Adds to `counts` which outcome each of `count` words is: the first x whose limit exceeds the word, or the last. An entry of `cells` is the first outcome of the words
 * that begin with its bits, and -1 less it where they have several.
 */
export const tallyWords = (
  words: Uint32Array,
  cells: Int32Array,
  limits: Float64Array,
  counts: Float64Array,
  count: i32,
  shift: i32,
  last: i32,
): number => {
  for (let i = 0; i < count; i++) {
    const word: u32 = words[i];
    let x: i32 = cells[word >>> shift];
    if (x < 0) {
      x = -1 - x;
      while (x < last && word >= limits[x]) x++;
    }
    counts[x] += 1;
  }
  return 0;
};
