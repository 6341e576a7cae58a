import { invalid } from "../../errors.ts";

/** What was seen at one value of the control: one row of the table that the instrument reads. */
export interface Observation {
  /** Temperature, weight decay, ... */
  readonly control: number;
  /** Edge of a lattice, number of samples, inverse temperature, ...: what goes to infinity in the limit of a sharp transition. 1 when absent. */
  readonly size?: number;
  /** Values of the order parameter, in the order in which they were drawn; a sweep without noise has one. */
  readonly samples: ArrayLike<number>;
  /** Energies or losses beside the samples. */
  readonly energies?: ArrayLike<number>;
  /** Whether the control was rising or falling, in a sweep. */
  readonly direction?: "up" | "down";
  /** Time spent at each value of the control, in any unit, in a sweep. 1 when absent. */
  readonly pace?: number;
  /** Runs that share nothing have names of their own. */
  readonly chain?: number | string;
  /** Name of the phase that was seen. */
  readonly phase?: string;
}

/** One uninterrupted series at a cell. */
export interface Series {
  readonly values: Float64Array;
  readonly energies: Float64Array | undefined;
  readonly direction: "up" | "down" | undefined;
  readonly pace: number;
  readonly chain: number | string | undefined;
  readonly phase: string | undefined;
}

/** All that was seen at one control and size. */
export interface OrderCell {
  readonly control: number;
  readonly series: readonly Series[];
}

/** A size with its cells, in ascending control. */
export interface SizeTable {
  readonly size: number;
  readonly cells: readonly OrderCell[];
}

export interface OrderTable {
  /** Ascending sizes. */
  readonly sizes: readonly SizeTable[];
  /** What the control is called. */
  readonly control: string;
  /** Whether samples take two values only, which are 0 and 1 here. */
  readonly indicator: boolean;
  /** Whether the modulus of the order parameter was taken, as its sign is a matter of chance. */
  readonly folded: boolean;
}

const LEAST_CONTROLS = 4;

/**
 * Checks and sorts observations. Where values of both signs occur and the mean does not go from one sign to the other with the
 * control, the sign is a broken symmetry's and the modulus is taken. Throws a LandauError that names the observation.
 */
export const orderTable = (observations: readonly Observation[], name = "control"): OrderTable => {
  if (observations.length === 0) throw invalid("observations", [], "at least one observation");
  observations.forEach(checkObservation);
  const two = twoValues(observations);
  const folded = two === null && isSymmetric(observations);
  const controlOf = sameWithinRounding(observations.map(({ control }) => control));
  const bySize = new Map<number, Map<number, Series[]>>();
  for (const { control, size = 1, samples, energies, direction, pace = 1, chain, phase } of observations) {
    const cells = bySize.get(size) ?? new Map<number, Series[]>();
    bySize.set(size, cells);
    const key = controlOf(control);
    const series = cells.get(key) ?? [];
    cells.set(key, series);
    const values = new Float64Array(samples);
    if (folded) for (let i = 0; i < values.length; i++) values[i] = Math.abs(values[i]);
    if (two) for (let i = 0; i < values.length; i++) values[i] = values[i] === two[1] ? 1 : 0;
    series.push({ values, energies: energies && new Float64Array(energies), direction, pace, chain, phase });
  }
  const sizes = [...bySize]
    .sort(([a], [b]) => a - b)
    .map(([size, cells]) => ({
      size,
      cells: [...cells].sort(([a], [b]) => a - b).map(([control, series]) => ({ control, series })),
    }));
  for (const { size, cells } of sizes)
    if (cells.length < LEAST_CONTROLS)
      throw invalid(`the number of controls at size ${size}`, cells.length, `at least ${LEAST_CONTROLS}`);
  return { sizes, control: name, indicator: two !== null, folded };
};

/** Rounding in single precision, as a share of a number; and the part of the mean spacing of controls that it may not reach. */
const SINGLE = 4e-7;
const SPACING = 1e-3;
/** Rounding in double precision. */
const DOUBLE = 8 * Number.EPSILON;

/** For each value the first of those that differ from it by rounding only. */
export const sameWithinRounding = (values: readonly number[]): ((value: number) => number) => {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const spacing = (sorted[sorted.length - 1] - sorted[0]) / sorted.length;
  const first = new Map<number, number>();
  sorted.forEach((value, i) => {
    const before = sorted[i - 1];
    const magnitude = Math.max(Math.abs(value), Math.abs(before));
    const rounding = Math.max(DOUBLE * magnitude, Math.min(SINGLE * magnitude, SPACING * spacing));
    first.set(value, value - before <= rounding ? (first.get(before) as number) : value);
  });
  return value => first.get(value) as number;
};

const checkObservation = (
  { control, size = 1, samples, energies, direction, pace = 1 }: Observation,
  i: number,
): void => {
  const at = `observations[${i}]`;
  if (!Number.isFinite(control)) throw invalid(`${at}.control`, control, "a finite number");
  if (!(size > 0 && size < Infinity)) throw invalid(`${at}.size`, size, "a positive number");
  if (!(pace > 0 && pace < Infinity)) throw invalid(`${at}.pace`, pace, "a positive number");
  if (direction !== undefined && direction !== "up" && direction !== "down")
    throw invalid(`${at}.direction`, direction, '"up" or "down"');
  if (samples.length === 0) throw invalid(`${at}.samples`, [], "at least one number");
  for (let k = 0; k < samples.length; k++)
    if (!Number.isFinite(samples[k])) throw invalid(`${at}.samples[${k}]`, samples[k], "a finite number");
  if (!energies) return;
  if (energies.length !== samples.length)
    throw invalid(`the length of ${at}.energies`, energies.length, `${samples.length}, as there are samples`);
  for (let k = 0; k < energies.length; k++)
    if (!Number.isFinite(energies[k])) throw invalid(`${at}.energies[${k}]`, energies[k], "a finite number");
};

/** The two values, ascending, that samples take; null when there are more, or one. */
const twoValues = (observations: readonly Observation[]): readonly [number, number] | null => {
  const seen = new Set<number>();
  for (const { samples } of observations)
    for (let i = 0; i < samples.length; i++) {
      seen.add(samples[i]);
      if (seen.size > 2) return null;
    }
  const [a, b] = [...seen].sort((x, y) => x - y);
  return b === undefined ? null : [a, b];
};

/** Share of values on the rarer side from which on a sign counts as one. */
const RARE = 0.005;
/** A mean of this share of the largest value is of one sign. */
const CLEAR = 0.25;

const isSymmetric = (observations: readonly Observation[]): boolean => {
  let [negative, positive] = [0, 0];
  // The largest value of each size: totals grow with it.
  const largest = new Map<number, number>();
  for (const { size = 1, samples } of observations) {
    let most = largest.get(size) ?? 0;
    for (let i = 0; i < samples.length; i++) {
      if (samples[i] < 0) negative++;
      else if (samples[i] > 0) positive++;
      most = Math.max(most, Math.abs(samples[i]));
    }
    largest.set(size, most);
  }
  if (Math.min(negative, positive) <= RARE * (negative + positive)) return false;
  // A field that turns the sign turns it at every size alike: the ends of the range tell.
  const controls = [...new Set(observations.map(({ control }) => control))].sort((a, b) => a - b);
  const reach = Math.max(1, Math.floor(controls.length / 5));
  const signsAt = (places: readonly number[]): Set<number> => {
    const inside = new Set(places);
    return new Set(
      observations
        .filter(({ control }) => inside.has(control))
        .map(({ size = 1, samples }) => {
          let sum = 0;
          for (let i = 0; i < samples.length; i++) sum += samples[i];
          const mean = sum / samples.length;
          return Math.abs(mean) < CLEAR * (largest.get(size) as number) ? 0 : Math.sign(mean);
        }),
    );
  };
  const [low, high] = [signsAt(controls.slice(0, reach)), signsAt(controls.slice(-reach))];
  const turned = low.size === 1 && high.size === 1 && [...low][0] * [...high][0] === -1;
  return !turned;
};

/** All values of several series, one after the other. */
export const pooled = (parts: readonly Float64Array[]): Float64Array => {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};
