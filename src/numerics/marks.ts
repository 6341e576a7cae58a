import { invalid } from "../errors.ts";
import type { Stream } from "./stream.ts";

/** Marks of k of `count` things, every set of k alike. */
export const randomMarks = (count: number, k: number, random: Stream): Uint8Array => {
  const order = new Int32Array(count);
  for (let place = 0; place < count; place++) order[place] = place;
  random.shuffle(order);
  const marks = new Uint8Array(count);
  for (let i = 0; i < k; i++) marks[order[i]] = 1;
  return marks;
};

export const countMarked = (marks: Uint8Array): number => marks.reduce((sum, mark) => sum + mark, 0);

/**
 * Marks of the ordered pairs (i, j) of 0, ..., size - 1, at i size + j. Throws a LandauError of kind "input" that names a pair which is none or stands twice.
 */
export const markedOrderedPairs = (size: number, pairs: readonly (readonly number[])[], name: string): Uint8Array => {
  const marks = new Uint8Array(size * size);
  pairs.forEach((pair, k) => {
    const isElement = (value: number) => Number.isInteger(value) && value >= 0 && value < size;
    if (pair.length !== 2 || !pair.every(isElement))
      throw invalid(`${name}[${k}]`, pair, `two of the elements 0 to ${size - 1}`);
    const place = pair[0] * size + pair[1];
    if (marks[place] === 1) throw invalid(`${name}[${k}]`, pair, "a pair that is not there before");
    marks[place] = 1;
  });
  return marks;
};
