import { langevin } from "../sampling/langevin.ts";
import { type ChainAveragePlan, chainAverage } from "./chain-average.ts";

/**
 * The estimate along a chain of unadjusted Langevin steps from a point w*,
 *
 *     w <- w - (stepSize / 2) (nBeta grad L_n(w) + gamma (w - w*)) + sqrt(stepSize) N(0, I),
 *     lambda = nBeta (mean of L_n(w) over the steps after the burn-in - L_n(w*)).   [Lau et al. 2308.12108]
 *
 * Negative where the chain finds lower losses than that of w*.
 */
export interface LangevinPlan extends Omit<ChainAveragePlan, "sampler" | "draws" | "startCounts"> {
  readonly stepSize: number;
  /** Steps after the burn-in. */
  readonly steps: number;
}

export interface LangevinEstimate {
  readonly lambda: number;
  /** Share of the steps with a loss below that of w*. */
  readonly below: number;
}

/** Throws a LandauError of kind "diverged" when the steps are too long for the curvature. */
export const langevinCoefficient = ({ stepSize, steps, ...plan }: LangevinPlan): LangevinEstimate => {
  const { losses, level } = chainAverage({ ...plan, sampler: langevin({ stepSize }), draws: steps });
  const excess = losses.reduce((sum, loss) => sum + (loss - level), 0);
  return { lambda: (plan.nBeta * excess) / steps, below: losses.filter(loss => loss < level).length / steps };
};
