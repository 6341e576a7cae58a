/** Local minima of a function on a grid of `intervals` equal ones, ends left out, each at the vertex of the parabola through it and its neighbours; ascending. */
export const gridMinima = (f: (x: number) => number, from: number, to: number, intervals: number): number[] => {
  const step = (to - from) / intervals;
  const at = (i: number): number => from + step * i;
  return Array.from({ length: intervals - 1 }, (_, i) => i + 1)
    .map(i => ({ x: at(i), left: f(at(i - 1)), middle: f(at(i)), right: f(at(i + 1)) }))
    .filter(({ left, middle, right }) => middle < left && middle <= right)
    .map(({ x, left, middle, right }) => x + ((left - right) / (left - 2 * middle + right)) * (step / 2));
};
