/** The slope of `of` along parameter i by a step of `h` to each side. */
export const centralDifference = (of: (w: Float64Array) => number, w: Float64Array, i: number, h: number): number => {
  const moved = w.slice();
  const at = (value: number): number => {
    moved[i] = value;
    return of(moved);
  };
  return (at(w[i] + h) - at(w[i] - h)) / (2 * h);
};
