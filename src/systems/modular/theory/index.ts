import type { Control } from "../../../contracts/field.ts";
import type { TheoryEntry } from "../../../contracts/system.ts";
import { log } from "../../../numerics/elementary/log.ts";
import { coverageOf, coverageWarning } from "../model/coverage.ts";
import { checkModulus } from "../model/modulus.ts";
import { operations } from "../model/operations.ts";
import { fullTable, pairsAt, splitPairs } from "../model/pairs.ts";
import { randomStart } from "../model/start.ts";
import { squaredNorms } from "../phases.ts";
import { recipes } from "../recipes.ts";
import { closedForms, dataThreshold, ranks } from "./closed-forms.ts";
import { constantPhase } from "./constant-phase.ts";
import { effectiveCoefficient, harmonicFreeEnergy, simplicityMargin } from "./harmonic.ts";
import { curvatures, spectralRank } from "./jacobian.ts";
import { solutionError } from "./solution-error.ts";
import { narrowSolution, randomPhaseError, randomPhases, type Solution, sixPhases } from "./solutions.ts";
import { hessianTraces } from "./traces.ts";

type Numbers = { readonly [name: string]: number };

const p: Control = { kind: "integer", summary: "modulus, odd", default: 13, min: 3, max: 251 };
const K: Control = { kind: "integer", summary: "neurons", default: 64, min: 1, max: 16384, scale: "log" };
const N: Control = { kind: "integer", summary: "training pairs", default: 118, min: 1, max: 63001 };
const seed: Control = { kind: "integer", summary: "of random phases or weights", default: 1, min: 0, max: 4294967195 };
const nBeta: Control = {
  kind: "number",
  summary: "data size times inverse temperature",
  default: 1000,
  min: 1e-3,
  max: 1e12,
  scale: "log",
};
const gamma: Control = {
  kind: "number",
  summary: "pull towards the point",
  default: 100,
  min: 1e-6,
  max: 1e9,
  scale: "log",
};

const solutions: { readonly [name: string]: (inputs: Numbers) => Solution } = {
  narrow: ({ p }) => narrowSolution(p),
  "six-phase": ({ p, groups, seed }) => sixPhases({ p, groups, seed }),
  "six-phase-constant": ({ p, groups, seed }) => sixPhases({ p, groups, seed, constant: true }),
  "random-phases": ({ p, groups, seed }) => randomPhases({ p, K: (groups * (p - 1)) / 2, seed }),
};

/** The closed forms of quadratic networks on modular tables that can be asked for by name. */
export const modularTheory: { readonly [name: string]: TheoryEntry } = {
  coefficients: {
    summary:
      "learning coefficients in closed form; published_ are the source's formulas, onehot_ those of one-hot pairs",
    where: "Corollaries 4.2, 5.3 and 5.4, Theorem 5.2; corrected for inputs with one 1 in each half",
    inputs: { p, K, N },
    evaluate: inputs => {
      const { p, K, N } = inputs as Numbers;
      checkModulus(p);
      return closedForms({ p, K, N });
    },
  },

  "constant-phase": {
    summary: "the last phase under weight decay, a constant output: where it ends by a jump, its norm and its loss",
    where: "derived: an effective loss of sixth order in the scale of the weights",
    inputs: {
      p,
      weightDecay: { kind: "number", summary: "half of it times |w|^2 is added", default: 0.01, min: 0, max: 10 },
    },
    evaluate: inputs => {
      const { p, weightDecay } = inputs as Numbers;
      return { ...constantPhase(p, weightDecay) };
    },
  },

  ranks: {
    summary: "ranks of the Jacobian of the residuals in closed form",
    where: "derived: (3p - 2) a neuron, saturated by the residuals",
    inputs: { p, K, N },
    evaluate: inputs => {
      const { p, K, N } = inputs as Numbers;
      checkModulus(p);
      const count = { p, K, N };
      return {
        genericFull: ranks.genericFull(count),
        genericFullCentred: ranks.genericFullCentred(count),
        genericTrain: ranks.genericTrain(count),
        genericTrainCentred: ranks.genericTrainCentred(count),
        lazy: ranks.lazy(count),
        narrow: ranks.narrow(p),
        sixPhases: ranks.sixPhases(p),
        sixPhasesConstant: ranks.sixPhasesConstant(p),
        waves: ranks.waves(p),
        wavesCentred: ranks.wavesCentred(p),
        wavesTrain: ranks.wavesTrain(count),
        wavesTrainCentred: ranks.wavesTrainCentred(count),
      };
    },
  },

  solution: {
    summary: "an analytic solution of a + b: its width, errors on the whole table, margin and norms",
    where: "arXiv 2301.02679, eqs. 6, 7 and 12; agenda MAIS-A6, Lemma 4.2; derived: six phases",
    inputs: {
      p,
      kind: { kind: "choice", summary: "which", default: "narrow", choices: Object.keys(solutions) },
      groups: { kind: "integer", summary: "groups for each frequency", default: 1, min: 1, max: 1000 },
      seed,
    },
    evaluate: inputs => {
      const { kind, ...numbers } = inputs as Numbers & { kind: string };
      const point = solutions[kind](numbers as Numbers);
      const error = solutionError(point.w, point, fullTable(point.p, "add"));
      const expected = kind === "random-phases" ? randomPhaseError(point) : null;
      return { K: point.K, ...error, norms: squaredNorms(point.w, point), expected };
    },
  },

  threshold: {
    summary: "training pairs from which rank counts tell the wave basin from memorising in every output mode",
    where: "derived: N = 8p - 15, the onset under weak decay; no hard bound",
    inputs: { p },
    evaluate: inputs => {
      checkModulus((inputs as Numbers).p);
      return dataThreshold((inputs as Numbers).p);
    },
  },

  graph: {
    summary: "whether the training pairs connect all values: if not, rank formulas are upper bounds",
    where: "derived: p + nodes - components - 1 a neuron",
    inputs: {
      p,
      K,
      trainFraction: { kind: "number", summary: "share of the pairs", default: 0.5, min: 0, max: 1 },
      splitSeed: { ...seed, summary: "of the split" },
    },
    evaluate: inputs => {
      const { p, K, trainFraction, splitSeed } = inputs as Numbers;
      const pairs = pairsAt(p, "add", splitPairs(p, trainFraction, splitSeed).train);
      const coverage = coverageOf(pairs);
      const N = pairs.index.length;
      return {
        N,
        ...coverage,
        rank: ranks.graph({ p, K, N, ...coverage }),
        exact: coverage.connected && N >= 2 * p,
        warning: coverageWarning(pairs) ?? null,
      };
    },
  },

  spectrum: {
    summary: "all eigenvalues of J J^T / N at random weights: traces, rank, effective coefficient, free energy",
    where: "derived: Gauss-Newton kernel without J; (N p)^3 operations",
    inputs: {
      p: { ...p, default: 7 } as Control,
      K: { ...K, default: 12 } as Control,
      op: { kind: "choice", summary: "what is learned", default: "add", choices: Object.keys(operations) },
      trainFraction: { kind: "number", summary: "share of the pairs", default: 0.5, min: 0, max: 1 },
      splitSeed: { ...seed, summary: "of the split" },
      startSeed: { ...seed, summary: "of the weights", default: 101 },
      startScale: { kind: "number", summary: "standard deviation of A and B", default: 0.3, min: 0, max: 100 },
      outputScale: { kind: "number", summary: "standard deviation of C", default: 0.1, min: 0, max: 100 },
      nBeta,
      gamma,
    },
    evaluate: inputs => {
      const { p, K, trainFraction, splitSeed, startSeed, startScale, outputScale, nBeta, gamma } = inputs as Numbers;
      const pairs = pairsAt(p, inputs.op as string, splitPairs(p, trainFraction, splitSeed).train);
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
  },

  basins: {
    summary: "which of two basins has the lower free energy nBeta L + lambda log nBeta, and by how much",
    where: "section 3: free energy of singular models",
    inputs: {
      lossComplex: { kind: "number", summary: "loss of the more complex basin", default: 0, min: 0, max: 1e6 },
      lambdaComplex: { kind: "number", summary: "its coefficient", default: 767, min: 0, max: 1e9 },
      lossSimple: { kind: "number", summary: "loss of the simpler basin", default: 1e-4, min: 0, max: 1e6 },
      lambdaSimple: { kind: "number", summary: "its coefficient", default: 558.5, min: 0, max: 1e9 },
      nBeta,
    },
    evaluate: inputs => {
      const { lossComplex, lambdaComplex, lossSimple, lambdaSimple, nBeta } = inputs as Numbers;
      const margin = simplicityMargin(
        { loss: lossComplex, lambda: lambdaComplex },
        { loss: lossSimple, lambda: lambdaSimple },
        nBeta,
        log(nBeta),
      );
      return { margin, favoured: margin > 0 ? "simple" : "complex" };
    },
  },

  recipe: {
    summary: "settings of the training recipes S0 to S6, for landau train modular --set",
    where: "derived: recipes that grok within seconds",
    inputs: { name: { kind: "choice", summary: "which", default: "S1", choices: Object.keys(recipes) } },
    evaluate: ({ name }) => ({ ...recipes[name as keyof typeof recipes] }),
  },
};
