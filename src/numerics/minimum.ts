/** Place of the minimum of a function with one valley between `low` and `high`, whose ends close in by thirds `steps` times. */
export const minimumByThirds = (f: (x: number) => number, low: number, high: number, steps: number): number => {
  let [left, right] = [low, high];
  for (let step = 0; step < steps; step++) {
    const third = (right - left) / 3;
    if (f(left + third) > f(right - third)) left += third;
    else right -= third;
  }
  return left + (right - left) / 2;
};

const REFINEMENTS = 60;

/** The ends of an interval and the places in between where a function turns, ascending; humps narrower than two of the `count` parts are not seen. */
export const turningPlaces = (f: (x: number) => number, low: number, high: number, count: number): number[] => {
  const at = (i: number): number => low + ((high - low) * i) / count;
  const values = Array.from({ length: count + 1 }, (_, i) => f(at(i)));
  const places = [low];
  for (let i = 1; i < count; i++) {
    const up = values[i] >= values[i - 1] && values[i] > values[i + 1];
    const down = values[i] <= values[i - 1] && values[i] < values[i + 1];
    if (up || down) places.push(minimumByThirds(x => (up ? -f(x) : f(x)), at(i - 1), at(i + 1), REFINEMENTS));
  }
  return [...places, high];
};

/** 2 over 1 + sqrt 5. */
const GOLDEN = 0.6180339887498949;

/** The same by golden sections: one value of the function a step, each of which leaves 0.62 of what was there. */
export const minimumByGoldenSections = (f: (x: number) => number, low: number, high: number, steps: number): number => {
  let [left, right] = [low, high];
  let [a, b] = [right - GOLDEN * (right - left), left + GOLDEN * (right - left)];
  let [atA, atB] = [f(a), f(b)];
  for (let step = 0; step < steps; step++) {
    if (atA > atB) {
      [left, a, atA] = [a, b, atB];
      b = left + GOLDEN * (right - left);
      if (step + 1 < steps) atB = f(b);
    } else {
      [right, b, atB] = [b, a, atA];
      a = right - GOLDEN * (right - left);
      if (step + 1 < steps) atA = f(a);
    }
  }
  return left + (right - left) / 2;
};
