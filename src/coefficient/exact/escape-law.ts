import { invalid } from "../../errors.ts";
import { type Fraction, toNumber } from "../../numerics/fraction.ts";

/** Two phases of equal loss, and a Gaussian localiser exp(-gamma |w - w*|^2 / 2) centred in the first. */
export interface Phases {
  readonly gamma: number;
  /** D: from w* to the nearest point of the other phase. */
  readonly distance: number;
  /** lambda_1, where the chain starts. */
  readonly lambdaHere: number | Fraction;
  /** lambda_2, in the other phase. */
  readonly lambdaThere: number | Fraction;
}

export type Escape =
  /** logT is log t*. */
  { readonly escapes: true; readonly logT: number } | { readonly escapes: false; readonly reason: string };

/**
 * Where the posterior leaves a phase that a localiser is meant to hold. The free energies are lambda_1 log t and
 * lambda_2 log t + gamma D^2/2, so that the mass moves at about
 *
 *     log t* = gamma D^2 / (2 (lambda_1 - lambda_2)),
 *
 * up to terms that stay bounded in t. An estimate of the local lambda_1 needs t well below t*. No t is enough when the
 * other phase is not the more singular one.
 */
export const escapeLaw = ({ gamma, distance, lambdaHere, lambdaThere }: Phases): Escape => {
  for (const [name, value] of Object.entries({ gamma, distance }))
    if (!(value >= 0 && value <= Number.MAX_VALUE)) throw invalid(name, value, "a finite number >= 0");
  const here = coefficient("lambdaHere", lambdaHere);
  const there = coefficient("lambdaThere", lambdaThere);
  if (here <= there)
    return { escapes: false, reason: `the other phase has lambda ${there}, not below ${here}: it never takes over` };
  return { escapes: true, logT: (gamma * distance * distance) / (2 * (here - there)) };
};

const coefficient = (name: string, value: number | Fraction): number => {
  const lambda = typeof value === "number" ? value : toNumber(value);
  if (!(lambda >= 0 && lambda <= Number.MAX_VALUE)) throw invalid(name, lambda, "a learning coefficient >= 0");
  return lambda;
};
