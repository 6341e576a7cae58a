import type { Objective } from "../../../contracts/objective.ts";
import type { Address } from "../../../contracts/protocol.ts";
import { invalid } from "../../../errors.ts";
import { stream } from "../../../numerics/stream.ts";
import { type NetworkSettings, widthsOf } from "../controls.ts";
import { activations } from "../theory/activations.ts";
import type { Moments } from "../theory/reduction.ts";
import { gaussianData } from "./data.ts";
import { layoutOf } from "./layout.ts";
import { noisyObjective } from "./noisy.ts";
import { nonlinearObjective } from "./nonlinear.ts";
import { plainObjective } from "./plain.ts";

/** Throws where settings that are each in range do not go together. */
export const checkNetwork = (settings: NetworkSettings): void => {
  const { activation, variance, sigma2, D, skew, cubic } = settings;
  if (activation === "linear") {
    if (skew !== 0) throw invalid("skew", skew, "0 for linear networks, which see only E[x y]");
    if (cubic !== 0) throw invalid("cubic", cubic, "0 for linear networks, which see only E[x y]");
    return;
  }
  if (variance !== 1) throw invalid("variance", variance, "1 for nonlinear networks");
  if (sigma2 !== 0) throw invalid("sigma2", sigma2, "0 for nonlinear networks");
  if (D < 1) throw invalid("D", D, "at least 1 for nonlinear networks");
};

/** Data of a linear target along the first input: E[x x^T] = variance, E[x y] = (strength, 0, ...), Ey2 = strength^2 / variance. */
export const linearMoments = ({ dx, variance, strength }: NetworkSettings): Moments => ({
  A0: Array.from({ length: dx }, (_, i) => Array.from({ length: dx }, (__, j) => (i === j ? variance : 0))),
  n: Array.from({ length: dx }, (_, i) => (i === 0 ? strength : 0)),
  Ey2: (strength * strength) / variance,
});

/** The loss of the network that the settings describe; `seed` makes the inputs of a nonlinear one. */
export const networkObjective = (settings: NetworkSettings, seed: number): Objective => {
  const { D, weightDecay, sigma2, activation } = settings;
  const widths = widthsOf(settings);
  if (activation !== "linear")
    return nonlinearObjective(gaussianData({ ...settings, seed }), {
      widths,
      gamma: weightDecay,
      activation: activations[activation],
    });
  const each = (value: number): number[] => new Array<number>(D).fill(value);
  const build = sigma2 > 0 ? noisyObjective : plainObjective;
  return build(linearMoments(settings), {
    gammaU: weightDecay,
    gammaW: each(weightDecay),
    widths,
    sigma2: each(sigma2),
  });
};

/** Gaussian entries, scaled down by the root of the columns of a layer so that no width is favoured. */
export const networkStart = (
  { D, width, dx, spread }: Pick<NetworkSettings, "D" | "width" | "dx"> & { readonly spread: number },
  address: Address,
): Float64Array => {
  const { size, parameters } = layoutOf(dx, widthsOf({ D, width }));
  const w = new Float64Array(size);
  stream({ ...address, purpose: "start" }).normals(w);
  for (const { shape, offset } of parameters) {
    const entries = shape.reduce((a, b) => a * b, 1);
    const scale = (2 * spread) / Math.sqrt(shape[shape.length - 1]);
    for (let i = 0; i < entries; i++) w[offset + i] *= scale;
  }
  return w;
};
