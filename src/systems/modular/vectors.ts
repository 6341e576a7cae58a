import type { JsonObject } from "../../contracts/json.ts";
import type { VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { adam } from "../../learning/adam.ts";
import { heavyBall } from "../../learning/heavy-ball.ts";
import type { Optimiser } from "../../learning/optimiser.ts";
import { quantile } from "../../numerics/statistics.ts";
import { readInteger, readNumber, readObject } from "../vector-input.ts";
import { type Dimensions, weightsOf, withDeadNeurons } from "./model/layout.ts";
import { accuracy, network } from "./model/network.ts";
import { modularObjective } from "./model/objective.ts";
import { fullTable, pairsAt, splitPairs } from "./model/pairs.ts";
import { fillNormals, mulberry32 } from "./model/reference-random.ts";
import { randomStart } from "./model/start.ts";
import { neuronStrengths, participation, realBasisParticipation, squaredNorms } from "./phases.ts";
import { closedForms } from "./theory/closed-forms.ts";
import { effectiveCoefficient, harmonicFreeEnergy, langevinCoefficient } from "./theory/harmonic.ts";
import { curvatures, jacobianSingularValues, rankOf, spectralRank } from "./theory/jacobian.ts";
import { solutionError } from "./theory/solution-error.ts";
import { narrowSolution, randomPhaseError, randomPhases, type Solution, sixPhases } from "./theory/solutions.ts";
import { hessianTraces } from "./theory/traces.ts";
import {
  readDimensions,
  readFlag,
  readObjects,
  readOperation,
  readPairs,
  readSplit,
  readStart,
  readText,
  readWeights,
} from "./vector-input.ts";

/** Steps of an `optimise` case. */
const STEPS = 6;

/** Answers to the test vectors of this system. */
export const modularVectors: VectorTable = {
  prng: input => {
    const seed = readInteger(input, "seed", 0);
    const uniform = mulberry32(seed);
    const normal = new Float64Array(readInteger(input, "normals", 0));
    fillNormals(mulberry32(seed), normal);
    return { uniform: Array.from({ length: readInteger(input, "uniforms", 0) }, uniform), normal: [...normal] };
  },

  split: input => {
    const { train } = splitPairs(readInteger(input, "p", 3), readNumber(input, "alpha"), readInteger(input, "seed", 0));
    return { N: train.length, first12: [...train.slice(0, 12)], sum_train: train.reduce((sum, i) => sum + i, 0) };
  },

  "forward-gradient": input => {
    const dimensions = readDimensions(input);
    const { p, K } = dimensions;
    const w = readWeights(input, dimensions);
    const pairs = readPairs(input, p);
    const objective = modularObjective({ ...dimensions, pairs, centred: readFlag(input, "centred") });
    const gradient = new Float64Array(objective.size);
    const loss = objective.lossAndGradient(w, gradient);
    const outputs = network(dimensions, pairs).outputs(w);
    const { A, B, C } = weightsOf(gradient, dimensions);
    const count = pairs.index.length;
    return {
      N: count,
      loss_mean: loss,
      loss_sum: count * loss,
      accuracy: accuracy(outputs, pairs.c, p),
      outputs_first_pairs: rowsOf(outputs.slice(0, 3 * p), p),
      pair_index_first: [...pairs.index.slice(0, 8)],
      grad_mean: { A: rowsOf(A, p), B: rowsOf(B, p), C: rowsOf(C, p) },
      K,
    };
  },

  optimise: input => {
    const dimensions = readDimensions(input);
    const { p } = dimensions;
    const op = readOperation(input);
    const { train, test } = readSplit(input, "split", p);
    const centred = readFlag(input, "centred");
    const on = (index: Int32Array) => modularObjective({ ...dimensions, pairs: pairsAt(p, op, index), centred });
    const [training, testing] = [on(train), on(test)];
    const optimiser = readOptimiser(readObject(input, "optimiser"));
    const w = readStart(input, dimensions);
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
    const [norm_A, norm_B, norm_C] = squaredNorms(w, dimensions).map(Math.sqrt);
    const { A, C } = weightsOf(w, dimensions);
    return {
      N: train.length,
      train_loss_before_step: before,
      test_loss_after_step: after,
      final: { norm_A, norm_B, norm_C, A_row0: [...A.subarray(0, p)], C_row0: [...C.subarray(0, p)] },
    };
  },

  rank: input => {
    const { p, K, w } = readPoint(input);
    const pairs = readPairs(input, p);
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
  },

  "analytic-solution": input => {
    const { p, K, w } = readPoint(input);
    const { raw, centred, accuracy, margin } = solutionError(w, { p, K }, fullTable(p, "add"));
    const { A, B, C } = weightsOf(w, { p, K });
    const row1 = (rows: Float64Array): number[] => [...rows.subarray(p, 2 * p)];
    // Constant neurons have no frequency.
    const waves = participation(A, { p, K }).filter(ratio => ratio > 0);
    const expected = input.weights === "gromov" ? randomPhaseError({ p, K }) : null;
    return {
      sse_per_sample: raw,
      sse_per_sample_centred: centred,
      accuracy,
      min_margin: margin,
      norm2: squaredNorms(w, { p, K }),
      row1: { A: row1(A), B: row1(B), C: row1(C) },
      ipr_mean_A: meanOf(waves),
      expected_sse_random_phase: expected?.raw ?? null,
      expected_sse_random_phase_centred: expected?.centred ?? null,
    };
  },

  spectrum: input => {
    const dimensions = readDimensions(input);
    const w = readStart(input, dimensions);
    const pairs = pairsAt(dimensions.p, readOperation(input), readSplit(input, "split", dimensions.p).train);
    const eigenvalues = curvatures(w, dimensions, pairs);
    const { gaussNewton, full } = hessianTraces(w, dimensions, pairs);
    const at = (name: string, of: (point: JsonObject) => number) => readObjects(input, name).map(of);
    const resolution = (point: JsonObject) => ({
      nBeta: readNumber(point, "nbeta"),
      gamma: readNumber(point, "gamma"),
    });
    return {
      N: pairs.index.length,
      trace: eigenvalues.reduce((sum, value) => sum + value, 0),
      trace_closed_form: gaussNewton,
      trace_full_hessian_add: full,
      top5: [...eigenvalues.slice(0, 5)],
      median: quantile([...eigenvalues], 0.5),
      rank: spectralRank(eigenvalues),
      lambda_eff: at("lambda_eff_at", point => effectiveCoefficient(eigenvalues, resolution(point))),
      free_energy_harmonic: at("free_energy_harmonic_at", point => harmonicFreeEnergy(eigenvalues, resolution(point))),
      lambda_sgld_harmonic: at("lambda_sgld_harmonic_at", point =>
        langevinCoefficient(eigenvalues, {
          ...resolution(point),
          stepSize: readNumber(point, "eps"),
          burnIn: readInteger(point, "burn", 0),
          draws: readInteger(point, "draws", 1),
        }),
      ),
    };
  },

  "order-parameters": input => {
    const dimensions = readDimensions(input);
    const w = readStart(input, dimensions);
    const { A, C } = weightsOf(w, dimensions);
    const ratios = participation(A, dimensions);
    return {
      ipr_A: [...ratios],
      ipr_A_mean: meanOf(ratios),
      ipr_C_mean: meanOf(participation(C, dimensions)),
      ipr2_real_basis: [...realBasisParticipation(w, dimensions)],
      norm2: squaredNorms(w, dimensions),
      neuron_strength: [...neuronStrengths(w, dimensions)],
    };
  },

  "closed-forms": input => ({
    lambda: closedForms({ ...readDimensions(input), N: readInteger(input, "N", 1) }),
  }),
};

const rowsOf = (matrix: Float64Array, columns: number): number[][] =>
  Array.from({ length: matrix.length / columns }, (_, row) => [...matrix.subarray(row * columns, (row + 1) * columns)]);

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The kinds of the optimise cases; wd of gd and adam_l2 is added to the gradient, that of adamw is decoupled. */
const readOptimiser = (input: JsonObject): Optimiser => {
  const kind = readText(input, "kind");
  const rate = readNumber(input, "lr");
  const decay = readNumber(input, "wd");
  if (kind === "gd") return heavyBall({ rate, momentum: readNumber(input, "momentum"), l2: decay });
  const moments = {
    rate,
    beta1: readNumber(input, "b1"),
    beta2: readNumber(input, "b2"),
    epsilon: readNumber(input, "eps"),
  };
  if (kind === "adamw") return adam({ ...moments, weightDecay: decay });
  if (kind === "adam_l2") return adam({ ...moments, l2: decay });
  throw invalid("kind", kind, "one of: gd, adamw, adam_l2");
};

/** The fields weights, p, K, seed, groups, const and dead: a point of the network, its dead neurons counted in K. */
const readPoint = (input: JsonObject): Solution => {
  const kind = readText(input, "weights");
  if (!Object.hasOwn(points, kind)) throw invalid("weights", kind, `one of: ${Object.keys(points).join(", ")}`);
  const { p, K } = readDimensions(input);
  const dead = typeof input.dead === "number" ? readInteger(input, "dead", 0) : 0;
  if (dead >= K) throw invalid("dead", dead, `less than K = ${K}`);
  const point = points[kind](input, { p, K: K - dead });
  if (point.K !== K - dead) throw invalid("K", K, `${point.K + dead} neurons for these weights`);
  return { p, K, w: withDeadNeurons(point.w, point, dead) };
};

const points: { readonly [kind: string]: (input: JsonObject, dimensions: Dimensions) => Solution } = {
  random: (input, dimensions) => ({
    ...dimensions,
    w: randomStart(dimensions, { seed: readInteger(input, "seed", 0), sw: 1, sv: 1 }),
  }),
  wF: (_input, { p }) => narrowSolution(p),
  order6: (input, { p }) =>
    sixPhases({
      p,
      groups: readInteger(input, "groups", 1),
      constant: readFlag(input, "const"),
      ...(input.seed !== null && input.seed !== undefined && { seed: readInteger(input, "seed", 0) }),
    }),
  gromov: (input, dimensions) => randomPhases({ ...dimensions, seed: readInteger(input, "seed", 0) }),
};
