import { choice, flag, integer, list, matrix, number, numbers } from "../../../contracts/field.ts";
import { theory } from "../../../contracts/system.ts";
import { invalid } from "../../../errors.ts";
import { symmetricEigenvalues } from "../../../numerics/linear-algebra.ts";
import { markedOrderedPairs } from "../../../numerics/marks.ts";
import { addToRowSpace, rowSpace } from "../../../numerics/modular-row-space.ts";
import { stream } from "../../../numerics/stream.ts";
import { countUnique, halfSize, MOST_COUNTED, uniqueCounts } from "./critical-fraction.ts";
import { effectiveFlow, eulerFlow, summedDefects } from "./flow.ts";
import { checkTable, groupTrainingSet } from "./group.ts";
import { allPairs, allParallelograms, MOST_SYMBOLS, markedPairs } from "./pairs.ts";
import { phaseOf } from "./phases.ts";
import { additionQuality } from "./quality.ts";
import { representationOf } from "./ring.ts";
import { gramOf, normalisations, predictedSteps, rowsOf, trainingSet, within } from "./training-set.ts";

const p = integer("symbols 0, ..., p - 1", { default: 10, min: 3, max: MOST_SYMBOLS });
const train = list("training pairs [i, j] of symbols", numbers("pair", { length: 2 }));
const Z0 = number("Z_0, the sum of the squared normalised embeddings", { default: 10, above: 0 });
const delta = number("largest defect of a realised parallelogram", { default: 0.1, min: 0 });
const ddof = integer("the variance of embeddings is divided by p less this", { default: 1, min: 0, max: 1 });
const E = matrix("embeddings: a row for each symbol");
const rate = number("learning rate of the embeddings", { default: 1e-3, above: 0 });
const normalisation = choice(
  "l_0 as a mean over the parallelograms (the text) or their sum (the code)",
  normalisations,
);
const step = (summary: string) => integer(summary, { min: 0, optional: true });

/** Rows of embeddings as they are measured; at least three symbols. */
const embeddingsOf = (rows: readonly (readonly number[])[]) => {
  if (rows.length < p.min || rows.length > p.max)
    throw invalid("the length of E", rows.length, `between ${p.min} and ${p.max} symbols`);
  return { values: rows.flat(), dimensions: rows[0].length };
};

/** One coordinate a symbol. */
const startOf = (p: number, E0: readonly number[]): readonly number[] => {
  if (E0.length !== p) throw invalid("the length of E0", E0.length, `${p}, one for each symbol`);
  if (new Set(E0).size === 1) throw invalid("E0", E0, "embeddings that are not all equal");
  return E0;
};

export const embeddingTheory = {
  combinatorics: theory({
    summary: "pairs and permissible parallelograms of p symbols, rank of their matrix A and eigenvalues of A^T A",
    where: "section 3.1",
    inputs: { p },
    evaluate: ({ p }) => {
      const rows = rowsOf(p, allParallelograms(p));
      const space = rowSpace(p);
      for (const row of rows) addToRowSpace(space, row);
      return {
        n_pairs: allPairs(p).length,
        n_parallelograms: rows.length,
        rank: space.rank,
        eigs_AtA: symmetricEigenvalues(gramOf(p, rows), p),
      };
    },
  }),

  "train-set": theory({
    summary: "what a training set implies: rank, nullity, ideal accuracy, spectrum of H, predicted steps at rate 0.001",
    where: "section 3.2 and appendix E",
    inputs: { p, train, Z0 },
    evaluate: ({ p, train, Z0 }) => {
      const set = trainingSet(p, markedPairs(p, train), Z0);
      return {
        n_P0D: set.parallelograms,
        rank: set.rank,
        n0: set.n0,
        unique_linear: set.n0 === 2,
        n_implied: set.implied,
        implied_test_pairs: set.impliedTestPairs,
        ideal_acc: set.idealAccuracy,
        ideal_test_acc: set.idealTestAccuracy,
        H_eigs: set.eigenvalues,
        lambda3: set.lambda3,
        n_h_eta_1e_3: predictedSteps(set.lambda3, 1e-3),
      };
    },
  }),

  "grokking-time": theory({
    summary:
      "predicted steps 1 / (lambda_3 eta) until the representation is there, in both normalisations: of a training set, or of all pairs",
    where: "section 3.2; the code's sum has the time scale of training",
    answers: [],
    inputs: { p, train: { ...train, optional: true }, rate, normalisation },
    evaluate: ({ p, train, rate, normalisation }) => {
      const trained = markedPairs(p, train ?? allPairs(p));
      // Z_0 of embeddings of unit variance, their squares divided by p in the text and by p - 1 in the code.
      const { lambda3 } = trainingSet(p, trained, normalisation === "mean" ? p : p - 1, normalisation);
      return { lambda3, steps: predictedSteps(lambda3, rate) };
    },
  }),

  rqi: theory({
    summary: "representation quality index: the share of permissible parallelograms that embeddings realise",
    where: "section 3.1, definition 1, with the normalisation of the source's code",
    inputs: { E, ddof, delta },
    evaluate: ({ E, ddof, delta }) => {
      const embeddings = embeddingsOf(E);
      const { realised, total } = additionQuality(E.length, { delta, ddof });
      const count = realised(embeddings).length;
      return { rqi: count / total, count, total };
    },
  }),

  "predicted-accuracy": theory({
    summary:
      "share of pairs that are trained on or that a realised parallelogram links to one: of all, and of the test pairs",
    where: "equations 12 and 13, appendix D",
    inputs: { E, train, delta, ddof },
    evaluate: ({ E, train, delta, ddof }) => {
      const embeddings = embeddingsOf(E);
      const quality = additionQuality(E.length, { delta, ddof });
      const { all, test } = quality.accuracy(embeddings, markedPairs(E.length, train));
      return { acc_all: all, acc_test: test };
    },
  }),

  "effective-flow": theory({
    summary: "the effective flow of embeddings in closed form: dR/dt = -H R, and the flow of l_0 / Z_0 with |E| kept",
    where: "section 3.2, equation 4; the second is derived",
    inputs: {
      p,
      train,
      E0: numbers("embeddings at the start"),
      Z0,
      t: numbers("times"),
      normalisation: { ...normalisation, default: undefined, optional: true },
    },
    evaluate: ({ p, train, E0, Z0, t, normalisation = "mean" }) => {
      const links = within(allParallelograms(p), markedPairs(p, train));
      const flow = effectiveFlow(p, links, startOf(p, E0), { Z0, normalisation });
      const quality = additionQuality(p);
      const rows = t.map(t => {
        const { linear, normalised } = flow.at(t);
        return {
          t,
          linear,
          normalized: normalised,
          l_eff_normalized: flow.loss(normalised),
          rqi_normalized: quality.index({ values: normalised, dimensions: 1 }),
        };
      });
      return { rows };
    },
  }),

  "effective-flow-euler": theory({
    summary:
      "forward Euler on the flow of the summed l_0 over all parallelograms, as the source's code draws trajectories",
    where: "figure 4c, the source's code",
    inputs: {
      p,
      eta: rate,
      E0: numbers("embeddings at the start, of unit sample variance"),
      steps: list("steps to look at", integer("step", { min: 0, max: 10_000_000 }), { least: 1 }),
    },
    evaluate: ({ p, eta, E0, steps }) => {
      const all = rowsOf(p, allParallelograms(p));
      const seen = new Map<number, object>();
      const wanted = new Set(steps);
      eulerFlow(all, startOf(p, E0), { rate: eta, steps: Math.max(...steps), normalisation: "sum" }, (step, E) => {
        if (wanted.has(step)) seen.set(step, { step, E: E.slice(), l0: summedDefects(all, E) });
      });
      return { rows: steps.map(step => seen.get(step)!) };
    },
  }),

  "critical-fraction": theory({
    summary: "exact number of training sets of each size that leave the linear representation as the only one",
    where: "figure 4a; counted by row spaces, sum by sum",
    inputs: {
      p: { ...p, default: 6, max: MOST_COUNTED },
      exact: flag("counted, not sampled", { default: true }),
    },
    evaluate: ({ p, exact }) => {
      if (!exact) throw invalid("exact", exact, "true; sampled-fraction draws training sets");
      const { unique, all } = uniqueCounts(p);
      const k50 = halfSize(unique.map((count, k) => count / all[k]));
      const n_pairs = all.length - 1;
      return { n_pairs, rows: Array.from(unique, (count, k) => [k, count, all[k]]), k50, r50: k50 / n_pairs };
    },
  }),

  "sampled-fraction": theory({
    summary: "share of random training sets of k pairs that leave the linear representation as the only one",
    where: "figure 4a, as the source draws it",
    answers: [],
    inputs: {
      p,
      k: integer("pairs in a training set", { default: 22, min: 0 }),
      draws: integer("training sets", { default: 1000, min: 1, max: 1_000_000 }),
      seed: integer("seed of the training sets", { default: 1, min: 0 }),
    },
    evaluate: ({ p, k, draws, seed }) => {
      const most = (p * (p + 1)) / 2;
      if (k > most) throw invalid("k", k, `at most the ${most} pairs of ${p} symbols`);
      const unique = countUnique(p, k, draws, stream({ seed, purpose: "training sets" }));
      const share = unique / draws;
      return { unique, share, standardError: Math.sqrt((share * (1 - share)) / draws) };
    },
  }),

  "s3-train-set": theory({
    summary: "parallelograms of a group, those that a training set of ordered pairs implies, and its ideal accuracy",
    where: "appendix H; closure of left and right quotients derived",
    inputs: { productTable: matrix("table of the group: a b in row a and column b", { square: true }), train },
    evaluate: ({ productTable, train }) => {
      checkTable(productTable);
      const set = groupTrainingSet(productTable, markedOrderedPairs(productTable.length, train, "train"));
      return { n_parallelograms: set.parallelograms, n_implied: set.implied, ideal_acc: set.idealAccuracy };
    },
  }),

  phase: theory({
    summary: "phase of a run by the steps at which training and test accuracy reach 0.9, left out for never",
    where: "table 1",
    answers: [],
    inputs: { trainStep: step("step of the training accuracy"), testStep: step("step of the test accuracy") },
    evaluate: ({ trainStep = null, testStep = null }) => ({ phase: phaseOf(trainStep, testStep) }),
  }),

  representation: theory({
    summary: "effective dimension of embeddings of residues, and how much of a ring their first two components make",
    where: "section 4.2 and figure 1",
    answers: [],
    inputs: { E: matrix("an embedding for each of an odd number of residues") },
    evaluate: ({ E }) => {
      if (E.length < 3 || E.length % 2 === 0) throw invalid("the rows of E", E.length, "an odd number from 3");
      const { effectiveDimension, frequency, ringShare } = representationOf(E.flat(), E.length, E[0].length);
      return { effectiveDimension, frequency, ringShare };
    },
  }),
};
