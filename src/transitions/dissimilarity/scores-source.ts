import { invalid } from "../../errors.ts";
import { tanh } from "../../numerics/elementary.ts";
import { checkControl } from "./grid.ts";
import { byMeasure, type MeasureName, measures } from "./measures.ts";
import { checkScored, meanOverValues, type ScoredSamples, splitLogOdds } from "./rescored.ts";
import type { OutputSource, Scanned } from "./source.ts";

/** Samples at each value of the control with their log-probabilities under all of them: the reduced estimates. */
export const scoresSource = (
  control: readonly number[],
  samples: readonly ScoredSamples[],
  measure: MeasureName,
): OutputSource => {
  checkControl(control, "control");
  const K = control.length;
  if (samples.length !== K)
    throw invalid("the number of lists of scores", samples.length, `${K}, as there are control values`);
  checkScored(samples);
  const kept = new Map<number, readonly (readonly Float64Array[])[]>();
  /** [split][place] -> lean of each sample. */
  const leansOf = (L: number): readonly (readonly Float64Array[])[] => {
    const known = kept.get(L);
    if (known) return known;
    const leans = Array.from({ length: K - 2 * L + 1 }, (_, split) =>
      splitLogOdds(samples, split, L).map(values => values.map(value => tanh(value / 2))),
    );
    kept.set(L, leans);
    return leans;
  };
  const keptTerms = new Map<number, readonly (readonly Float64Array[])[]>();
  /** The same of what each sample adds to the measure that decides. */
  const termsOf = (L: number): readonly (readonly Float64Array[])[] => {
    const { reduced } = measures[measure];
    const terms = keptTerms.get(L) ?? leansOf(L).map(places => places.map(leans => leans.map(lean => reduced(lean))));
    keptTerms.set(L, terms);
    return terms;
  };
  const scanned = (L: number, name: MeasureName): Scanned => {
    const { reduced } = measures[name];
    const found = leansOf(L).map(places => meanOverValues(places.map(leans => leans.map(lean => reduced(lean)))));
    return {
      values: Float64Array.from(found, each => each.mean),
      errors: Float64Array.from(found, each => each.se),
    };
  };
  const { reduced } = measures[measure];
  const pairwise = (k: number, other: number): number => {
    const scores = samples[k];
    let sum = 0;
    for (let i = 0; i < scores.length; i += K) sum += reduced(tanh((scores[i + k] - scores[i + other]) / 2));
    return sum / (scores.length / K);
  };
  return {
    kind: "scores",
    control,
    scan: L => byMeasure(name => scanned(L, name)),
    apart: gap => Float64Array.from({ length: K - gap }, (_, k) => (pairwise(k, k + gap) + pairwise(k + gap, k)) / 2),
    resample(random) {
      // How often each sample is drawn.
      const times = samples.map(scores => {
        const count = scores.length / K;
        const row = new Float64Array(count);
        for (let i = 0; i < count; i++) row[random.below(count)]++;
        return row;
      });
      return L =>
        Float64Array.from(termsOf(L), (places, split) => {
          let mean = 0;
          for (let place = 0; place < places.length; place++) {
            const [terms, weights] = [places[place], times[split + place]];
            let sum = 0;
            for (let i = 0; i < terms.length; i++) sum += weights[i] * terms[i];
            mean += sum / terms.length;
          }
          return mean / places.length;
        });
    },
    energies(reference) {
      const place = control.indexOf(reference);
      if (place < 0) return null;
      const found = samples.map(scores =>
        Float64Array.from({ length: scores.length / K }, (_, i) => -scores[i * K + place]),
      );
      return found.every(list => list.every(Number.isFinite)) ? found : null;
    },
  };
};
