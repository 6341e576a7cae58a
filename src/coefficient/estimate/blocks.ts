import type { ParameterArray } from "../../contracts/objective.ts";
import type { Curvature } from "./curvature.ts";

/** Indices of parameters that are looked at together. */
export type Block = Int32Array;

/** Up to this many parameters, or parameters without curvature, each is a block of its own. */
export const MOST_SINGLE = 32;
const MOST_ARRAYS = 10;

/**
 * The parameters in blocks: each alone when they are few; else those without any curvature alone when these are few; else array by
 * array.
 */
export const blocksOf = (
  size: number,
  parameters: readonly ParameterArray[],
  curvature: Curvature,
): { blocks: Block[]; arrays: Block[] } => {
  const arrays = parameters.length <= MOST_ARRAYS ? parameters.map(rangeOf) : [range(0, size)];
  const others = arrays.filter(block => block.length > 1);
  if (size <= MOST_SINGLE) return { blocks: Array.from({ length: size }, (_, i) => Int32Array.of(i)), arrays: others };
  const { idle } = curvature;
  if (idle.length === 0 || idle.length > MOST_SINGLE) return { blocks: arrays, arrays: [] };
  const alone = new Set(idle);
  const rest = arrays.map(block => block.filter(i => !alone.has(i))).filter(block => block.length > 0);
  return { blocks: [...rest, ...idle.map(i => Int32Array.of(i))], arrays: others };
};

const rangeOf = ({ offset, shape }: ParameterArray): Block =>
  range(
    offset,
    shape.reduce((product, side) => product * side, 1),
  );
const range = (from: number, length: number): Block => Int32Array.from({ length }, (_, i) => from + i);
