import type { Stream } from "../../../numerics/stream.ts";

/** Right answers to tokens, cut into targets of several tokens that count as right when all of them are. */

/** Targets of `length` tokens that are right, the rest of the tokens left out. */
export const exactMatches = (right: Uint8Array, length: number): number => {
  let matches = 0;
  for (let from = 0; from + length <= right.length; from += length) {
    let all = 1;
    for (let i = 0; i < length; i++) all &= right[from + i];
    matches += all;
  }
  return matches;
};

/** The same tokens with half of the targets, at random, all right or all wrong as their first token is. */
export const clumped = (right: Uint8Array, length: number, random: Stream): Uint8Array => {
  const out = right.slice();
  for (let from = 0; from + length <= right.length; from += length)
    if (random.below(2) === 1) out.fill(right[from], from, from + length);
  return out;
};

export const countRight = (right: Uint8Array): number => right.reduce((sum, value) => sum + value, 0);
