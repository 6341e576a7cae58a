import { type Fields, integer, number, readFields, type ValuesOf } from "../../../contracts/field.ts";
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
  checkEntries({ c, feature, amplitude }, "amplitude");
};

/** A dataset in test vectors. */
export const datasetFields = {
  c: integer("features", { min: 2 }),
  feature: { kind: "list", of: number("0-based"), least: 1, summary: "feature of each sample" },
  amp: { kind: "list", of: number("not negative"), summary: "amplitude of each sample" },
} as const satisfies Fields;

/** Throws a LandauError that names the first entry it cannot use. */
export const datasetOf = ({ c, feature, amp }: ValuesOf<typeof datasetFields>): Dataset => {
  if (amp.length !== feature.length)
    throw invalid("amp", amp, `a list of ${feature.length} amplitudes, one for each sample`);
  checkEntries({ c, feature, amplitude: amp }, "amp");
  return { c, feature: Int32Array.from(feature), amplitude: Float64Array.from(amp) };
};

/** Reads { c, feature: number[], amp: number[] }. */
export const datasetFromJson = (json: JsonObject): Dataset =>
  datasetOf(readFields(datasetFields, json, { strict: true }));

/** @param name What the amplitudes are called */
const checkEntries = (
  { c, feature, amplitude }: { c: number; feature: ArrayLike<number>; amplitude: ArrayLike<number> },
  name: string,
): void => {
  for (let m = 0; m < feature.length; m++)
    if (!Number.isInteger(feature[m]) || feature[m] < 0 || feature[m] >= c)
      throw invalid(`feature[${m}]`, feature[m], `an integer from 0 to c - 1 = ${c - 1}`);
  for (let m = 0; m < amplitude.length; m++)
    if (!Number.isFinite(amplitude[m]) || amplitude[m] < 0)
      throw invalid(`${name}[${m}]`, amplitude[m], "a finite number >= 0");
};
