import { log } from "../../numerics/elementary.ts";
import { fitCurve, floorOf, priceOfChange } from "./curve-fit.ts";
import { type Curve, residualsOf, tangentColumns } from "./law-fit.ts";
import { roundingOf, unitOf } from "./rounding.ts";
import { type Searched, searchChanges } from "./search.ts";
import { isEven } from "./season.ts";
import { spikesOf, withoutSpikes } from "./spikes.ts";

/** One of the forms in which a curve may be simple: its values or their logarithms, as they are or by the differences of neighbours. */
export interface Reading extends Searched {
  readonly scale: "value" | "log value";
  /** Whether the curve is that of the differences: its noise, added up, is that of the values, smoother than AR(1) noise is. */
  readonly isIntegrated: boolean;
  /** Values on the scale, without spikes; indices of the spikes. */
  readonly values: Float64Array;
  readonly spikes: readonly number[];
  /** Of the differences: jumps of the values, as far as they differ from their neighbours. */
  readonly jumps: readonly number[];
  /** -2 ln likelihood of the values, for all forms in the same units, and what parameters, places, spikes and the choice of the form cost. */
  readonly criterion: number;
}

/** Where the largest value is less than so many times the least, a logarithm is nearly a line. */
const LEAST_RANGE = 2;
/** Fewest differences that are looked at. */
const LEAST_DIFFERENCES = 30;
/** Variance of what rounding adds to the difference of two values, in squares of a unit, twice: noise is then as large as that. */
const ROUNDED = 2 / 6;

/**
 * The form of a curve whose criterion is least [Box and Cox 1964, for the scale]. It is the values as they are where these show no noise larger than the unit in which they
 * are counted or written, as then nothing tells one form of the noise from another.
 */
export const bestReading = (curve: Curve): Reading => {
  const { values } = curve;
  const plain = plainReading({ ...curve, rounding: roundingOf(values) });
  const unit = unitOf(values);
  if (plain.fit.squares <= Math.max(floorOf(plain.curve), ROUNDED * (values.length - 1) * unit * unit)) return plain;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const all = [plain, ...integrated(plain)];
  if (low > 0 && high >= LEAST_RANGE * low) {
    const rounding = roundingOf(values, value => 1 / value);
    const logs = plainReading({ ...curve, values: values.map(log), rounding }, "log value");
    all.push(logs, ...integrated(logs));
  }
  return all.reduce((best, each) => (each.criterion < best.criterion ? each : best));
};

/** The values of a curve as they are, on their scale. */
export const plainReading = (curve: Curve, scale: Reading["scale"] = "value"): Reading => {
  const spikes = spikesOf(curve.values);
  return readingOf({ ...curve, values: withoutSpikes(curve.values, spikes) }, { scale, spikes });
};

/** The same by differences of neighbours, where these are worth a look. */
const integrated = ({ curve: { steps, rounding }, values, scale, spikes, fit }: Reading): Reading[] => {
  const clean: Curve = { values, steps, rounding };
  const differences = fit.squares > floorOf(clean) ? differencesOf(clean) : null;
  return differences ? [readingOf(clean, { scale, spikes, differences })] : [];
};

interface Differences {
  readonly curve: Curve;
  readonly jumps: readonly number[];
}

/** Null where they do not depend on each other as those of smooth noise do, or steps are uneven. */
const differencesOf = ({ values, steps, rounding }: Curve): Differences | null => {
  const n = values.length - 1;
  if (n < LEAST_DIFFERENCES || !isEven(steps)) return null;
  const all = Float64Array.from({ length: n }, (_, i) => values[i + 1] - values[i]);
  const jumps = spikesOf(all);
  const curve: Curve = {
    values: withoutSpikes(all, jumps),
    steps: Array.from(steps).slice(1),
    rounding,
    kinds: ["level"],
  };
  return fitCurve(curve, []).noise.phi > 2 / Math.sqrt(n) ? { curve, jumps } : null;
};

const readingOf = (
  clean: Curve,
  { scale, spikes, differences }: Pick<Reading, "scale" | "spikes"> & { differences?: Differences },
): Reading => {
  const { values } = clean;
  const n = values.length;
  const jumps = differences?.jumps ?? [];
  const found = searchChanges(differences?.curve ?? clean);
  const { squares, criterion } = found.fit;
  const rows = found.curve.values.length - 1;
  // Of differences one innovation less is known: it counts as the others do on average.
  const missing = differences ? log(Math.max(squares, floorOf(found.curve)) / rows) : 0;
  let form = priceOfChange(n, 1) * (spikes.length + jumps.length);
  if (scale === "log value") {
    // The scale is chosen as a parameter and a place are, and densities are those of the values themselves.
    form += 2 * log(n);
    for (let i = 1; i < n; i++) form += 2 * values[i];
  }
  return {
    ...found,
    scale,
    isIntegrated: differences !== undefined,
    values,
    spikes,
    jumps,
    criterion: criterion + missing + form,
  };
};

/** Innovations of the fit of a reading. */
export const innovationsOf = ({ curve, fit }: Reading): Float64Array =>
  residualsOf(curve.values, tangentColumns(curve, fit, fit.changes), fit.noise).residuals;
