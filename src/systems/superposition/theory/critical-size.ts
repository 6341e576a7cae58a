import { criticalSize } from "../../../coefficient/critical-size.ts";
import { invalid } from "../../../errors.ts";
import { type CoefficientTable, learningCoefficient } from "./coefficients.ts";
import { familyOf, type Placed } from "./families.ts";
import { solveKgon } from "./kgon.ts";
import { levelLoss } from "./levels.ts";
import { positiveVestigialBias } from "./vestigial.ts";

/** Two families by their labels, and what to weigh them with. */
export interface PhasePair {
  readonly c: number;
  readonly from: string;
  readonly to: string;
  readonly table: CoefficientTable;
  readonly kappa: number;
}

export interface TransitionSize {
  readonly deltaL: number;
  readonly deltaC: number;
  readonly lambdaFrom: number | null;
  readonly lambdaTo: number | null;
  /** Null when a coefficient is unknown, or when the two free energies never cross. */
  readonly n: number | null;
}

/**
 * The critical size of the transition between two families without dead vertices, named as in "4+" -> "5", with the
 * prior N(0, I). Negative vestigial biases are counted as zero, the value the prior prefers.
 */
export const transitionSize = ({ c, from, to, table, kappa }: PhasePair): TransitionSize => {
  const before = phase(c, from, table);
  const after = phase(c, to, table);
  const deltaL = after.loss - before.loss;
  const deltaC = after.cost - before.cost;
  const { lambda: lambdaFrom } = before;
  const { lambda: lambdaTo } = after;
  const n =
    lambdaFrom === null || lambdaTo === null
      ? null
      : criticalSize({ deltaL, deltaLambda: lambdaTo - lambdaFrom, deltaC, kappa });
  return { deltaL, deltaC, lambdaFrom, lambdaTo, n };
};

const phase = (c: number, label: string, table: CoefficientTable) => {
  const { k, sigma, phi } = familyOf(c, label);
  if (phi > 0) throw invalid("family", label, "no dead vertices: their biases have no preferred value");
  return {
    loss: levelLoss({ c, live: k, sigma }),
    lambda: learningCoefficient(table, { c, k, sigma, phi }),
    cost: halfSquaredNorm({ c, k, sigma }),
  };
};

/** |w*|^2 / 2 of a family, negative vestigial biases counted as zero. */
export const halfSquaredNorm = ({ c, k, sigma }: Omit<Placed, "phi">): number => {
  const { l, bias } = solveKgon(k);
  const positive = positiveVestigialBias(c);
  return (k * (l * l + bias * bias) + sigma * positive * positive) / 2;
};
