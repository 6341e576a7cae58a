import { invalid } from "../../../errors.ts";
import { log } from "../../../numerics/elementary.ts";
import { countMarked } from "../../../numerics/marks.ts";
import { orbitSize } from "./description-length.ts";
import { matrixOf, type Relation } from "./relation.ts";

/** Relabelings that can be gone through one by one. */
const MOST_RELABELINGS = 5_000_000n;

/** What is known of a relation of which some pairs are revealed, every relabeling being as probable as any other before. */
export interface Posterior {
  /** Distinct relabelings, and those among them that agree with the revealed pairs. */
  readonly relabelings: number;
  readonly consistent: number;
  /** log2 of the number that agree: bits still to be learned. */
  readonly bitsLeft: number;
  /** Probability that each ordered pair is related. */
  readonly probabilities: Float64Array;
  /** Pairs whose entry is certain. */
  readonly determined: number;
  /** Expected accuracy of the best prediction over all pairs, and over those not revealed; null where all are. */
  readonly accuracy: number;
  readonly testAccuracy: number | null;
  /** Accuracy of that prediction on the relation itself; a pair that is as likely either way counts one half. */
  readonly realAccuracy: number;
}

/** Throws a LandauError of kind "input" for a relation with more relabelings than can be gone through. */
export const posterior = (relation: Relation, revealed: Uint8Array): Posterior => {
  const n = relation.symbols;
  const all = orbitSize(relation);
  if (all > MOST_RELABELINGS)
    throw invalid("n", n, `a relation of at most ${MOST_RELABELINGS} relabelings; this one has ${all}`);
  const matrix = matrixOf(relation);
  const counts = new Float64Array(n * n);
  let consistent = 0;
  eachConsistent(relation, revealed, labels => {
    consistent++;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) if (relation.related(labels[i], labels[j])) counts[i * n + j]++;
  });
  const probabilities = counts.map(count => count / consistent);
  const best = probabilities.map(q => Math.max(q, 1 - q));
  const hidden = n * n - countMarked(revealed);
  const sum = (of: (pair: number) => number) => best.reduce((total, _, pair) => total + of(pair), 0);
  return {
    relabelings: Number(all),
    consistent,
    bitsLeft: log(consistent) / log(2),
    probabilities,
    determined: counts.reduce((total, count) => total + Number(count === 0 || count === consistent), 0),
    accuracy: sum(pair => best[pair]) / (n * n),
    testAccuracy: hidden === 0 ? null : sum(pair => (revealed[pair] === 1 ? 0 : best[pair])) / hidden,
    realAccuracy: sum(pair => score(2 * counts[pair] - consistent, matrix[pair] === 1)) / (n * n),
  };
};

/** 1 for a prediction that is right, 0 for a wrong one, 1/2 for a guess; `lean` is above 0 where the pair is more likely related. */
const score = (lean: number, isRelated: boolean): number => (lean === 0 ? 0.5 : Number(lean > 0 === isRelated));

/**
 * Goes through all distinct relabelings that agree with the revealed pairs: symbol after symbol gets a label of which some are left. Of labels that no
 * symbol has yet and that could change names, the first stands for all.
 */
const eachConsistent = (relation: Relation, revealed: Uint8Array, visit: (labels: Int32Array) => void): void => {
  const { symbols: n, sizes, related, interchangeable } = relation;
  const matrix = matrixOf(relation);
  const labels = new Int32Array(n);
  const left = Int32Array.from(sizes);
  const agrees = (i: number, j: number) =>
    revealed[i * n + j] === 0 || related(labels[i], labels[j]) === (matrix[i * n + j] === 1);
  const stands = (label: number): boolean => {
    if (!interchangeable || left[label] < sizes[label]) return true;
    for (let other = 0; other < label; other++)
      if (sizes[other] === sizes[label] && left[other] === sizes[other]) return false;
    return true;
  };
  const place = (symbol: number): void => {
    if (symbol === n) {
      visit(labels);
      return;
    }
    for (let label = 0; label < sizes.length; label++) {
      if (left[label] === 0 || !stands(label)) continue;
      labels[symbol] = label;
      let fits = true;
      for (let other = 0; other <= symbol && fits; other++) fits = agrees(symbol, other) && agrees(other, symbol);
      if (!fits) continue;
      left[label]--;
      place(symbol + 1);
      left[label]++;
    }
  };
  place(0);
};
