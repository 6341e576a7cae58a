import { choice, integer, list, matrix, number, numbers, type ValuesOf } from "../../../contracts/field.ts";
import { theory } from "../../../contracts/system.ts";
import { invalid } from "../../../errors.ts";
import { symmetricEigenvalues } from "../../../numerics/linear-algebra.ts";
import { countMarked, markedOrderedPairs } from "../../../numerics/marks.ts";
import { rowsOf } from "../../../numerics/square-matrix.ts";
import { mean, standardDeviation } from "../../../numerics/statistics.ts";
import { stream } from "../../../numerics/stream.ts";
import { posterior } from "./bayes.ts";
import { buckets, guessedAccuracy } from "./buckets.ts";
import { determinedPairs, determinedShares } from "./closure.ts";
import { clusterForms, clusterProbability, collisionProbability, matrixProbability } from "./collision.ts";
import { descriptionLength, genericLength, symmetricLength } from "./description-length.ts";
import { conservedMatrix, matrixFlow } from "./matrix-flow.ts";
import { phaseOf } from "./phases.ts";
import { relationNames, relationOf } from "./relation.ts";
import { conserved, relaxationRate, twoReponsAt, twoReponsEnd } from "./two-repons.ts";

/** Closures of more symbols take minutes, descriptions of more than ten thousand too. */
const [MOST_SYMBOLS, MOST_DESCRIBED] = [1000, 10_000];

const asked = {
  relation: choice("equal remainders (mod), i < j (order), exactly one of i, j below a (bipartite)", relationNames),
  n: integer("symbols 0, ..., n - 1", { default: 30, min: 1, max: MOST_SYMBOLS }),
  k: integer("classes of mod", { default: 3, min: 1, optional: true }),
  a: integer("symbols on one side, of bipartite", { default: 10, min: 0, optional: true }),
} as const;

const train = list("revealed ordered pairs [i, j]", numbers("pair", { length: 2 }));
const share = (summary: string, value: number) => number(summary, { default: value, above: 0, max: 1 });
const alpha = number("share of the bits that has to be known", { default: 0.9, above: 0, max: 0.999999 });
const fractions = list("shares of all pairs that are trained on", number("share", { min: 0, max: 1 }), { least: 1 });
const rate = (summary: string, value = 0.1) => number(summary, { default: value, above: 0 });
const [etaX, etaA] = [rate("learning rate of the embeddings"), rate("learning rate of the decoder")];
const deviation = (summary: string) => number(summary, { default: 1, above: 0 });
const starts = {
  sigma_a: deviation("standard deviation of the decoder's entries at the start"),
  sigma_c: deviation("standard deviation of the embeddings' half distance at the start"),
  etaX,
  etaA,
} as const;
const times = list("times, from 0", number("time", { min: 0 }), { least: 1 });
const step = (summary: string) => integer(summary, { min: 0, optional: true });

const startsOf = ({ sigma_a, sigma_c, etaX, etaA }: ValuesOf<typeof starts>) => ({
  sigmaA: sigma_a,
  sigmaC: sigma_c,
  etaX,
  etaA,
});

export const relationsTheory = {
  "description-length": theory({
    summary: "bits that single out a relation among all its relabelings, exact and as the source's table has them",
    where: "section III and table II",
    inputs: {
      ...asked,
      relation: choice("the relation, or one of which nothing (generic) or only symmetry is known", [
        ...relationNames,
        "generic",
        "symmetric",
      ]),
      n: { ...asked.n, max: MOST_DESCRIBED },
    },
    evaluate: ({ relation, n, k, a }) => {
      if (relation === "generic" || relation === "symmetric") {
        const b_table = relation === "generic" ? genericLength(n) : symmetricLength(n);
        return { b_exact: null, b_table, log2_aut: null };
      }
      const { exact, table, automorphisms } = descriptionLength(relationOf({ relation, n, k, a }));
      return { b_exact: exact, b_table: table, log2_aut: automorphisms };
    },
  }),

  buckets: theory({
    summary:
      "known bits and bound on the accuracy at shares of the pairs, and the share at which alpha of b bits are known",
    where: "section III, equations 3 to 5",
    inputs: {
      b: number("bits of the description", { default: 47.548875021634686, min: 1 }),
      N: integer("ordered pairs in all", { default: 900, min: 1 }),
      alpha,
      p_star: share("probability that an undetermined pair is related", 1 / 3),
      fractions,
    },
    evaluate: ({ b, N, alpha, p_star, fractions }) => {
      const { known, samplesFor } = buckets(b);
      const f = fractions.map(fraction => known(fraction * N));
      return { p_c: samplesFor(alpha) / N, f, f_ub: f.map(value => guessedAccuracy(value, p_star)) };
    },
  }),

  "critical-fraction": theory({
    summary: "share of the pairs at which alpha of the bits of a relation are known, by its table and its exact length",
    where: "section III, p_c",
    answers: [],
    inputs: { ...asked, alpha },
    evaluate: ({ alpha, ...settings }) => {
      const relation = relationOf(settings);
      const { exact, table } = descriptionLength(relation);
      const share = (bits: number) =>
        bits < 1 ? null : buckets(bits).samplesFor(alpha) / (relation.symbols * relation.symbols);
      return { table: share(table), exact: share(exact) };
    },
  }),

  bayes: theory({
    summary:
      "best prediction from revealed pairs when all relabelings are alike, by going through them; and by logic alone",
    where: "section III; appendix D",
    inputs: { ...asked, n: { ...asked.n, default: 9 }, a: { ...asked.a, default: 3 }, train },
    evaluate: ({ train, ...settings }) => {
      const relation = relationOf(settings);
      const revealed = markedOrderedPairs(relation.symbols, train, "train");
      const known = posterior(relation, revealed);
      return {
        orbit: known.relabelings,
        closure_determined: countMarked(determinedPairs(relation, revealed)),
        n_consistent: known.consistent,
        bits_left: known.bitsLeft,
        acc_all: known.accuracy,
        acc_test: known.testAccuracy,
        real_all: known.realAccuracy,
        determined: known.determined,
      };
    },
  }),

  closure: theory({
    summary: "pairs that follow from revealed ones by logic, and the accuracy with the best guess for the others",
    where: "appendix D",
    answers: [],
    inputs: { ...asked, train: { ...train, optional: true } },
    evaluate: ({ train = [], ...settings }) => {
      const relation = relationOf(settings);
      const n = relation.symbols;
      const determined = countMarked(determinedPairs(relation, markedOrderedPairs(n, train, "train")));
      return { determined, pairs: n * n, accuracy: guessedAccuracy(determined / (n * n), relation.guess) };
    },
  }),

  "closure-curve": theory({
    summary: "share of all pairs that random training sets determine by logic, with standard errors",
    where: "appendix D",
    inputs: {
      ...asked,
      reps: integer("training sets for each share", { default: 200, min: 2, max: 1_000_000 }),
      fractions,
      seed: integer("seed of the training sets", { default: 1, min: 0, optional: true }),
    },
    evaluate: ({ reps, fractions, seed = 1, ...settings }) => {
      const relation = relationOf(settings);
      const pairs = relation.symbols * relation.symbols;
      const shares = fractions.map((fraction, step) =>
        determinedShares(
          relation,
          Math.round(fraction * pairs),
          reps,
          stream({ seed, purpose: "training sets", step }),
        ),
      );
      const means = shares.map(mean);
      return {
        determined_mean: means,
        standard_error: shares.map(own => standardDeviation(own) / Math.sqrt(reps)),
        accuracy: means.map(value => guessedAccuracy(value, relation.guess)),
      };
    },
  }),

  "two-repon": theory({
    summary:
      "two embeddings of one class and the slope of the decoder between them: conserved C, end, and states at times",
    where: "equations 8 to 11, theorem 2; solved in closed form",
    inputs: {
      a0: number("slope of the decoder at the start", { default: 1 }),
      c0: number("half distance of the embeddings at the start", { default: 0.4 }),
      etaA,
      etaX,
      t: times,
    },
    evaluate: ({ t, ...start }) => {
      const end = twoReponsEnd(start);
      const C = conserved(start);
      return {
        C,
        outcome: C > 0 ? "collision" : "no collision",
        a_inf: end.a,
        c_inf: end.c,
        relaxation_rate: relaxationRate(start),
        rows: t.map(t => ({ t, ...twoReponsAt(start, t) })),
      };
    },
  }),

  "collision-probability": theory({
    summary: "probability that two embeddings of one class meet from normal starts",
    where: "theorem 3, equation 12",
    inputs: starts,
    evaluate: starts => ({ value: collisionProbability(startsOf(starts)) }),
  }),

  "collision-probability-cluster": theory({
    summary: "probability that an embedding joins a cluster of N at one place",
    where: "equation 13, derived again",
    inputs: {
      sigma_a: starts.sigma_a,
      sigma_q: deviation("standard deviation of its distance from the centre of mass of all N + 1"),
      etaX,
      etaA,
      N: integer("embeddings of the cluster", { default: 9, min: 1 }),
      form: {
        ...choice("factor 1 + 1/N as derived, or 4 (1 + 1/N) as transcribed elsewhere", clusterForms),
        optional: true,
      },
    },
    evaluate: ({ sigma_q, N, form, ...rest }) => ({
      value: clusterProbability(N, startsOf({ ...rest, sigma_c: sigma_q }), form),
    }),
  }),

  "collision-probability-matrix": theory({
    summary: "probability that two embeddings of d dimensions meet in front of a decoder of m outputs",
    where: "theorem 3 in several dimensions, derived",
    inputs: {
      ...starts,
      d: integer("dimensions of an embedding", { default: 2, min: 1 }),
      m: integer("outputs of the decoder", { default: 3, min: 1 }),
    },
    evaluate: ({ d, m, ...rest }) => ({ value: matrixProbability(d, m, startsOf(rest)) }),
  }),

  "matrix-flow": theory({
    summary:
      "two embeddings of one class in several dimensions: conserved matrix, whether they meet, and states at times",
    where: "appendix C in matrix form, derived",
    inputs: {
      A0: matrix("decoder at the start, outputs x dimensions"),
      r0: numbers("half of the embeddings' difference at the start", { least: 1 }),
      etaA,
      etaX,
      t: times,
    },
    evaluate: ({ A0, r0, etaA, etaX, t }) => {
      const d = r0.length;
      if (A0[0].length !== d) throw invalid("A0", A0, `rows of ${d} numbers, as r0 has`);
      const flow = { A: A0.flat(), r: r0, etaA, etaX };
      const C = conservedMatrix(flow);
      const C_eigs = symmetricEigenvalues(C, d);
      const ascending = [...new Set([0, ...t])].sort((a, b) => a - b);
      const states = new Map(matrixFlow(flow, ascending).map((state, i) => [ascending[i], state]));
      return {
        C: rowsOf(d, C),
        C_eigs,
        collision: C_eigs[0] >= 0,
        rows: t.map(t => {
          const { A, r } = states.get(t)!;
          return { t, A: A0.map((_, row) => A.slice(row * d, (row + 1) * d)), r };
        }),
      };
    },
  }),

  phase: theory({
    summary: "phase of a run by the steps at which training and test accuracy exceed 0.9, left out for never",
    where: "table IV",
    answers: [],
    inputs: { trainStep: step("step of the training accuracy"), testStep: step("step of the test accuracy") },
    evaluate: ({ trainStep = null, testStep = null }) => ({ phase: phaseOf({ trainStep, testStep }) }),
  }),
};
