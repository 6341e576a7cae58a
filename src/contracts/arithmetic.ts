/**
 * What a formula is written in once, for single numbers or for traced arrays. Of two arguments at least one is a `T`;
 * a number stands for an array that is the same everywhere.
 */
export interface Arithmetic<T> {
  add(a: T | number, b: T | number): T;
  sub(a: T | number, b: T | number): T;
  mul(a: T | number, b: T | number): T;
  div(a: T | number, b: T | number): T;
  neg(a: T): T;
  sqrt(a: T): T;
  abs(a: T): T;
  maximum(a: T | number, b: T | number): T;
  minimum(a: T | number, b: T | number): T;
}
