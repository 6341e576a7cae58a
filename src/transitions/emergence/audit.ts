import { invalid } from "../../errors.ts";
import { exp, log } from "../../numerics/elementary.ts";
import { type BigBenchShape, bigBenchShape } from "./big-bench-shape.ts";
import { type BinomialModels, binomialModels } from "./binomial-models.ts";
import { type CompoundingCheck, compoundingCheck, isCompounding } from "./compounding-check.ts";
import { type Counts, checkCounts, logScales } from "./counts.ts";
import { type Extrapolation, extrapolate } from "./extrapolate.ts";
import { type GaussianModels, gaussianModels } from "./gaussian-models.ts";

/** What is known of a capability at each scale, in ascending order of scale; at least 6 scales. */
export interface CapabilityCounts extends Counts {
  readonly scale: readonly number[];
  /** Per-token accuracy, or another score per token on its scale, strictly between 0 and 1. */
  readonly p: readonly number[];
  /** Tokens of a target. */
  readonly length: number;
}

export interface AuditOptions {
  /** Exact match of guessing. 0 when absent. */
  readonly chance?: number;
  /** Difference of BIC from which a model is preferred. 10 when absent. */
  readonly threshold?: number;
  /** Least jump of ln(-ln p). ln 2 when absent: the loss per token changes by a factor 2 beyond the trend. */
  readonly minJumpSize?: number;
  /** Scales that extrapolations are fitted to, at least 3. Half of them when absent. */
  readonly m?: number;
}

export const verdicts = [
  "no-emergence-claim",
  "jump-in-continuous-metric",
  "metric-artefact",
  "metric-artefact-with-kink",
  "undetermined",
] as const;

export type EmergenceVerdict = (typeof verdicts)[number];

/** The three clauses of an emergent ability by Wei et al., from counts alone. */
export interface WeiClauses {
  /** Not above chance at any of the first m scales. */
  readonly absent: boolean;
  /** At least 0.3 above chance at the largest. */
  readonly present: boolean;
  /** The largest lies outside the interval of a line through the first m exact matches. */
  readonly surprise: boolean;
  /** All three. */
  readonly wei: boolean;
  readonly naive: Extrapolation;
}

export interface EmergenceAudit extends Omit<WeiClauses, "naive"> {
  /** (observed - predicted) / standard error at the scales after the first m: of a line through exact matches, and of one through ln(-ln p). */
  readonly naiveZ: readonly number[];
  readonly continuousZ: readonly number[];
  readonly continuousCoverage: number;
  /** Exact match that the line through ln(-ln p) predicts, with its 95 % interval. */
  readonly predictedExact: readonly number[];
  readonly predictedLo: readonly number[];
  readonly predictedHi: readonly number[];
  /** Share of those scales whose exact match lies in the interval, widened by two standard errors of counting. */
  readonly exactInside: number;
  readonly deltaBicStep: number;
  readonly deltaJump: number;
  readonly deltaKink: number;
  readonly jumpSize: number;
  readonly jump: boolean;
  readonly kink: boolean;
  readonly linearity: number;
  readonly breakthroughness: number;
  readonly linearityContinuous: number;
  readonly breakthroughnessContinuous: number;
  /** Effective over nominal length. */
  readonly ratio: number;
  readonly verdict: EmergenceVerdict;
  /** What the numbers come from. */
  readonly parts: {
    readonly binomial: BinomialModels;
    readonly gaussian: GaussianModels;
    readonly compounding: CompoundingCheck;
    readonly naive: Extrapolation;
    readonly continuous: Extrapolation;
    readonly shape: BigBenchShape;
  };
}

const LEAST_SCALES = 6;
export const DEFAULTS = { chance: 0, threshold: 10, minJumpSize: Math.LN2 } as const;

/** How far above chance the largest model has to be, and how far above it the small ones may be, beside counting errors. Conventions. */
const PRESENT = 0.3;
const SLACK = 0.05;

/** Absent in small models, present in the largest, and not foreseen by a line through the small ones.  [arXiv 2206.07682] */
export const weiClauses = (
  { scale, k, n }: Counts & { readonly scale: readonly number[] },
  { chance = DEFAULTS.chance, m = Math.floor(scale.length / 2) }: AuditOptions = {},
): WeiClauses => {
  checkCounts({ k, n }, LEAST_SCALES);
  const x = logScales(scale, k.length);
  if (!(chance >= 0 && chance < 1)) throw invalid("chance", chance, "a number from 0 to below 1");
  const A = k.map((hits, i) => hits / n[i]);
  const naive = extrapolate(x, A, { m, sigmaFloor: 1 / Math.min(...n) });
  const absent = A.slice(0, m).every((score, i) => {
    const counting = Math.sqrt((chance * (1 - chance)) / n[i]) + 1 / n[i];
    return score <= chance + 3 * counting + SLACK;
  });
  const present = A[A.length - 1] >= chance + PRESENT;
  const surprise = Math.abs(naive.z[naive.z.length - 1]) > naive.tQuantile;
  return { absent, present, surprise, wei: absent && present && surprise, naive };
};

/** Whether the jump of a capability is in its metric alone, in a continuous metric too, or no jump at all.  [arXiv 2304.15004, 2206.07682] */
export const emergenceAudit = (table: CapabilityCounts, options: AuditOptions = {}): EmergenceAudit => {
  const { scale, k, n, p, length } = table;
  const { naive, ...clauses } = weiClauses(table, options);
  const { threshold, minJumpSize } = { ...DEFAULTS, ...options };
  if (!(threshold > 0)) throw invalid("threshold", threshold, "a positive number");
  if (!(minJumpSize >= 0)) throw invalid("minJumpSize", minJumpSize, "a number from 0 on");
  const T = k.length;
  const m = T - naive.z.length;
  const compounding = compoundingCheck(table, length);
  const x = scale.map(log);
  const y = p.map(value => log(-log(value)));
  const A = k.map((hits, i) => hits / n[i]);
  const continuous = extrapolate(x, y, { m });
  const asExact = (value: number): number => exp(-length * exp(value));
  const predictedExact = continuous.mean.map(asExact);
  // A larger loss is a smaller exact match.
  const [predictedLo, predictedHi] = [continuous.hi.map(asExact), continuous.lo.map(asExact)];
  const isInside = predictedExact.map((_, i) => {
    const score = A[m + i];
    const margin = 2 * Math.sqrt(Math.max(score * (1 - score), 1 / n[m + i]) / n[m + i]);
    return score >= predictedLo[i] - margin && score <= predictedHi[i] + margin;
  });
  const binomial = binomialModels({ scale, k, n });
  const gaussian = gaussianModels(x, y);
  const [shape, smoothShape] = [bigBenchShape(A), bigBenchShape(y.map(value => -value))];
  const { deltaJump, deltaKink, jumpSize } = gaussian;
  const jump = deltaJump >= threshold && Math.abs(jumpSize) >= minJumpSize;
  const kink = !jump && deltaKink >= threshold;
  const explained = isCompounding(compounding.ratio);
  return {
    ...clauses,
    naiveZ: naive.z,
    continuousZ: continuous.z,
    continuousCoverage: continuous.coverage,
    predictedExact,
    predictedLo,
    predictedHi,
    exactInside: isInside.filter(Boolean).length / isInside.length,
    deltaBicStep: binomial.deltaBicSmoothMinusStep,
    deltaJump,
    deltaKink,
    jumpSize,
    jump,
    kink,
    linearity: shape.linearity,
    breakthroughness: shape.breakthroughness,
    linearityContinuous: smoothShape.linearity,
    breakthroughnessContinuous: smoothShape.breakthroughness,
    ratio: compounding.ratio,
    verdict: verdictOf({ wei: clauses.wei, jump, kink, explained }),
    parts: { binomial, gaussian, compounding, naive, continuous, shape },
  };
};

const verdictOf = ({
  wei,
  jump,
  kink,
  explained,
}: {
  readonly wei: boolean;
  readonly jump: boolean;
  readonly kink: boolean;
  readonly explained: boolean;
}): EmergenceVerdict => {
  if (!wei) return "no-emergence-claim";
  if (jump) return "jump-in-continuous-metric";
  if (!explained) return "undetermined";
  return kink ? "metric-artefact-with-kink" : "metric-artefact";
};
