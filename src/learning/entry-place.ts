/** Where an entry of a row-major array stands: "[1,2]"; "" in a single number. */
export const entryPlace = (shape: readonly number[], entry: number): string => {
  if (shape.length === 0) return "";
  let rest = entry;
  const place = shape.map((_, axis) => {
    const stride = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    const index = Math.floor(rest / stride);
    rest -= index * stride;
    return index;
  });
  return `[${place.join(",")}]`;
};

/** The first entry that is not a finite number; -1 when all are. */
export const firstNotFinite = (values: Float64Array): number => {
  // One comparison catches not-a-number and both infinities.
  for (let i = 0; i < values.length; i++) if (!(Math.abs(values[i]) < Infinity)) return i;
  return -1;
};
