import { invalid } from "../../../errors.ts";
import { power, realPower } from "../../../numerics/power.ts";
import { bisect } from "../../../numerics/root.ts";
import { type Collective, checkCollective, checkDepth, checkNotNegative } from "./model.ts";

/** Without hidden layers the mean settles at mean(delta) / (1 + gamma), whatever the coupling. */
export const ridgeMean = (gamma: number, meanDelta: number): number => meanDelta / (1 + gamma);

/** Disorder of mean zero and a strong coupling: all networks near M, what is left of the disorder is its variance. */
export interface StrongCoupling {
  /** Hidden layers, at least 1. */
  readonly D: number;
  readonly gamma: number;
  /** Variance of delta. */
  readonly variance: number;
}

const checkStrong = ({ D, gamma, variance }: StrongCoupling): void => {
  checkDepth(D, 1);
  checkNotNegative("gamma", gamma);
  checkNotNegative("variance", variance);
};

/**
 * Coupling above which M = 0 is all that is left, to leading order in 1/sigma:
 *
 *     sigma_c2 = variance / gamma  (D = 1, M vanishes continuously)
 *     sigma_c2 = (D-1)^((D-1)/D) variance gamma^(-1/D)  (D >= 2, M jumps)
 *
 * Null without weight decay, where there is none.
 */
export const upperCoupling = (strong: StrongCoupling): number | null => {
  checkStrong(strong);
  const { D, gamma, variance } = strong;
  if (gamma === 0) return null;
  if (D === 1) return variance / gamma;
  return realPower(D - 1, (D - 1) / D) * variance * realPower(gamma, -1 / D);
};

/** The same the other way round: the weight decay above which M = 0 is all that is left at a coupling, (D-1)^(D-1) (variance / sigma)^D. */
export const upperDecay = ({ D, variance }: Omit<StrongCoupling, "gamma">, sigma: number): number =>
  power(D - 1, D - 1) * power(variance / sigma, D);

/** M^2 at that coupling, from below: (D-1) variance / sigma_c2; 0 at D = 1. Null where there is no such coupling. */
export const squareAtJump = (strong: StrongCoupling): number | null => {
  const at = upperCoupling(strong);
  return at === null || at === 0 ? null : ((strong.D - 1) * strong.variance) / at;
};

/**
 * M^2 of the ordered state at strong coupling: the largest root x of x^D - (D variance / sigma) x^(D-1) + gamma = 0, and 0 where it
 * has no positive one.
 */
export const strongSquare = (strong: StrongCoupling, sigma: number): number => {
  checkStrong(strong);
  if (!(sigma > 0 && sigma < Infinity)) throw invalid("sigma", sigma, "a positive number");
  const { D, gamma, variance } = strong;
  const pull = (D * variance) / sigma;
  if (D === 1) return Math.max(0, pull - gamma);
  const balance = (x: number): number => power(x, D - 1) * (x - pull) + gamma;
  // Between the place where the left side is least and the place where its first two terms cancel.
  const turn = ((D - 1) * variance) / sigma;
  if (balance(turn) > 0 || pull === 0) return 0;
  return gamma === 0 ? pull : bisect(balance, turn, pull);
};

/**
 * Energy of all networks together, per network and relative to m = 0, at strong coupling. Its slope in M is the equation of `strongSquare`:
 *
 *     M^(2D+2)/(2D+2) - variance M^(2D)/(2 sigma) + gamma M^2/2
 */
export const strongEnergy = ({ D, gamma, variance }: StrongCoupling, sigma: number, square: number): number => {
  const raised = power(square, D);
  return (raised * square) / (2 * D + 2) - (variance * raised) / (2 * sigma) + (gamma * square) / 2;
};

/**
 * Coupling at which m = 0 becomes marginal for one hidden layer, exact for any number of networks: the root of
 *
 *     (sigma/N) sum_i 1/(gamma + sigma - delta_i) = 1,  sigma > max delta - gamma
 *
 * Below it zero is unstable. Null where there is none: with mean delta >= gamma the networks learn at any coupling, with all
 * delta <= gamma at none.
 */
export const exactThreshold = (delta: ArrayLike<number>, gamma: number): number | null => {
  checkCollective({ D: 1, gamma, sigma: 0, delta });
  const excess = Array.from(delta, each => each - gamma);
  const sum = excess.reduce((a, b) => a + b, 0);
  const greatest = excess.reduce((a, b) => Math.max(a, b));
  if (sum >= 0 || greatest <= 0) return null;
  // The same equation times sigma: sum x + sum x^2/(sigma - x) = 0 with x = delta - gamma, which falls from infinity to sum x < 0.
  const squares = excess.reduce((a, x) => a + x * x, 0);
  const balance = (above: number): number => excess.reduce((a, x) => a + (x * x) / (greatest - x + above), sum);
  return greatest + bisect(balance, (greatest * greatest) / -sum / 2, (squares / -sum) * 2);
};

/**
 * The strongest field sigma M against which a network of the minority keeps a state of its own sign, with `pull` = |delta|:
 *
 *     max over u > 0 of  pull u^D - u^(2D+1) - (gamma + sigma) u
 *
 * which is 2 ((pull - gamma - sigma)/3)^(3/2) for one hidden layer. 0 where even without a field there is no such state. Such networks
 * freeze: they are what keeps M small at weak coupling.
 */
export const freezingField = ({ D, gamma, sigma }: Omit<Collective, "delta">, pull: number): number => {
  checkDepth(D, 1);
  checkNotNegative("gamma", gamma);
  checkNotNegative("sigma", sigma);
  checkNotNegative("pull", pull);
  const decay = gamma + sigma;
  if (D === 1) {
    const rest = Math.max(0, (pull - decay) / 3);
    return 2 * rest * Math.sqrt(rest);
  }
  if (pull === 0) return 0;
  const slope = (u: number): number => power(u, D - 1) * (D * pull - (2 * D + 1) * power(u, D + 1)) - decay;
  const steepest = realPower(((D - 1) * pull) / (2 * (2 * D + 1)), 1 / (D + 1));
  if (slope(steepest) <= 0) return 0;
  const end = realPower((D * pull) / (2 * D + 1), 1 / (D + 1));
  const u = decay === 0 ? end : bisect(slope, steepest, end * (1 + 1e-12));
  return Math.max(0, u * (power(u, D - 1) * (pull - power(u, D + 1)) - decay));
};
