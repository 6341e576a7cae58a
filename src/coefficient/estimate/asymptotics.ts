import { exp, log } from "../../numerics/elementary.ts";
import { hypotenuse } from "./hypotenuse.ts";
import type { Mixture } from "./mixture.ts";

/** nBeta <K> and its derivatives at one temperature and strength of the localiser. */
export interface AveragePoint {
  readonly logT: number;
  readonly logGamma: number;
  readonly value: number;
  readonly error: number;
  readonly byTemperature: number;
  readonly byTemperatureError: number;
  readonly byPull: number;
  readonly byPullError: number;
}

export interface Asymptote {
  readonly mixture: Mixture;
  /** Posterior probabilities of multiplicity 1, 2, and so on. */
  readonly multiplicity: readonly number[];
  /** -2 log likelihood at the best model. */
  readonly misfit: number;
}

/** Probabilities of multiplicity 1, 2, and so on before the data. */
export const multiplicityPrior = (size: number): readonly number[] =>
  size < 5 ? [0.6, 0.25, 0.1, 0.05] : [0.6, 0.25, 0.1, 0.04, 0.007, 0.003];

/** The same where many temperatures can tell larger ones apart; none is larger than the number of parameters. */
export const longPrior = (size: number): readonly number[] => {
  const weights = Array.from({ length: Math.min(size, MOST) }, (_, k) => FIRST[k] ?? FIRST[3] * powerOf(0.75, k - 3));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map(weight => weight / total);
};

const FIRST = [0.55, 0.25, 0.12, 0.06];
/** Sums of many parts, each with a multiplicity of its own, reach this. */
const MOST = 24;

const powerOf = (base: number, exponent: number): number => exp(exponent * log(base));

/** What rows can be held to. */
export interface Account {
  /** A few when absent. */
  readonly kappas?: readonly number[];
  /** Rows come nearer and nearer to the limit, over many temperatures, each with a noise of its own: the last say where it is. */
  readonly ordered?: boolean;
  /** log of the factor by which the localiser was weakened before the first row, from where it was first felt; 0 when absent. */
  readonly opened?: number;
}

/** What is known of lambda and of the multiplicity before the data. */
export interface Bounds {
  /** Half the rank of the Hessian, and half the number of parameters. */
  readonly floor: number;
  readonly ceiling: number;
  readonly prior: readonly number[];
}

/** The mean of the last points by the inverse variances that they have, and one of a hundredth. */
const levelAtEnd = (points: readonly AveragePoint[]): number => {
  let [weights, sum] = [0, 0];
  for (const { value, error } of points.slice(-NEAREST)) {
    const weight = 1 / (error * error + 1e-4 * value * value);
    weights += weight;
    sum += weight * value;
  }
  return sum / weights;
};

const NEAREST = 3;
/** How much of the way may be left at the first row, as a share of it: with rows that were opened before, any order of size. */
const SHARES = [1, 0.1, 0.01];
const WHOLE = [1];
const KAPPAS = [0, 1, 1.5, 2, 2.5, 3, 4, 5, 6];
const DELTAS = [0.15, 0.2, 0.25, 0.33, 0.5, 0.67, 0.8, 1];

/**
 * lambda from E at several X = log nBeta - kappa log gamma: by homogeneity a weaker localiser is a larger nBeta, kappa half the degree; 0 where K itself holds the
 * chains together.
 * The models are
 *
 *     E = lambda - (m - 1) / (X + c),   m = 2, 3, ...,    E = lambda - a exp(-delta X),   m = 1,
 *
 * averaged by their likelihood over grids of kappa (or those given), c and delta, lambda and a in closed form; far from the limit E is trusted less.
 */
export const asymptote = (
  points: readonly AveragePoint[],
  { floor, ceiling, prior }: Bounds,
  { kappas = KAPPAS, ordered = false, opened = 0 }: Account = {},
): Asymptote => {
  const best = ordered ? levelAtEnd(points) : points.reduce((most, { value }) => Math.max(most, value), 0);
  const least = ordered ? 0.004 : 0.002;
  const scale = Math.max(best - floor, 0.02 * best, 1e-9);
  // Where the localiser stays as it is, what it does is not asked for: kappa = 0 stands for any.
  const about = { best, scale, least, isOfTemperature: ordered && kappas.every(kappa => kappa === 0) };
  const parts: { m: number; logWeight: number; mean: number; sd: number; misfit: number }[] = [];
  const add = (m: number, logPrior: number, rows: Equation[], spread = scale): void => {
    const { logEvidence, mean, sd, misfit } = solve(rows, scale, best, spread);
    parts.push({ m, logWeight: logPrior + logEvidence, mean, sd, misfit });
  };
  for (const kappa of kappas) {
    const xs = points.map(({ logT, logGamma }) => logT - kappa * logGamma);
    const first = Math.min(...xs);
    for (const delta of DELTAS) {
      const rows = points.flatMap((point, i) => {
        const fall = exp(-delta * (xs[i] - first));
        return equations(point, about, { a: -fall, slope: delta * fall, kappa, offset: 0, offsetSlope: 0 });
      });
      const shares = ordered ? SHARES : WHOLE;
      for (const share of shares)
        add(1, log(prior[0] / (kappas.length * DELTAS.length * shares.length)), rows, share * scale);
    }
    for (let m = 2; m <= prior.length; m++) {
      const logs = firstLogs(m, best, ordered ? opened : undefined);
      for (const from of logs) {
        const c = from - first;
        const rows = points.flatMap((point, i) => {
          const x = xs[i] + c;
          return equations(point, about, {
            a: 0,
            slope: 0,
            kappa,
            offset: -(m - 1) / x,
            offsetSlope: (m - 1) / (x * x),
          });
        });
        add(m, log(prior[m - 1] / (kappas.length * logs.length)), rows);
      }
    }
  }
  const top = Math.max(...parts.map(({ logWeight }) => logWeight));
  const misfit = Math.min(...parts.map(part => part.misfit));
  const mixture: { weight: number; mean: number; sd: number }[] = [];
  const multiplicity = prior.map(() => 0);
  let total = 0;
  for (const { m, logWeight, mean, sd } of parts) {
    const weight = logWeight - top < -20 ? 0 : exp(logWeight - top);
    if (weight === 0) continue;
    // A value outside of what the rank and the number of parameters allow counts as the bound itself.
    mixture.push({ weight, mean: Math.min(Math.max(mean, floor), ceiling), sd });
    multiplicity[m - 1] += weight;
    total += weight;
  }
  return {
    mixture: mixture.map(part => ({ ...part, weight: part.weight / total })),
    multiplicity: multiplicity.map(weight => weight / total),
    misfit,
  };
};

/**
 * What X + c of a logarithm may be at the first row. A crossing with lambda and multiplicity m is of degree m / lambda or more, so that the localiser has half of that, and 2 at least, times
 * the log of its own factor added to it where it was opened: half of them are near this.
 */
const firstLogs = (m: number, best: number, opened: number | undefined): number[] => {
  // For small lambda the logarithm of nBeta is large against that of other things only when lambda times it is.
  const stride = opened === undefined ? 1 : Math.max(1, 0.5 / best);
  const anywhere = Array.from({ length: 14 }, (_, k) => 1 + 0.15 * stride * k * (k + 3) * 0.5);
  if (opened === undefined || opened <= 0) return anywhere;
  const added = Math.max(2, m / (2 * best)) * opened;
  return [...anywhere, ...FELT_LOGS.map(log => added + stride * log)];
};

/** The same where the localiser is first felt. */
const FELT_LOGS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14];

/** y = lambda x0 + a x1 + noise of sd. */
interface Equation {
  readonly y: number;
  readonly x0: number;
  readonly x1: number;
  readonly sd: number;
}

const equations = (
  point: AveragePoint,
  { best, scale, least, isOfTemperature }: { best: number; scale: number; least: number; isOfTemperature: boolean },
  {
    a,
    slope,
    kappa,
    offset,
    offsetSlope,
  }: { a: number; slope: number; kappa: number; offset: number; offsetSlope: number },
): Equation[] => {
  const { value, error, byTemperature, byTemperatureError, byPull, byPullError } = point;
  const distance = Math.abs(best - value);
  // What the models leave out: the next order, which falls with the distance from the limit.
  const rest = least * best + 0.12 * distance * Math.min(1, (2 * distance) / scale + 0.1);
  const restSlope = least * scale + 0.15 * distance;
  return [
    { y: value - offset, x0: 1, x1: a, sd: Math.sqrt(error * error + rest * rest) },
    { y: byTemperature - offsetSlope, x0: 0, x1: slope, sd: hypotenuse(byTemperatureError, restSlope) },
    ...(isOfTemperature
      ? []
      : [
          {
            y: byPull - kappa * offsetSlope,
            x0: 0,
            x1: kappa * slope,
            sd: hypotenuse(byPullError, kappa * restSlope),
          },
        ]),
  ];
};

/** Least squares for lambda and a with normal priors: lambda around the best value with a wide spread, a around 0 with its own. */
const solve = (rows: readonly Equation[], scale: number, best: number, spread: number) => {
  const wide = 2 * scale + 0.05 * best;
  let [p00, p01, p11] = [1 / (wide * wide), 0, 1 / (spread * spread)];
  let [q0, q1] = [best / (wide * wide), 0];
  let square = (best * best) / (wide * wide);
  let logDeterminant = 2 * log(wide) + 2 * log(spread);
  for (const { y, x0, x1, sd } of rows) {
    const weight = 1 / (sd * sd);
    p00 += weight * x0 * x0;
    p01 += weight * x0 * x1;
    p11 += weight * x1 * x1;
    q0 += weight * x0 * y;
    q1 += weight * x1 * y;
    square += weight * y * y;
    logDeterminant += 2 * log(sd);
  }
  const determinant = p00 * p11 - p01 * p01;
  const mean = (p11 * q0 - p01 * q1) / determinant;
  const a = (p00 * q1 - p01 * q0) / determinant;
  const misfit = Math.max(0, square - q0 * mean - q1 * a);
  return {
    logEvidence: -0.5 * (misfit + logDeterminant + log(determinant)),
    mean,
    sd: Math.sqrt(p11 / determinant),
    misfit,
  };
};
