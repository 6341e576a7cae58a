import type { JsonObject } from "../../../contracts/json.ts";
import { invalid } from "../../../errors.ts";
import type { Stream } from "../../../numerics/stream.ts";

/** Samples with one active feature each: sample m is x = amplitude[m] e_{feature[m]} in R^c. */
export interface Dataset {
  readonly c: number;
  /** 0-based. */
  readonly feature: Int32Array;
  /** Finite and not negative. */
  readonly amplitude: Float64Array;
}

/** n samples of the source's data: a uniform feature, a uniform amplitude in [0, 1) (arXiv 2310.06301, eq. 2). */
export const drawDataset = (stream: Stream, { c, n }: { readonly c: number; readonly n: number }): Dataset => {
  if (!Number.isInteger(c) || c < 2) throw invalid("c", c, "an integer of at least 2, the number of features");
  if (!Number.isInteger(n) || n < 1) throw invalid("n", n, "an integer of at least 1, the number of samples");
  const feature = new Int32Array(n);
  const amplitude = new Float64Array(n);
  for (let m = 0; m < n; m++) {
    feature[m] = stream.below(c);
    amplitude[m] = stream.uniform();
  }
  return { c, feature, amplitude };
};

/** Throws a LandauError unless there are samples, and every feature and amplitude is in its range. */
export const checkDataset = ({ c, feature, amplitude }: Dataset): void => {
  if (!Number.isInteger(c) || c < 2) throw invalid("c", c, "an integer of at least 2, the number of features");
  if (feature.length === 0) throw invalid("feature", [], "at least one sample");
  if (amplitude.length !== feature.length)
    throw invalid("amplitude.length", amplitude.length, `as many entries as feature has, ${feature.length}`);
  checkFeatures("feature", feature, c);
  checkAmplitudes("amplitude", amplitude);
};

/** Reads { c, feature: number[], amp: number[] }. Throws a LandauError that names the first entry it cannot use. */
export const datasetFromJson = ({ c, feature, amp }: JsonObject): Dataset => {
  if (typeof c !== "number" || !Number.isInteger(c) || c < 2)
    throw invalid("c", c, "an integer of at least 2, the number of features");
  if (!Array.isArray(feature) || feature.length === 0)
    throw invalid("feature", feature, "a list with the feature of each sample");
  if (!Array.isArray(amp) || amp.length !== feature.length)
    throw invalid("amp", amp, `a list of ${feature.length} amplitudes, one for each sample`);
  checkFeatures("feature", feature, c);
  checkAmplitudes("amp", amp);
  return { c, feature: Int32Array.from(feature), amplitude: Float64Array.from(amp) };
};

const checkFeatures = (name: string, values: ArrayLike<unknown>, c: number): void => {
  for (let m = 0; m < values.length; m++) {
    const value = values[m] as number;
    if (!Number.isInteger(value) || value < 0 || value >= c)
      throw invalid(`${name}[${m}]`, value, `an integer from 0 to c - 1 = ${c - 1}`);
  }
};

const checkAmplitudes = (name: string, values: ArrayLike<unknown>): void => {
  for (let m = 0; m < values.length; m++) {
    const value = values[m] as number;
    if (!Number.isFinite(value) || value < 0) throw invalid(`${name}[${m}]`, value, "a finite number >= 0");
  }
};
