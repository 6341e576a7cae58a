import type { Objective } from "../../../contracts/objective.ts";
import { invalid } from "../../../errors.ts";
import { stream } from "../../../numerics/stream.ts";
import { gaussianData } from "../model/data.ts";
import { layoutOf } from "../model/layout.ts";
import { noisyObjective } from "../model/noisy.ts";
import { nonlinearObjective } from "../model/nonlinear.ts";
import { plainObjective } from "../model/plain.ts";
import { type ActivationName, activations } from "../theory/activations.ts";
import type { Moments } from "../theory/reduction.ts";
import type { NetworkSettings } from "./controls.ts";

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

const shapeOf = ({ D, width, gamma, sigma2 }: NetworkSettings) => ({
  gammaU: gamma,
  gammaW: new Array<number>(D).fill(gamma),
  widths: new Array<number>(D).fill(width),
  sigma2: new Array<number>(D).fill(sigma2),
});

/** The loss of the network that the settings describe; `seed` makes the inputs of a nonlinear one. */
export const networkObjective = (settings: NetworkSettings, seed: number): Objective => {
  if (settings.activation !== "linear")
    return nonlinearObjective(gaussianData({ ...settings, seed }), {
      widths: shapeOf(settings).widths,
      gamma: settings.gamma,
      activation: activations[settings.activation as ActivationName],
    });
  const build = settings.sigma2 > 0 ? noisyObjective : plainObjective;
  return build(linearMoments(settings), shapeOf(settings));
};

/** Gaussian entries, scaled down by the root of the columns of a layer so that no width is favoured. */
export const networkStart = (
  { D, width, dx }: Pick<NetworkSettings, "D" | "width" | "dx">,
  spread: number,
  seed: number,
  chain: number,
): Float64Array => {
  const { size, parameters } = layoutOf(dx, new Array<number>(D).fill(width));
  const w = new Float64Array(size);
  stream({ seed, chain, purpose: "start" }).normals(w);
  for (const { shape, offset } of parameters) {
    const entries = shape.reduce((a, b) => a * b, 1);
    const scale = (2 * spread) / Math.sqrt(shape[shape.length - 1]);
    for (let i = 0; i < entries; i++) w[offset + i] *= scale;
  }
  return w;
};
