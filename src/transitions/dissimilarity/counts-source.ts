import { invalid } from "../../errors.ts";
import { type Multinomial, multinomial } from "../../numerics/multinomial.ts";
import type { Stream } from "../../numerics/stream.ts";
import { checkCounts, effectiveOutcomes, floorAt, noiseAt } from "./counts.ts";
import { checkControl } from "./grid.ts";
import { byMeasure, type MeasureName, measures } from "./measures.ts";
import type { OutputSource, Resample } from "./source.ts";

/** How often each outcome was seen at each value of the control. Values of scans are less the floor that they have where nothing changes. */
export const countsSource = (
  control: readonly number[],
  counts: readonly ArrayLike<number>[],
  measure: MeasureName,
): OutputSource => {
  checkControl(control, "control");
  if (counts.length !== control.length)
    throw invalid("the number of rows of counts", counts.length, `${control.length}, as there are control values`);
  const outcomes = counts[0].length;
  const sizes = counts.map((row, k) => {
    if (row.length !== outcomes)
      throw invalid(`the length of counts[${k}]`, row.length, `${outcomes}, as counts[0] has`);
    return checkCounts(`counts[${k}]`, row);
  });
  const frequencies = counts.map((row, k) => Float64Array.from(row, each => each / sizes[k]));
  const total = sizes.reduce((sum, each) => sum + each, 0);
  const pooled = new Float64Array(outcomes);
  for (const row of counts) for (let x = 0; x < outcomes; x++) pooled[x] += row[x] / total;

  const corrected = (rows: readonly Float64Array[], L: number, name: MeasureName): Float64Array =>
    correctedScan(rows, sizes, L, name);
  let drawn: readonly Float64Array[] | undefined;
  const drawnRows = (lawAt: (k: number) => Multinomial, random: Stream): readonly Float64Array[] => {
    // Making arrays anew would take longer than drawing a few hundred samples.
    drawn ??= sizes.map(() => new Float64Array(outcomes));
    for (let k = 0; k < sizes.length; k++) {
      const [row, size] = [drawn[k], sizes[k]];
      lawAt(k)(size, random, row);
      for (let x = 0; x < outcomes; x++) row[x] /= size;
    }
    return drawn;
  };
  const ownLaws = frequencies.map(multinomial);
  const pooledLaw = multinomial(pooled);
  const floors = new Map<number, Float64Array>();
  /** Floor of the frequencies themselves, which resamples have besides their own. */
  const floorOf = (L: number): Float64Array => {
    const known =
      floors.get(L) ??
      Float64Array.from(
        { length: control.length - 2 * L + 1 },
        (_, split) => floorAt(frequencies, sizes, split, L)[measure],
      );
    floors.set(L, known);
    return known;
  };
  return {
    kind: "counts",
    control,
    scan: L => byMeasure(name => ({ values: corrected(frequencies, L, name), errors: null })),
    apart: gap =>
      Float64Array.from({ length: control.length - gap }, (_, k) => {
        const pair = [frequencies[k], frequencies[k + gap]];
        return correctedScan(pair, [sizes[k], sizes[k + gap]], 1, measure)[0];
      }),
    resample(random): Resample {
      const rows = drawnRows(k => ownLaws[k], random);
      return L => {
        const floor = floorOf(L);
        return corrected(rows, L, measure).map((value, split) => value - floor[split]);
      };
    },
    redraw(random): Resample {
      const rows = drawnRows(() => pooledLaw, random);
      return L => corrected(rows, L, measure);
    },
    noise:
      effectiveOutcomes(pooled) *
      Math.max(...Array.from({ length: control.length - 1 }, (_, split) => noiseAt(sizes, split, 1))),
  };
};

/** The scan of one measure of frequencies, less the floor of the pooled distribution of each split's own 2L values. */
const correctedScan = (
  rows: readonly Float64Array[],
  sizes: readonly number[],
  L: number,
  name: MeasureName,
): Float64Array => {
  const { reduced } = measures[name];
  const [left, right] = [new Float64Array(rows[0].length), new Float64Array(rows[0].length)];
  const out = new Float64Array(rows.length - 2 * L + 1);
  for (let split = 0; split < out.length; split++) {
    // Summed anew each time: sums that slide keep the rounding of what has left them.
    left.fill(0);
    right.fill(0);
    for (let k = 0; k < L; k++) {
      const [before, after] = [rows[split + k], rows[split + L + k]];
      for (let x = 0; x < left.length; x++) {
        left[x] += before[x];
        right[x] += after[x];
      }
    }
    const h = noiseAt(sizes, split, L);
    let [sum, present, roots] = [0, 0, 0];
    for (let x = 0; x < left.length; x++) {
      const both = left[x] + right[x];
      if (!(both > 0)) continue;
      sum += both * reduced((left[x] - right[x]) / both);
      present++;
      if (name === "tv") roots += Math.sqrt((2 * both * Math.max(0, 2 * L - both) * h) / Math.PI) / (2 * L);
    }
    // As `nullFloor`: the sum of 1 - p over the outcomes that are there is their number less 1.
    const lin = (h * (present - 1)) / 4;
    out[split] = sum / (2 * L) - (name === "tv" ? roots / 2 : name === "js" ? lin / (2 * Math.LN2) : lin);
  }
  return out;
};
