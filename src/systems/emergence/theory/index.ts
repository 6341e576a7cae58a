import { integer, list, matrix, number, numbers } from "../../../contracts/field.ts";
import { theory } from "../../../contracts/system.ts";
import { DEFAULTS, emergenceAudit } from "../../../transitions/emergence/audit.ts";
import { betaChangePoint } from "../../../transitions/emergence/beta-change-point.ts";
import { bigBenchShape } from "../../../transitions/emergence/big-bench-shape.ts";
import { binomialModels } from "../../../transitions/emergence/binomial-models.ts";
import { compoundingCheck } from "../../../transitions/emergence/compounding-check.ts";
import { earlyWarning, ouTheory } from "../../../transitions/emergence/early-warning.ts";
import { effectiveInformation } from "../../../transitions/emergence/effective-information.ts";
import { extrapolate } from "../../../transitions/emergence/extrapolate.ts";
import { gaussianModels } from "../../../transitions/emergence/gaussian-models.ts";
import { replicateStats } from "../../../transitions/emergence/replicate-stats.ts";
import { screeningOff } from "../../../transitions/emergence/screening-off.ts";
import { spectrumDimensions } from "../../../transitions/emergence/spectrum-dimensions.ts";
import { subspaceOverlap } from "../../../transitions/emergence/subspace-overlap.ts";
import { compoundingShape, detectableTestSize, tokenMetrics } from "../../../transitions/emergence/token-metrics.ts";
import { widthExponent } from "../../../transitions/emergence/width-exponent.ts";
import { coverProbability, coverWidth } from "./cover.ts";

const positive = (summary: string, options = {}) => number(summary, { above: 0, ...options });
const length = positive("tokens of a target", { default: 10 });
const scale = list("scale of each model, ascending", positive("scale"));
const k = list("exact matches at each scale", integer("count", { min: 0 }));
const n = list("test items at each scale", integer("count", { min: 1 }));
const p = list("per-token accuracy at each scale", number("accuracy", { above: 0, max: 1 }));
const x = numbers("scale of each model in logarithms, ascending");
const y = numbers("metric at each of them");
const minSegment = integer("scales on each side of a break, at least", { default: 2, min: 1 });
const partition = list("macro state of each micro state", integer("block"), { least: 1 });

export const emergenceTheory = {
  metrics: theory({
    summary: "one per-token accuracy in several metrics: exact match, token errors, NLL, Brier",
    where: "arXiv 2304.15004, section 2",
    answers: ["tokenMetrics"],
    inputs: { p: number("per-token accuracy", { default: 0.9, above: 0, max: 1 }), length },
    evaluate: ({ p, length }) => tokenMetrics(p, length),
  }),

  shape: theory({
    summary: "exact match over ln N when the loss per token is (N/c)^-a: onset, width, slopes; the width knows no L",
    where: "section 2.1; arXiv 2304.15004, appendix A",
    answers: ["compoundingShape"],
    inputs: {
      a: positive("exponent of the loss per token", { default: 0.35 }),
      c: positive("scale at which the loss per token is 1 nat", { default: 1e6 }),
      length,
    },
    evaluate: ({ a, c, length }) => compoundingShape({ a, c }, length),
  }),

  "width-exponent": theory({
    summary: "widths over sizes as a power: 0 for compounding, negative where a transition sharpens",
    where: "section 2.1",
    answers: ["widthExponent"],
    inputs: {
      sizes: list("sizes", positive("size"), { least: 2 }),
      widths: list("widths", positive("width"), { least: 2 }),
    },
    evaluate: ({ sizes, widths }) => widthExponent(sizes, widths),
  }),

  "cover-probability": theory({
    summary: "probability that a perceptron of N inputs stores P random labels: a transition that is sharp",
    where: "section 2.1; Cover 1965",
    answers: ["coverProbability"],
    inputs: {
      P: integer("patterns", { default: 40, min: 1, max: 1e9 }),
      N: integer("inputs", { default: 20, min: 1, max: 1e9 }),
    },
    evaluate: ({ P, N }) => ({ probability: coverProbability(P, N) }),
  }),

  "cover-width": theory({
    summary: "loads P/N at which that probability is 90, 50 and 10 %, and their distance",
    where: "section 2.1; Cover 1965",
    answers: ["coverWidth"],
    inputs: { N: integer("inputs", { default: 20, min: 1, max: 1e6 }) },
    evaluate: ({ N }) => coverWidth(N),
  }),

  "test-size": theory({
    summary: "fewest test items with which an accuracy shows a success: below it a measured 0 says nothing",
    where: "section 2.3; arXiv 2304.15004, section 4",
    answers: ["detectableTestSize"],
    inputs: {
      accuracy: number("true accuracy", { default: 0.003, above: 0, max: 1 }),
      power: number("probability of a success", { default: 0.95, above: 0, max: 0.999999999999 }),
    },
    evaluate: ({ accuracy, power }) => ({ n: detectableTestSize(accuracy, power) }),
  }),

  compounding: theory({
    summary: "whether independent tokens explain exact matches: effective over nominal length",
    where: "section 2.2",
    answers: ["compoundingCheck"],
    inputs: { p, k, n, length },
    evaluate: ({ length, ...table }) => compoundingCheck(table, length),
  }),

  "bench-shape": theory({
    summary: "linearity and breakthroughness of scores along scales",
    where: "arXiv 2206.04615; arXiv 2304.15004, Eq. (1)",
    answers: ["bigBenchShape"],
    inputs: {
      y: numbers("scores by ascending scale", { least: 2 }),
      floor: number("least denominator", { default: 0, min: 0 }),
      cap: positive("largest breakthroughness", { default: 100 }),
    },
    evaluate: ({ y, floor, cap }) => bigBenchShape(y, { floor, cap }),
  }),

  "binomial-models": theory({
    summary: "constant, logistic, compounding and step models of exact matches over ln scale",
    where: "section 4.1",
    answers: ["binomialModels"],
    inputs: { scale, k, n, minSegment },
    evaluate: ({ minSegment, ...table }) => binomialModels(table, { minSegment }),
  }),

  "beta-change-point": theory({
    summary: "one change of a success rate against none, with the posterior of its place",
    where: "section 4.2",
    answers: ["betaChangePoint"],
    inputs: {
      k,
      n,
      a: positive("prior successes", { default: 1 }),
      b: positive("prior failures", { default: 1 }),
      minSegment: { ...minSegment, default: 1 },
    },
    evaluate: ({ k, n, ...options }) => betaChangePoint({ k, n }, options),
  }),

  "gaussian-models": theory({
    summary: "polynomials, a kink and jumps as models of a continuous metric; which of them is best",
    where: "section 4.3; arXiv 2210.14891",
    answers: ["gaussianModels"],
    inputs: { x, y, minSegment },
    evaluate: ({ x, y, minSegment }) => gaussianModels(x, y, { minSegment }),
  }),

  extrapolate: theory({
    summary: "a line through the first m points, and prediction intervals at the rest",
    where: "section 5; arXiv 2206.07682",
    inputs: {
      x,
      y,
      m: integer("points that the line is fitted to", { min: 3 }),
      level: number("probability of an interval", { default: 0.95, above: 0, max: 0.999999999 }),
      sigmaFloor: number("least standard deviation", { default: 0, min: 0 }),
    },
    evaluate: ({ x, y, ...options }) => extrapolate(x, y, options),
  }),

  replicates: theory({
    summary: "moments of an order parameter over seeds: variance, Binder cumulant, bimodality",
    where: "section 6",
    answers: ["replicateStats"],
    inputs: { values: numbers("values of the seeds", { least: 4 }) },
    evaluate: ({ values }) => replicateStats(values),
  }),

  "early-warning": theory({
    summary: "variance and autocorrelation in a sliding window, and Kendall's tau of each",
    where: "section 6",
    answers: ["earlyWarning"],
    inputs: { series: numbers("values", { least: 4 }), window: integer("points of a window", { default: 20, min: 3 }) },
    evaluate: ({ series, window }) => earlyWarning(series, window),
  }),

  "slowing-down": theory({
    summary: "autocorrelation and variance of a process of Ornstein and Uhlenbeck seen every dt",
    where: "section 6",
    answers: ["ouTheory"],
    inputs: {
      lambda_: positive("rate of return", { default: 1 }),
      dt: positive("time between points", { default: 0.5 }),
      sigma: positive("strength of the noise", { default: 0.2 }),
    },
    evaluate: ({ lambda_, dt, sigma }) => ouTheory(lambda_, dt, sigma),
  }),

  dimensions: theory({
    summary: "directions that a representation uses: participation ratio, entropy rank, stable rank",
    where: "section 7",
    answers: ["spectrumDimensions"],
    inputs: { eigenvalues: list("eigenvalues of the covariance", number("eigenvalue", { min: 0 }), { least: 1 }) },
    evaluate: ({ eigenvalues }) => spectrumDimensions(eigenvalues),
  }),

  "screening-off": theory({
    summary: "what a coarse description keeps of what micro states tell of a target, and how much it compresses",
    where: "section 7; arXiv 2506.11135",
    answers: ["screeningOff"],
    inputs: { joint: matrix("counts of micro state and target"), partition },
    evaluate: ({ joint, partition }) => screeningOff(joint, partition),
  }),

  "effective-information": theory({
    summary: "how much of its effects a description determines, micro and macro: causal emergence",
    where: "section 7; Hoel, Albantakis and Tononi 2013",
    answers: ["effectiveInformation"],
    inputs: { tpm: matrix("transition probabilities", { square: true }), partition },
    evaluate: ({ tpm, partition }) => effectiveInformation(tpm, partition),
  }),

  "subspace-overlap": theory({
    summary: "principal angles of the spans of the columns of two matrices",
    where: "section 7",
    answers: ["subspaceOverlap"],
    inputs: { a: matrix("columns that span a subspace"), b: matrix("columns that span another") },
    evaluate: ({ a, b }) => subspaceOverlap(a, b),
  }),

  audit: theory({
    summary: "the whole procedure on a table: is the jump in the metric, in what is learned, or nowhere",
    where: "sections 5 and 8; arXiv 2206.07682, 2304.15004",
    answers: ["emergenceAudit"],
    inputs: {
      scale,
      k,
      n,
      p,
      length,
      chance: number("exact match of guessing", { default: DEFAULTS.chance, min: 0, max: 0.999999 }),
      threshold: positive("difference of BIC that decides", { default: DEFAULTS.threshold }),
      minJumpSize: number("least jump of ln(-ln p)", { default: DEFAULTS.minJumpSize, min: 0 }),
      m: integer("scales that extrapolations are fitted to", { min: 3 }),
    },
    evaluate: ({ chance, threshold, minJumpSize, m, ...table }) => {
      const { parts: _, ...audit } = emergenceAudit(table, { chance, threshold, minJumpSize, m });
      return audit;
    },
  }),
};
