import type { Objective } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";
import { gaussianData } from "../../learning/data/gaussian.ts";
import type { Moments } from "../../learning/data/weighted.ts";
import { type Layout, layoutOf } from "../../learning/networks/layout.ts";
import { linearObjective } from "../../learning/networks/linear.ts";
import { noisyLinearObjective } from "../../learning/networks/noisy-linear.ts";
import { nonlinearObjective } from "../../learning/networks/nonlinear.ts";
import { activations } from "../../numerics/activations.ts";
import { type NetworkSettings, widthsOf } from "./controls.ts";

/** Where the parameters of the network are. */
export const layoutAt = (settings: Pick<NetworkSettings, "D" | "width" | "dx">): Layout =>
  layoutOf(settings.dx, widthsOf(settings));

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
  const { weightDecay, sigma2, activation } = settings;
  const widths = widthsOf(settings);
  if (activation !== "linear")
    return nonlinearObjective(gaussianData({ ...settings, seed }), {
      widths,
      gamma: weightDecay,
      activation: activations[activation],
    });
  const decays = { gammaU: weightDecay, gammaW: widths.map(() => weightDecay), widths };
  return sigma2 > 0
    ? noisyLinearObjective(linearMoments(settings), { ...decays, sigma2: widths.map(() => sigma2) })
    : linearObjective(linearMoments(settings), decays);
};
