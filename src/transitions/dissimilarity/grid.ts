import { invalid } from "../../errors.ts";

/** Throws a LandauError of kind "input" for a control parameter that does not ascend. */
export const checkControl = (control: ArrayLike<number>, name = "T"): void => {
  for (let k = 0; k < control.length; k++) {
    if (!Number.isFinite(control[k])) throw invalid(`${name}[${k}]`, control[k], "a finite number");
    if (k > 0 && !(control[k] > control[k - 1]))
      throw invalid(`${name}[${k}]`, control[k], `more than the ${control[k - 1]} before it`);
  }
};

/** Throws for segments that are longer than half of the grid. */
export const checkSegment = (L: number, points: number): void => {
  if (!(Number.isSafeInteger(L) && L >= 1 && 2 * L <= points))
    throw invalid("L", L, `a whole number of control values a segment has, from 1 to half of the ${points}`);
};

/** Where the splits are whose segments of L values fit on both sides: midway between values k and k + 1, k = L-1, ..., K-L-1 from 0. */
export const splitsOf = (control: ArrayLike<number>, L: number): number[] => {
  checkSegment(L, control.length);
  return Array.from({ length: control.length - 2 * L + 1 }, (_, i) => (control[L - 1 + i] + control[L + i]) / 2);
};

export interface LargestValue {
  readonly index: number;
  /** Vertex of the parabola through the largest value and its neighbours; its own place at an edge. */
  readonly location: number;
  /** The largest value itself. */
  readonly height: number;
}

/** The largest of values at given places, the first of equal ones. */
export const largestOf = (places: ArrayLike<number>, values: ArrayLike<number>): LargestValue => {
  let index = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[index]) index = i;
  return { index, location: vertexAt(places, values, index), height: values[index] };
};

/** Vertex of the parabola through the values at a place and at its neighbours, whatever their distances. */
export const vertexAt = (places: ArrayLike<number>, values: ArrayLike<number>, index: number): number => {
  const place = places[index];
  if (index === 0 || index === values.length - 1) return place;
  const [before, after] = [place - places[index - 1], places[index + 1] - place];
  const [fall, rise] = [values[index] - values[index - 1], values[index] - values[index + 1]];
  const curvature = before * rise + after * fall;
  return curvature > 0 ? place + (after * after * fall - before * before * rise) / (2 * curvature) : place;
};
