import { effectiveCoefficient, harmonicFreeEnergy } from "../../../coefficient/exact/harmonic.ts";
import { choice, type Fields, integer, namesOf, number, type ValuesOf } from "../../../contracts/field.ts";
import { theory } from "../../../contracts/system.ts";
import { invalid } from "../../../errors.ts";
import { coverageOf, coverageWarning, isCountExact } from "../model/coverage.ts";
import { checkModulus } from "../model/modulus.ts";
import { operations } from "../model/operations.ts";
import { fullTable, pairsAt, splitPairs, trainCount } from "../model/pairs.ts";
import { randomStart } from "../model/start.ts";
import { squaredNorms } from "../phases.ts";
import { recipes } from "../recipes.ts";
import { type Count, closedForms, dataThreshold, ranks, simplicityMargin } from "./closed-forms.ts";
import { constantPhase } from "./constant-phase.ts";
import { curvatures, spectralRank } from "./jacobian.ts";
import { solutionError } from "./solution-error.ts";
import { narrowSolution, randomPhaseError, randomPhases, type Solution, sixPhases } from "./solutions.ts";
import { hessianTraces } from "./traces.ts";

const p = integer("modulus, odd", { default: 13, min: 3 });
const K = integer("neurons", { default: 64, min: 1, scale: "log" });
const N = integer("training pairs, p^2 at most; 70 % of them when absent", { min: 1, optional: true });
const seed = integer("seed of random phases or weights", { default: 1, min: 0, max: 4294967295 });
const share = number("share of the pairs", { default: 0.5, min: 0, max: 1 });
const nBeta = number("data size times inverse temperature", { default: 1000, above: 0, scale: "log" });
const gamma = number("pull towards the point", { default: 100, above: 0, scale: "log" });
const splitSeed = { ...seed, summary: "seed of the split" } as const;
const count = { p, K, N } as const satisfies Fields;

/** A checked modulus and number of pairs. Throws a LandauError for more pairs than the table has. */
const countAt = ({ p, K, N = trainCount(p, 0.7) }: ValuesOf<typeof count>): Count => {
  checkModulus(p);
  if (N > p * p) throw invalid("N", N, `at most p^2 = ${p * p} pairs`);
  return { p, K, N };
};

const solutions = {
  narrow: ({ p }) => narrowSolution(p),
  "six-phase": options => sixPhases(options),
  "six-phase-constant": options => sixPhases({ ...options, constant: true }),
  "random-phases": ({ p, groups, seed }) => randomPhases({ p, K: (groups * (p - 1)) / 2, seed }),
} as const satisfies {
  readonly [name: string]: (options: { p: number; groups: number; seed: number }) => Solution;
};

/** The closed forms of quadratic networks on modular tables that can be asked for by name. */
export const modularTheory = {
  coefficients: theory({
    summary:
      "learning coefficients in closed form; published_ are the source's formulas, onehot_ those of one-hot pairs",
    where: "Corollaries 4.2, 5.3 and 5.4, Theorem 5.2; corrected for inputs with one 1 in each half",
    inputs: count,
    answers: ["closed-forms"],
    evaluate: at => ({ lambda: closedForms(countAt(at)) }),
  }),

  "constant-phase": theory({
    summary: "the last phase under weight decay, a constant output: where it ends by a jump, its norm and its loss",
    where: "derived: an effective loss of sixth order in the scale of the weights",
    inputs: {
      p,
      weightDecay: number("half of it times |w|^2 is added", { default: 0.01, min: 0 }),
    },
    evaluate: ({ p, weightDecay }) => constantPhase(p, weightDecay),
  }),

  ranks: theory({
    summary:
      "ranks of the Jacobian of the residuals in closed form; those of training pairs are upper bounds, see graph",
    where: "derived: (3p - 2) a neuron, saturated by the residuals",
    inputs: count,
    evaluate: given => {
      const at = countAt(given);
      const ofTable = ["genericFull", "genericFullCentred", "genericTrain", "genericTrainCentred", "lazy"] as const;
      const ofModulus = ["narrow", "sixPhases", "sixPhasesConstant", "waves", "wavesCentred"] as const;
      const ofPairs = ["wavesTrain", "wavesTrainCentred"] as const;
      return {
        ...Object.fromEntries([...ofTable, ...ofPairs].map(name => [name, ranks[name](at)])),
        ...Object.fromEntries(ofModulus.map(name => [name, ranks[name](at.p)])),
      };
    },
  }),

  solution: theory({
    summary: "an analytic solution of a + b: its width, errors on the whole table, margin and norms",
    where: "arXiv 2301.02679, eqs. 6, 7 and 12; agenda MAIS-A6, Lemma 4.2; derived: six phases",
    inputs: {
      p,
      kind: choice("which", namesOf(solutions), { default: "narrow" }),
      groups: integer("groups for each frequency", { default: 1, min: 1 }),
      seed,
    },
    evaluate: ({ kind, ...options }) => {
      const point = solutions[kind](options);
      const error = solutionError(point.w, point, fullTable(point.p, "add"));
      const expected = kind === "random-phases" ? randomPhaseError(point) : null;
      return { K: point.K, ...error, norms: squaredNorms(point.w, point), expected };
    },
  }),

  threshold: theory({
    summary: "training pairs from which rank counts tell the wave basin from memorising in every output mode",
    where: "derived: N = 8p - 15, the onset under weak decay; no hard bound",
    inputs: { p },
    evaluate: ({ p }) => {
      checkModulus(p);
      return dataThreshold(p);
    },
  }),

  graph: theory({
    summary: "whether the training pairs let every neuron count in full: if not, rank formulas are upper bounds",
    where: "derived: p + nodes - components - 1 a neuron",
    inputs: { p, K, trainFraction: share, splitSeed },
    evaluate: ({ p, K, trainFraction, splitSeed }) => {
      const pairs = pairsAt(p, "add", splitPairs(p, trainFraction, splitSeed).train);
      const coverage = coverageOf(pairs);
      const N = pairs.index.length;
      return {
        N,
        ...coverage,
        rank: ranks.graph({ p, K, N, ...coverage }),
        exact: isCountExact(coverage, { p, K, N, centred: false }),
        warning: coverageWarning(pairs) ?? null,
      };
    },
  }),

  spectrum: theory({
    summary: "all eigenvalues of J J^T / N at random weights: traces, rank, effective coefficient, free energy",
    where: "derived: Gauss-Newton kernel without J; (N p)^3 operations",
    inputs: {
      p: { ...p, default: 7 },
      K: { ...K, default: 12 },
      op: choice("what is learned", namesOf(operations), { default: "add" }),
      trainFraction: share,
      splitSeed,
      startSeed: { ...seed, summary: "seed of the weights", default: 101 },
      startScale: number("standard deviation of A and B", { default: 0.3, min: 0 }),
      outputScale: number("standard deviation of C", { default: 0.1, min: 0 }),
      nBeta,
      gamma,
    },
    // Vectors ask for the same at weights and resolutions of theirs: see vectors.ts.
    answers: [],
    evaluate: ({ p, K, op, trainFraction, splitSeed, startSeed, startScale, outputScale, nBeta, gamma }) => {
      const pairs = pairsAt(p, op, splitPairs(p, trainFraction, splitSeed).train);
      const w = randomStart({ p, K }, { seed: startSeed, sw: startScale, sv: outputScale });
      const h = curvatures(w, { p, K }, pairs);
      return {
        eigenvalues: h.length,
        trace: h.reduce((sum, value) => sum + value, 0),
        traceClosedForm: hessianTraces(w, { p, K }, pairs).gaussNewton,
        largest: h[0],
        rank: spectralRank(h),
        effective: effectiveCoefficient(h, { nBeta, gamma }),
        freeEnergy: harmonicFreeEnergy(h, { nBeta, gamma }),
      };
    },
  }),

  basins: theory({
    summary: "which of two basins has the lower free energy nBeta L + lambda log nBeta, and by how much",
    where: "section 3: free energy of singular models",
    inputs: {
      lossComplex: number("loss of the more complex basin", { default: 0, min: 0 }),
      lambdaComplex: number("its coefficient", { default: 767, min: 0 }),
      lossSimple: number("loss of the simpler basin", { default: 1e-4, min: 0 }),
      lambdaSimple: number("its coefficient", { default: 558.5, min: 0 }),
      nBeta,
    },
    evaluate: ({ lossComplex, lambdaComplex, lossSimple, lambdaSimple, nBeta }) => {
      const margin = simplicityMargin(
        { loss: lossComplex, lambda: lambdaComplex },
        { loss: lossSimple, lambda: lambdaSimple },
        nBeta,
      );
      return { margin, favoured: margin > 0 ? "simple" : "complex" };
    },
  }),

  recipe: theory({
    summary: "settings of the training recipes S0 to S6, for landau train modular --set",
    where: "derived: recipes that grok within seconds",
    inputs: { name: choice("which", namesOf(recipes), { default: "S1" }) },
    evaluate: ({ name }) => recipes[name],
  }),
};
