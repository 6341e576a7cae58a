/** Share of a column's length that must be left of it, or it depends on those before. */
const DEPENDENT = 1e-9;

export const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

/** Takes the part along each of some orthonormal columns away, in place. */
export const project = (column: Float64Array, basis: readonly Float64Array[]): void => {
  for (const each of basis) {
    const along = dot(column, each);
    for (let i = 0; i < column.length; i++) column[i] -= along * each[i];
  }
};

/** An orthonormal basis of what some columns span, by Gram and Schmidt's method done twice; `start` is one already, and its first part. */
export const orthonormal = (columns: readonly Float64Array[], start: readonly Float64Array[] = []): Float64Array[] => {
  const basis = [...start];
  for (const column of columns) {
    const rest = column.slice();
    const length = Math.sqrt(dot(rest, rest));
    project(rest, basis);
    project(rest, basis);
    const left = Math.sqrt(dot(rest, rest));
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
