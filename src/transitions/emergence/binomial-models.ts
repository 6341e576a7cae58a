import { exp, log, log1p } from "../../numerics/elementary.ts";
import { line } from "../../numerics/line-fit.ts";
import { type Counts, checkCounts, checkSegments, logChoose, logScales, sum, timesLog } from "./counts.ts";
import { type Criteria, criteria } from "./information-criteria.ts";

export interface LinkedFit extends Criteria {
  /** Intercept at the mean of ln scale, and slope over ln scale. */
  readonly beta: readonly [number, number];
}

export interface StepFit extends Criteria {
  /** First scale after the break. */
  readonly breakIndex: number;
  readonly pBefore: number;
  readonly pAfter: number;
}

/** Models of exact match over ln scale. */
export interface BinomialModels {
  readonly constant: Criteria;
  /** 1 / (1 + exp(-b0 - b1 x)) */
  readonly logistic: LinkedFit;
  /** exp(-exp(b0 + b1 x)): tokens that have to be right together, the loss per token a power law. */
  readonly compounding: LinkedFit;
  readonly step: StepFit;
  /** Smallest BIC of the smooth models less that of the step. */
  readonly deltaBicSmoothMinusStep: number;
}

/** Models of counts by maximum likelihood, binomial coefficients included; BIC and AICc count the scales. At least 4 scales. */
export const binomialModels = (
  { scale, k, n }: Counts & { readonly scale: readonly number[] },
  { minSegment = 2 }: { readonly minSegment?: number } = {},
): BinomialModels => {
  checkCounts({ k, n }, 4);
  const lnScale = logScales(scale, k.length);
  const T = k.length;
  checkSegments(minSegment, T);
  const centre = sum(lnScale) / T;
  const x = lnScale.map(value => value - centre);
  const coefficients = sum(k.map((hits, i) => logChoose(n[i], hits)));
  const shared = (from: number, to: number) => {
    const [hits, items] = [sum(k.slice(from, to)), sum(n.slice(from, to))];
    return { p: hits / items, logLik: timesLog(hits, hits / items) + timesLog(items - hits, 1 - hits / items) };
  };
  const linked = (link: Link): LinkedFit => {
    const { logLik, beta } = fitLink({ x, k, n }, link);
    return { ...criteria(logLik + coefficients, 2, T), beta };
  };
  const breaks = Array.from({ length: T - 2 * minSegment + 1 }, (_, i) => {
    const [before, after] = [shared(0, minSegment + i), shared(minSegment + i, T)];
    return { breakIndex: minSegment + i, pBefore: before.p, pAfter: after.p, logLik: before.logLik + after.logLik };
  });
  const { logLik, ...best } = breaks.reduce((most, each) => (each.logLik > most.logLik ? each : most));
  const constant = criteria(shared(0, T).logLik + coefficients, 1, T);
  const [logistic, compounding] = [linked(logisticLink), linked(compoundingLink)];
  const step = { ...criteria(logLik + coefficients, 3, T), ...best };
  return {
    constant,
    logistic,
    compounding,
    step,
    deltaBicSmoothMinusStep: Math.min(constant.bic, logistic.bic, compounding.bic) - step.bic,
  };
};

/** ln P and ln(1 - P) of a predictor eta, each with its first and second derivative, both concave. */
interface Link {
  /** eta of a probability. */
  of(p: number): number;
  success(eta: number): readonly [value: number, first: number, second: number];
  failure(eta: number): readonly [value: number, first: number, second: number];
}

/** ln(1 + e^x) */
const softPlus = (x: number): number => (x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)));
const expit = (x: number): number => (x > 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)));

const logisticLink: Link = {
  of: p => log(p / (1 - p)),
  success: eta => [-softPlus(-eta), expit(-eta), -expit(eta) * expit(-eta)],
  failure: eta => [-softPlus(eta), -expit(eta), -expit(eta) * expit(-eta)],
};

/** P = exp(-u), u = exp(eta). */
const compoundingLink: Link = {
  of: p => log(-log(p)),
  success: eta => [-exp(eta), -exp(eta), -exp(eta)],
  failure: eta => {
    const u = exp(eta);
    // u / (e^u - 1), which is 1 where u is nothing and 0 where it is large.
    const rest = u < 1e-8 ? 1 - u / 2 : u > 700 ? 0 : u / (exp(u) - 1);
    const value = u < 1e-8 ? eta - u / 2 : log1p(-exp(-u));
    // d/d eta of the rest: u (e^u - 1 - u e^u) / (e^u - 1)^2.
    return [value, rest, u < 1e-4 ? -u / 2 + (u * u) / 6 : rest * (1 - u - rest)];
  },
};

const MOST_STEPS = 200;
const MOST_HALVINGS = 60;

/** Newton with halved steps on a concave likelihood, from least squares of linked (k + 1/2) / (n + 1). */
const fitLink = (
  { x, k, n }: Counts & { readonly x: readonly number[] },
  link: Link,
): { readonly logLik: number; readonly beta: readonly [number, number] } => {
  const start = line(
    x,
    k.map((hits, i) => link.of((hits + 0.5) / (n[i] + 1))),
  );
  const at = (b0: number, b1: number) => {
    const out = { value: 0, g0: 0, g1: 0, h00: 0, h01: 0, h11: 0 };
    for (let i = 0; i < x.length; i++) {
      const eta = b0 + b1 * x[i];
      for (const [count, side] of [
        [k[i], link.success],
        [n[i] - k[i], link.failure],
      ] as const) {
        if (count === 0) continue;
        const [value, first, second] = side(eta);
        out.value += count * value;
        out.g0 += count * first;
        out.g1 += count * first * x[i];
        out.h00 -= count * second;
        out.h01 -= count * second * x[i];
        out.h11 -= count * second * x[i] * x[i];
      }
    }
    return out;
  };
  let [b0, b1] = [start.intercept, start.slope];
  let now = at(b0, b1);
  for (let step = 0; step < MOST_STEPS; step++) {
    const determinant = now.h00 * now.h11 - now.h01 * now.h01;
    if (!(determinant > 0)) break;
    const move0 = (now.h11 * now.g0 - now.h01 * now.g1) / determinant;
    const move1 = (now.h00 * now.g1 - now.h01 * now.g0) / determinant;
    let share = 1;
    let next = at(b0 + move0, b1 + move1);
    for (let halving = 0; halving < MOST_HALVINGS && !(next.value >= now.value); halving++) {
      share /= 2;
      next = at(b0 + share * move0, b1 + share * move1);
    }
    if (!(next.value >= now.value)) break;
    const gained = next.value - now.value;
    [b0, b1, now] = [b0 + share * move0, b1 + share * move1, next];
    if (
      gained <= 1e-14 * Math.abs(now.value) &&
      Math.abs(move0) + Math.abs(move1) < 1e-11 * (1 + Math.abs(b0) + Math.abs(b1))
    )
      break;
  }
  return { logLik: now.value, beta: [b0, b1] };
};
