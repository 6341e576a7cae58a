import { effectiveCoefficient, harmonicFreeEnergy, langevinCoefficient } from "../../coefficient/exact/harmonic.ts";
import {
  choice,
  type Fields,
  flag,
  integer,
  namesOf,
  number,
  readField,
  readMatrix,
  type ValuesOf,
} from "../../contracts/field.ts";
import type { Json } from "../../contracts/json.ts";
import { answer, type VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { accuracy } from "../../learning/accuracy.ts";
import { adam } from "../../learning/adam.ts";
import { heavyBall } from "../../learning/heavy-ball.ts";
import type { Optimiser } from "../../learning/optimiser.ts";
import { fillNormals, mulberry32 } from "../../numerics/mulberry32.ts";
import { participation, realBasisParticipation } from "../../numerics/row-spectra.ts";
import { mean, quantile } from "../../numerics/statistics.ts";
import { checkDimensions, type Dimensions, sizeOf, weightsOf, withDeadNeurons } from "./model/layout.ts";
import { network } from "./model/network.ts";
import { modularObjective } from "./model/objective.ts";
import { type OperationName, operations } from "./model/operations.ts";
import { fullTable, type Pairs, pairsAt, splitPairs } from "./model/pairs.ts";
import { randomStart } from "./model/start.ts";
import { neuronStrengths, squaredNorms } from "./phases.ts";
import { curvatures, jacobianSingularValues, rankOf, spectralRank } from "./theory/jacobian.ts";
import { solutionError } from "./theory/solution-error.ts";
import { narrowSolution, randomPhaseError, randomPhases, type Solution, sixPhases } from "./theory/solutions.ts";
import { hessianTraces } from "./theory/traces.ts";

/** Steps of an `optimise` case. */
const STEPS = 6;

const real = number("");
const whole = integer("", { min: 0 });
const json = { kind: "json", summary: "", optional: true } as const;

const modulus = integer("modulus", { min: 3 });
const dimensions = { p: modulus, K: integer("neurons", { min: 1 }) } as const;
const op = choice("what is learned; addition when absent", namesOf(operations), { optional: true });
const centred = flag("centred loss; not when absent", { optional: true });
const split = {
  kind: "object",
  summary: "share of the training pairs and seed of the shuffle",
  fields: { alpha: real, seed: whole },
} as const;
const init = {
  kind: "object",
  summary: "seed and standard deviations of random weights",
  fields: { seed: whole, sw: real, sv: real },
} as const;
const resolutions = <const Own extends Fields>(own: Own) =>
  ({
    kind: "list",
    of: { kind: "object", summary: "", fields: { nbeta: real, gamma: real, ...own } },
    summary: "resolutions",
    optional: true,
  }) as const;

/** Weights of a kind; null stands for what a kind does not take, and `dead` neurons are counted in K. */
const point = {
  ...dimensions,
  weights: choice("kind of weights", ["random", "wF", "order6", "gromov"]),
  seed: { ...whole, optional: true },
  groups: integer("groups for each frequency", { min: 1, optional: true }),
  const: flag("with the constant neuron", { optional: true }),
  dead: { ...whole, optional: true },
} as const satisfies Fields;

/** Answers to test vectors that are no closed forms: random numbers, gradients, steps of optimisers, spectra. */
export const modularVectors: VectorTable = {
  prng: answer({ seed: whole, uniforms: whole, normals: whole }, ({ seed, uniforms, normals }) => {
    const normal = new Float64Array(normals);
    fillNormals(mulberry32(seed), normal);
    return { uniform: Array.from({ length: uniforms }, mulberry32(seed)), normal };
  }),

  split: answer({ p: modulus, ...split.fields }, ({ p, alpha, seed }) => {
    const { train } = splitPairs(p, alpha, seed);
    return { N: train.length, first12: train.slice(0, 12), sum_train: train.reduce((sum, i) => sum + i, 0) };
  }),

  "forward-gradient": answer(
    { ...dimensions, op, centred, pairs: json, init: { ...init, optional: true }, A: json, B: json, C: json },
    ({ p, K, init, centred, ...input }) => {
      checkDimensions({ p, K });
      const w = weightsAt(input, init, { p, K });
      const pairs = pairsIn(input.pairs, p, input.op);
      const objective = modularObjective({ p, K, pairs, centred });
      const gradient = new Float64Array(objective.size);
      const loss = objective.lossAndGradient(w, gradient);
      const outputs = network({ p, K }, pairs).outputs(w);
      const { A, B, C } = weightsOf(gradient, { p, K });
      const count = pairs.index.length;
      return {
        N: count,
        loss_mean: loss,
        loss_sum: count * loss,
        accuracy: accuracy(outputs, pairs.c, p),
        outputs_first_pairs: rowsOf(outputs.slice(0, 3 * p), p),
        pair_index_first: pairs.index.slice(0, 8),
        grad_mean: { A: rowsOf(A, p), B: rowsOf(B, p), C: rowsOf(C, p) },
        K,
      };
    },
  ),

  optimise: answer(
    { ...dimensions, op, centred, split, init, optimiser: { kind: "json", summary: "optimiser" } },
    ({ p, K, init, op = "add", centred, split, optimiser: described }) => {
      const { train, test } = splitPairs(p, split.alpha, split.seed);
      const on = (index: Int32Array) => modularObjective({ p, K, pairs: pairsAt(p, op, index), centred });
      const [training, testing] = [on(train), on(test)];
      const optimiser = optimiserIn(described);
      const w = randomStart({ p, K }, init);
      const gradient = new Float64Array(w.length);
      const state = optimiser.init(w.length);
      const before: number[] = [];
      const after: number[] = [];
      for (let step = 0; step < STEPS; step++) {
        before.push(training.lossAndGradient(w, gradient));
        optimiser.step(w, gradient, state);
        after.push(testing.loss(w));
      }
      before.push(training.loss(w));
      const [norm_A, norm_B, norm_C] = squaredNorms(w, { p, K }).map(Math.sqrt);
      const { A, C } = weightsOf(w, { p, K });
      return {
        N: train.length,
        train_loss_before_step: before,
        test_loss_after_step: after,
        final: { norm_A, norm_B, norm_C, A_row0: A.subarray(0, p), C_row0: C.subarray(0, p) },
      };
    },
  ),

  rank: answer({ ...point, op, pairs: json }, input => {
    const { p, K, w } = pointIn(input);
    const pairs = pairsIn(input.pairs, p, input.op);
    const singular = jacobianSingularValues(w, { p, K }, pairs);
    const rank = rankOf(singular);
    return {
      N: pairs.index.length,
      rank,
      rank_centred: rankOf(jacobianSingularValues(w, { p, K }, pairs, { centred: true })),
      sigma_max: singular[0],
      sigma_last_kept: singular[rank - 1] ?? 0,
      lambda_floor: rank / 2,
    };
  }),

  "analytic-solution": answer(point, input => {
    const { p, K, w } = pointIn(input);
    const { raw, centred, accuracy, margin } = solutionError(w, { p, K }, fullTable(p, "add"));
    const { A, B, C } = weightsOf(w, { p, K });
    const [rowA, rowB, rowC] = [A, B, C].map(rows => rows.subarray(p, 2 * p));
    const expected = input.weights === "gromov" ? randomPhaseError({ p, K }) : null;
    return {
      sse_per_sample: raw,
      sse_per_sample_centred: centred,
      accuracy,
      min_margin: margin,
      norm2: squaredNorms(w, { p, K }),
      row1: { A: rowA, B: rowB, C: rowC },
      // Constant neurons have no frequency.
      ipr_mean_A: mean(participation(A, { p, K }).filter(ratio => ratio > 0)),
      expected_sse_random_phase: expected?.raw ?? null,
      expected_sse_random_phase_centred: expected?.centred ?? null,
    };
  }),

  spectrum: answer(
    {
      ...dimensions,
      op,
      init,
      split,
      lambda_eff_at: resolutions({}),
      free_energy_harmonic_at: resolutions({}),
      lambda_sgld_harmonic_at: resolutions({ eps: real, burn: whole, draws: { ...whole, min: 1 } }),
    },
    ({ p, K, op = "add", init, split, ...at }) => {
      const w = randomStart({ p, K }, init);
      const pairs = pairsAt(p, op, splitPairs(p, split.alpha, split.seed).train);
      const eigenvalues = curvatures(w, { p, K }, pairs);
      const { gaussNewton, full } = hessianTraces(w, { p, K }, pairs);
      return {
        N: pairs.index.length,
        trace: eigenvalues.reduce((sum, value) => sum + value, 0),
        trace_closed_form: gaussNewton,
        trace_full_hessian_add: full,
        top5: eigenvalues.slice(0, 5),
        median: quantile(eigenvalues, 0.5),
        rank: spectralRank(eigenvalues),
        lambda_eff: (at.lambda_eff_at ?? []).map(({ nbeta, gamma }) =>
          effectiveCoefficient(eigenvalues, { nBeta: nbeta, gamma }),
        ),
        free_energy_harmonic: (at.free_energy_harmonic_at ?? []).map(({ nbeta, gamma }) =>
          harmonicFreeEnergy(eigenvalues, { nBeta: nbeta, gamma }),
        ),
        lambda_sgld_harmonic: (at.lambda_sgld_harmonic_at ?? []).map(({ nbeta, gamma, eps, burn, draws }) =>
          langevinCoefficient(eigenvalues, { nBeta: nbeta, gamma, stepSize: eps, burnIn: burn, draws }),
        ),
      };
    },
  ),

  "order-parameters": answer({ ...dimensions, init }, ({ p, K, init }) => {
    const w = randomStart({ p, K }, init);
    const { A, B, C } = weightsOf(w, { p, K });
    const ratios = participation(A, { p, K });
    return {
      ipr_A: ratios,
      ipr_A_mean: mean(ratios),
      ipr_C_mean: mean(participation(C, { p, K })),
      ipr2_real_basis: realBasisParticipation([A, B], { p, K }),
      norm2: squaredNorms(w, { p, K }),
      neuron_strength: neuronStrengths(w, { p, K }),
    };
  }),
};

const rowsOf = (matrix: Float64Array, columns: number): Float64Array[] =>
  Array.from({ length: matrix.length / columns }, (_, row) => matrix.subarray(row * columns, (row + 1) * columns));

/** "full", or a split of which the training pairs are meant. */
const pairsIn = (pairs: Json | undefined, p: number, op: OperationName = "add"): Pairs => {
  if (pairs === "full") return fullTable(p, op);
  const { alpha, seed } = readField(split, pairs, "pairs");
  return pairsAt(p, op, splitPairs(p, alpha, seed).train);
};

/** The fields A, B and C, K rows of p numbers each, or random weights where they are absent. */
const weightsAt = (
  given: { readonly [name in "A" | "B" | "C"]: Json | undefined },
  start: ValuesOf<typeof init.fields> | undefined,
  { p, K }: Dimensions,
): Float64Array => {
  if (given.A === undefined && given.B === undefined && given.C === undefined)
    return randomStart({ p, K }, start ?? readField(init, start, "init"));
  const w = new Float64Array(sizeOf({ p, K }));
  const { A, B, C } = weightsOf(w, { p, K });
  for (const [name, rows] of Object.entries({ A, B, C }))
    rows.set(readMatrix(given[name as "A" | "B" | "C"], name, { rows: K, columns: p }).flat());
  return w;
};

/** What each kind of optimiser takes beside lr and wd; wd of gd and adam_l2 is added to the gradient, that of adamw is decoupled. */
const optimiserFields = {
  gd: { momentum: real },
  adamw: { b1: real, b2: real, eps: real },
  adam_l2: { b1: real, b2: real, eps: real },
} as const;

const optimiserIn = (described: Json): Optimiser => {
  const read = <const Own extends Fields>(fields: Own) =>
    readField({ kind: "object", summary: "", fields }, described, "optimiser");
  const {
    kind,
    lr: stepSize,
    wd,
  } = read({
    kind: choice("kind", namesOf(optimiserFields)),
    lr: real,
    wd: real,
  });
  if (kind === "gd") return heavyBall({ stepSize, ...read(optimiserFields.gd), l2: wd });
  const { b1: beta1, b2: beta2, eps: epsilon } = read(optimiserFields[kind]);
  return adam({ stepSize, beta1, beta2, epsilon, ...(kind === "adamw" ? { weightDecay: wd } : { l2: wd }) });
};

const pointIn = (input: ValuesOf<typeof point>): Solution => {
  const { weights, p, K, seed, groups, const: constant, dead = 0 } = input;
  checkDimensions({ p, K });
  if (dead >= K) throw invalid("dead", dead, `less than K = ${K}`);
  const own = { p, K: K - dead };
  const needed = () => readField(whole, seed, "seed");
  const solution = {
    random: () => ({ ...own, w: randomStart(own, { seed: needed(), sw: 1, sv: 1 }) }),
    wF: () => narrowSolution(p),
    order6: () => sixPhases({ p, groups: readField(point.groups, groups, "groups"), constant, seed }),
    gromov: () => randomPhases({ ...own, seed: needed() }),
  }[weights]();
  if (solution.K !== own.K) throw invalid("K", K, `${solution.K + dead} neurons for these weights`);
  return { p, K, w: withDeadNeurons(solution.w, solution, dead) };
};
