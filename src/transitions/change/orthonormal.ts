import { once } from "./once.ts";

/** Share of a column's length that must be left of it, or it depends on those before. */
const DEPENDENT = 1e-9;
/** Of a column of which so much is left after one round no digits are lost that a second one would bring back. */
const ENOUGH = 0.5;

/** Sum of products over those entries, from the first to before the last, where both may differ from 0. */
const dotWithin = (a: Float64Array, b: Float64Array, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += a[i] * b[i];
  return sum;
};

export const dot = (a: Float64Array, b: Float64Array): number => dotWithin(a, b, 0, a.length);

/** Entries of a column from the first that is not 0 to the last. */
const rangeOf = once((column: Float64Array): readonly [from: number, to: number] => {
  let [from, to] = [0, column.length];
  while (from < to && column[from] === 0) from++;
  while (to > from && column[to - 1] === 0) to--;
  return [from, to];
});

/** Takes the part along each of some orthonormal columns away, in place. */
export const project = (column: Float64Array, basis: readonly Float64Array[]): void => {
  let [low, high] = [0, column.length];
  while (low < high && column[low] === 0) low++;
  while (high > low && column[high - 1] === 0) high--;
  for (const each of basis) {
    const [from, to] = rangeOf(each);
    const along = dotWithin(column, each, Math.max(low, from), Math.min(high, to));
    if (along === 0) continue;
    for (let i = from; i < to; i++) column[i] -= along * each[i];
    [low, high] = [Math.min(low, from), Math.max(high, to)];
  }
};

/** An orthonormal basis of what some columns span, by Gram and Schmidt's method, done twice where needed; `start` is one already, and its first part. */
export const orthonormal = (columns: readonly Float64Array[], start: readonly Float64Array[] = []): Float64Array[] => {
  const basis = [...start];
  for (const column of columns) {
    const rest = column.slice();
    const length = Math.sqrt(dot(rest, rest));
    project(rest, basis);
    let left = Math.sqrt(dot(rest, rest));
    if (!(left > ENOUGH * length)) {
      project(rest, basis);
      left = Math.sqrt(dot(rest, rest));
    }
    if (left > DEPENDENT * length) {
      for (let i = 0; i < rest.length; i++) rest[i] /= left;
      basis.push(rest);
    }
  }
  return basis;
};

/** Those of some columns that do not depend on the ones before. */
export const independent = (columns: readonly Float64Array[]): Float64Array[] => {
  let basis: Float64Array[] = [];
  return columns.filter(column => {
    const before = basis.length;
    basis = orthonormal([column], basis);
    return basis.length > before;
  });
};
