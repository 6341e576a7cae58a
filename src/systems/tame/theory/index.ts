import { integer, list, matrix, number, numbers, readMatrix } from "../../../contracts/field.ts";
import { theory } from "../../../contracts/system.ts";
import { invalid } from "../../../errors.ts";
import { log } from "../../../numerics/elementary.ts";
import { powerBySquaring } from "../../../numerics/power.ts";
import {
  fatLinear,
  fatLipschitz,
  growthFunctions,
  logCovering,
  logSauer,
  logSauerCap,
  vcNetworks,
  vcOneParameterTame,
  vcPolynomial,
} from "./capacity.ts";
import {
  classicBound,
  dkwBound,
  isVacuous,
  linearBound,
  natarajanBound,
  pseudoDimensionBound,
  rademacherBound,
} from "./deviation.ts";
import { cutoffClass, gaugeCoupling, slowRoll, slowRollSet } from "./effective-theory.ts";
import { bestInterval, fitGaugeCoupling, uniformDeviation } from "./empirical.ts";
import { boundAt, families, sufficientSize } from "./families.ts";
import { impliedSize, lipschitzSizes, sampleSizeRules } from "./sample-size.ts";
import { cellCap, frequencyCells, labelsAt, MOST_LABELS, shatteredPoints, shatteringFrequency } from "./sine.ts";

const MOST_TERMS = 10_000_000;
const MOST_CELLS = 1_000_000;

const positive = (summary: string) => number(summary, { above: 0 });
const m = integer("points", { default: 10, min: 1 });
const N = integer("samples", { default: 1000, min: 1, max: 1e15 });
const d = integer("dimension of the family", { default: 3, min: 0, max: MOST_TERMS });
const realDimension = number("dimension of the family, or a bound of it", { default: 3, min: 1, max: 1e15 });
const eps = number("accuracy", { default: 0.1, above: 0, max: 1 });
const delta = number("probability of failure", { default: 0.05, above: 0, max: 1 });
const p = number("exponent of the first term", { default: 0.9, above: 0, max: 100 });
const q = number("exponent of the second term", { default: 2, above: 0, max: 100 });
const labels = list("0 or 1", integer("label", { min: 0, max: 1 }), { least: 1 });

const checkLength = (name: string, values: readonly unknown[], length: number, why: string): void => {
  if (values.length !== length) throw invalid(`the length of ${name}`, values.length, `${length}, ${why}`);
};

/** Names of the bounds that say nothing. */
const vacuousOf = (bounds: { readonly [name: string]: number }): readonly string[] =>
  Object.keys(bounds).filter(name => isVacuous(bounds[name]));

export const tameTheory = {
  families: theory({
    summary:
      "families of functions: structure, dimension, samples that are enough, and the bound on N samples (vacuous from 1 on)",
    where: "sections 1 to 3; arXiv 2403.03245",
    answers: [],
    inputs: { eps, delta, N: { ...N, default: 16_384 } },
    evaluate: ({ eps, delta, N }) =>
      families.map(family => {
        const bound = boundAt(family, N, delta);
        return {
          family: family.name,
          structure: family.structure,
          capacity: family.capacity,
          dimension: family.dimension(eps),
          samples: sufficientSize(family, eps, delta),
          bound,
          vacuous: bound === null ? null : isVacuous(bound),
        };
      }),
  }),

  sauer: theory({
    summary: "ln of the number of labellings of m points by a family of VC dimension d, and its cap d ln(e m / d)",
    where: "section 2; Sauer's lemma",
    answers: ["sauerLog"],
    inputs: { m, d },
    evaluate: ({ m, d }) => ({ log: logSauer(m, d), cap: logSauerCap(m, d) }),
  }),

  growth: theory({
    summary: "labellings of m points by thresholds, by intervals and by half-spaces of R^n, exactly",
    where: "section 2",
    answers: ["growthFunctions"],
    inputs: { m, n: integer("dimension of the space", { default: 2, min: 1, max: 10_000 }) },
    evaluate: ({ m, n }) => growthFunctions(m, n),
  }),

  covering: theory({
    summary: "ln of how many functions of pseudo-dimension d into [0, 1] can be eps apart in the mean, at most",
    where: "section 3.1; Haussler 1995",
    answers: [],
    inputs: { eps, d },
    evaluate: ({ eps, d }) => ({ log: logCovering(eps, d) }),
  }),

  deviation: theory({
    summary: "largest distance of training and true error over a family of dimension d on N samples; vacuous from 1 on",
    where: "section 3.1; Anthony and Bartlett, theorems 4.3 and 17.1",
    answers: ["uniformDeviationBounds"],
    inputs: { N, d, delta },
    evaluate({ N, d, delta }) {
      const bounds = {
        classic: classicBound(N, d, delta),
        rademacher: rademacherBound(N, d, delta),
        pdim: pseudoDimensionBound(N, d, delta),
        dkw: dkwBound(N, delta),
      };
      return { ...bounds, vacuous: vacuousOf(bounds) };
    },
  }),

  "natarajan-deviation": theory({
    summary: "the same for functions into several classes, from their Natarajan dimension; vacuous from 1 on",
    where: "section 3.1",
    answers: ["natarajanDeviation"],
    inputs: { N, d: { ...d, default: 9 }, classes: integer("classes", { default: 4, min: 2, max: 1e9 }), delta },
    evaluate({ N, d, classes, delta }) {
      const bounds = { eps: natarajanBound(N, d, classes, delta) };
      return { ...bounds, vacuous: vacuousOf(bounds) };
    },
  }),

  "sample-size": theory({
    summary: "samples that are enough for accuracy eps with probability 1 - delta: printed forms, and what they imply",
    where: "section 3.2; Anthony and Bartlett",
    answers: ["sampleComplexity"],
    inputs: { eps, delta, d: realDimension },
    evaluate({ eps, delta, d }) {
      const { agnostic, realisable, epsNet, pseudoDimension, fat } = sampleSizeRules;
      return {
        vcAgnostic: agnostic.closed(eps, delta, d),
        vcRealizable: realisable.closed(eps, delta, d),
        epsNet: epsNet.closed(eps, delta, d),
        pdim: pseudoDimension.closed(eps, delta, d),
        fat: fat.closed(eps, delta, d),
        impliedAgnostic: impliedSize(agnostic, eps, delta, d),
        impliedRealizable: impliedSize(realisable, eps, delta, d),
        impliedEpsNet: impliedSize(epsNet, eps, delta, d),
        impliedPdim: impliedSize(pseudoDimension, eps, delta, d),
        impliedFat: impliedSize(fat, eps, delta, d),
      };
    },
  }),

  "lipschitz-sample-size": theory({
    summary: "the same for functions of a Lipschitz constant on [0, 1], from their fat-shattering dimension",
    where: "section 3.2",
    answers: ["lipschitzSampleComplexity"],
    inputs: { eps, delta, lipschitz: number("Lipschitz constant", { default: 1, above: 0, max: 1e9 }) },
    evaluate: ({ eps, delta, lipschitz }) => lipschitzSizes(eps, delta, lipschitz),
  }),

  "fat-dimensions": theory({
    summary: "fat-shattering dimensions at scale gamma: Lipschitz functions, bounded variation, linear functions",
    where: "section 2",
    answers: ["fatDimensions"],
    inputs: {
      gamma: number("scale", { default: 0.1, above: 0, max: 0.5 }),
      lipschitz: number("Lipschitz constant on [0, 1]", { default: 1, min: 0 }),
      variation: number("total variation", { default: 1, min: 0 }),
      B: number("largest norm of the weights", { default: 1, min: 0 }),
      R: number("radius of the ball of inputs", { default: 1, min: 0 }),
    },
    evaluate: ({ gamma, lipschitz, variation, B, R }) => ({
      lipschitz: fatLipschitz(gamma, lipschitz),
      boundedVariation: fatLipschitz(gamma, variation),
      linear: fatLinear(gamma, B, R),
    }),
  }),

  "vc-polynomial": theory({
    summary: "VC dimension of sets that polynomial inequalities describe, at most",
    where: "section 2; Warren, Goldberg and Jerrum",
    answers: ["vcPolynomial"],
    inputs: {
      params: integer("parameters", { default: 3, min: 1, max: 1e12 }),
      degree: integer("degree in the parameters", { default: 1, min: 1, max: 1e9 }),
      predicates: integer("polynomials", { default: 1, min: 1, max: 1e9 }),
    },
    evaluate: ({ params, degree, predicates }) => vcPolynomial(params, degree, predicates),
  }),

  "vc-networks": theory({
    summary: "VC dimension of networks, at most: sigmoid units, arithmetic alone, arithmetic and exponentials",
    where: "section 2; Anthony and Bartlett, theorems 8.4, 8.13 and 8.14",
    answers: ["vcNetworks"],
    inputs: {
      weights: integer("weights W", { default: 33, min: 1, max: 1e12 }),
      units: integer("units k", { default: 9, min: 1, max: 1e12 }),
      t: integer("arithmetic operations and comparisons of an evaluation", { default: 132, min: 0, max: 1e12 }),
      q: integer("exponentials of an evaluation", { default: 9, min: 0, max: 1e12 }),
    },
    evaluate: vcNetworks,
  }),

  "vc-one-parameter": theory({
    summary: "VC dimension of a tame family of one parameter, at most, from its changes of sign at a point",
    where: "section 2",
    answers: ["vcOneParameterTame"],
    inputs: { components: integer("changes of sign at a point, at most", { default: 5, min: 0 }) },
    evaluate: ({ components }) => ({ vc: vcOneParameterTame(components) }),
  }),

  "sine-shatter": theory({
    summary: "frequency w at which sign sin(w x) gives the points 10^-i these labels: the family is not tame",
    where: "section 2.1",
    answers: ["sineShatter"],
    inputs: { labels },
    evaluate({ labels }) {
      if (labels.length > MOST_LABELS) throw invalid("the length of labels", labels.length, `at most ${MOST_LABELS}`);
      const omega = shatteringFrequency(labels);
      return { omega, realised: labelsAt(omega, shatteredPoints(labels.length)) };
    },
  }),

  "sine-growth": theory({
    summary: "labellings of points by sign sin(w x) with 0 < w < omegaMax, exactly: tame again, linear in omegaMax",
    where: "section 2.1",
    answers: ["sineGrowth"],
    inputs: { x: list("points", positive("point"), { least: 1 }), omegaMax: positive("largest frequency") },
    evaluate({ x, omegaMax }) {
      const cap = cellCap(x, omegaMax);
      if (cap > MOST_CELLS) throw invalid("omegaMax", omegaMax, `a frequency with at most ${MOST_CELLS} cells`);
      const cells = frequencyCells(x, omegaMax);
      return {
        patterns: new Set(cells.map(({ labels }) => labels)).size,
        cells: cells.length,
        cap,
        all: powerBySquaring(2, x.length),
      };
    },
  }),

  "exact-deviation": theory({
    summary: "largest distance of empirical and true probability over thresholds (ks) and intervals (kuiper)",
    where: "section 5, E1",
    answers: ["uniformDeviationExact"],
    inputs: { u: list("sample of the uniform law", number("entry", { min: 0, max: 1 }), { least: 1 }) },
    evaluate: ({ u }) => uniformDeviation(u),
  }),

  "gauge-coupling": theory({
    summary: "1/g^2 at the modulus a + i s",
    where: "section 1",
    answers: ["gaugeCoupling"],
    inputs: {
      s: number("imaginary part of the modulus", { default: 1, above: 0 }),
      a: number("its real part", { default: 0 }),
      theta: numbers("coefficients of s, 1, and the cosine and sine of the instanton", { length: 4 }),
    },
    evaluate: ({ s, a, theta }) => ({ value: gaugeCoupling(s, a, theta) }),
  }),

  "slow-roll": theory({
    summary: "slow-roll parameters of V = A s^-p - B s^-q; null where V is 0",
    where: "section 1",
    answers: ["slowRoll"],
    inputs: {
      s: number("modulus", { default: 2, above: 0 }),
      A: number("strength of the first term", { default: 1 }),
      B: number("strength of the second term", { default: 0.5 }),
      p: number(p.summary, { default: 0.9 }),
      q: number(q.summary, { default: 2 }),
    },
    evaluate: ({ s, ...potential }) => slowRoll(s, potential),
  }),

  "slow-roll-set": theory({
    summary: "where V = A s^-p - B s^-q inflates, by x = (B/A) s^-(q-p): one interval, or null",
    where: "section 1",
    answers: [],
    inputs: { p, q },
    evaluate({ p, q }) {
      const set = slowRollSet(p, q);
      return set && { x: set, lnX: set.map(end => (end > 0 ? log(end) : null)) };
    },
  }),

  "cutoff-class": theory({
    summary: "which tower of states becomes light first: index of the lowest scale exp(-(l1 ln s + l2 ln u + l3))",
    where: "section 1",
    answers: ["cutoffClass"],
    inputs: { lns: number("ln s"), lnu: number("ln u"), lam: matrix("l1, l2, l3 of each tower") },
    evaluate: ({ lns, lnu, lam }) => ({
      index: cutoffClass(lns, lnu, readMatrix(lam as never, "lam", { columns: 3 })),
    }),
  }),

  "linear-rademacher": theory({
    summary: "Rademacher average and uniform deviation of linear functions on given inputs",
    where: "section 3.1",
    answers: ["linearRademacher"],
    inputs: {
      X: matrix("a row for each input"),
      B: number("largest norm of the weights", { min: 0 }),
      lipschitz: number("Lipschitz constant of the loss", { min: 0 }),
      M: number("largest loss", { min: 0 }),
      delta,
    },
    evaluate: linearBound,
  }),

  "best-interval": theory({
    summary: "least share of a labelled sample that an interval labels wrongly, and its ends",
    where: "section 5, E3",
    answers: ["ermInterval"],
    inputs: { x: numbers("points", { least: 1 }), y: labels },
    evaluate({ x, y }) {
      checkLength("y", y, x.length, "a label for each point");
      return bestInterval(Float64Array.from(x), y);
    },
  }),

  "gauge-least-squares": theory({
    summary: "least squares of gauge couplings: the coefficients and the mean squared error on the sample",
    where: "section 5, E2",
    answers: ["gaugeLeastSquares"],
    inputs: {
      s: list("imaginary parts of the moduli", positive("entry"), { least: 4 }),
      a: numbers("their real parts"),
      y: numbers("couplings"),
    },
    evaluate({ s, a, y }) {
      checkLength("a", a, s.length, "as s has");
      checkLength("y", y, s.length, "as s has");
      return fitGaugeCoupling(s, a, y);
    },
  }),
};
