import type { Node } from "./node.ts";
import type { Shape } from "./shape.ts";

/** Where a parameter starts: at one value, at given values (row-major), or at random ones. */
export type Initialiser =
  | number
  | ArrayLike<number>
  /** Standard deviation. */
  | { readonly normal: number }
  /** Half width of an interval around 0. */
  | { readonly uniform: number };

/**
 * An array that training moves. Starts, unless given otherwise, at 0 when it has less than two axes, else normal with variance
 * 1 / (number of entries of all axes but the last).
 */
export type ParameterMaker = (name: string, shape: Shape, start?: Initialiser) => Node;
