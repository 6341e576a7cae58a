import type { ExactCoefficient } from "../exact/exact-coefficient.ts";
import { drawDesign } from "./design.ts";
import { type ExactModel, SAMPLES } from "./exact-model.ts";
import type { MatrixMap } from "./matrix-map.ts";
import { regression } from "./regression.ts";

export interface RegressionModel {
  readonly name: string;
  readonly family: string;
  readonly map: () => MatrixMap;
  /** w*; zeros when absent. */
  readonly point?: (size: number) => Float64Array;
  readonly exact: ExactCoefficient;
  /** Whether there are samples that differ; none when absent. */
  readonly minibatches?: boolean;
}

/** A regression of y on G(w) x with truth G(w*), as a model. With minibatches its name says so. */
export const regressionModel = ({
  name,
  family,
  map,
  point,
  exact,
  minibatches = false,
}: RegressionModel): ExactModel => {
  const { size } = map();
  const at = () => point?.(size) ?? new Float64Array(size);
  const ownName = minibatches ? `${name}-minibatch` : name;
  return {
    name: ownName,
    family,
    dimension: size,
    lambda: exact.lambda,
    multiplicity: exact.multiplicity,
    samples: SAMPLES,
    minibatches,
    objective() {
      const own = map();
      return regression(own, at(), minibatches ? drawDesign(ownName, own.inputs, own.outputs) : undefined);
    },
    point: at,
  };
};
