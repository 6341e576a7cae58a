import { invalid } from "../../errors.ts";
import { checkControl } from "./grid.ts";
import { byMeasure, checkDistribution, checkSameLength, dissimilarityOf, type MeasureName } from "./measures.ts";
import { scanOf } from "./scan.ts";
import type { OutputSource } from "./source.ts";

/** Distributions that are known exactly. */
export const exactSource = (
  control: readonly number[],
  distributions: readonly ArrayLike<number>[],
  measure: MeasureName,
): OutputSource => {
  checkControl(control, "control");
  if (distributions.length !== control.length)
    throw invalid(
      "the number of distributions",
      distributions.length,
      `${control.length}, as there are control values`,
    );
  distributions.forEach((p, k) => {
    checkDistribution(`distributions[${k}]`, p);
    checkSameLength(distributions[0], p);
  });
  return {
    kind: "distributions",
    control,
    scan(L) {
      const scan = scanOf(distributions, control, L);
      return byMeasure(name => ({ values: Float64Array.from(scan[name]), errors: null }));
    },
    apart: gap =>
      Float64Array.from(
        { length: control.length - gap },
        (_, k) => dissimilarityOf(distributions[k], distributions[k + gap])[measure],
      ),
  };
};
