import { byMeasure, dissimilarityOf, type MeasureName } from "./measures.ts";
import { checkProbes, type ProbeDistributions, type ProbeScan, probeMeans, probePeaks, probeScan } from "./probes.ts";
import type { OutputSource } from "./source.ts";

/** Distributions of the outputs given each of the same probe inputs. */
export const probesSource = (
  control: readonly number[],
  probs: ProbeDistributions,
  measure: MeasureName,
): OutputSource => {
  checkProbes(probs, control);
  const probes = probs[0].length;
  const kept = new Map<number, ProbeScan>();
  const scanOf = (L: number): ProbeScan => {
    const scan = kept.get(L) ?? probeScan(probs, control, L);
    kept.set(L, scan);
    return scan;
  };
  return {
    kind: "probes",
    control,
    scan(L) {
      const { perProbe } = scanOf(L);
      return byMeasure(name => {
        const means = probeMeans(perProbe[name]);
        return {
          values: Float64Array.from(means, each => each.value),
          errors: Float64Array.from(means, each => each.se),
        };
      });
    },
    apart: gap =>
      Float64Array.from({ length: control.length - gap }, (_, k) => {
        let sum = 0;
        for (let u = 0; u < probes; u++) sum += dissimilarityOf(probs[k][u], probs[k + gap][u])[measure];
        return sum / probes;
      }),
    resample(random) {
      const chosen = Int32Array.from({ length: probes }, () => random.below(probes));
      return L =>
        Float64Array.from(scanOf(L).perProbe[measure], row => {
          let sum = 0;
          for (const u of chosen) sum += row[u];
          return sum / probes;
        });
    },
    probePeaks: L => probePeaks(scanOf(L), measure),
  };
};
