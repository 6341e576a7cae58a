import { type Claim, claim } from "../../../contracts/claim.ts";
import { fraction, known, near } from "../../../contracts/comparisons.ts";
import { exp } from "../../../numerics/elementary.ts";
import { powerBySquaring } from "../../../numerics/power.ts";
import { bisect } from "../../../numerics/root.ts";
import { accuracyAt, detectableTestSize, exactMatch, onset } from "../../../transitions/emergence/token-metrics.ts";
import { widthExponent } from "../../../transitions/emergence/width-exponent.ts";
import { LOADS } from "../protocols/storage.ts";
import { coverProbability } from "../theory/cover.ts";
import { storage } from "./studies.ts";

const LAW = { a: 0.4, c: 1e7 } as const;
const LENGTHS = [2, 5, 10, 20, 50];
const INPUTS = [10, 20, 40, 80, 160];

/** ln N at which the curve itself passes q. */
const crossing = (length: number, q: number): number =>
  bisect(lnN => exactMatch(accuracyAt(LAW, exp(lnN)), length) - q, 0, 200);

/** Widths of Cover's probability from his recursion C(P + 1, N) = C(P, N) + C(P, N - 1) of the number of labellings. */
const widthByRecursion = (inputs: number): number => {
  // Probabilities of P patterns by the number of inputs, from 0: none can be stored without inputs.
  let now: number[] = Array.from({ length: inputs + 1 }, (_, N) => (N > 0 ? 1 : 0));
  const loads: number[] = [];
  for (let P = 1; loads.length < 2; P++) {
    const next = now.map((value, N) => (N > 0 ? (value + now[N - 1]) / 2 : 0));
    for (const q of [0.9, 0.1])
      if (now[inputs] >= q && next[inputs] < q)
        loads.push((P + (now[inputs] - q) / (now[inputs] - next[inputs])) / inputs);
    now = next;
  }
  return loads[1] - loads[0];
};

export const shapeClaims: readonly Claim[] = [
  claim("longer-shifts", "section 2.1; arXiv 2304.15004, appendix A", {
    statement:
      "Longer targets move the onset of exact match by (1/a) ln L and do not sharpen it: from 10 to 90 % takes 3.084399/a in ln N at every length, and the slope at one half is a (ln 2)/2.",
    routes: {
      measured: "the curve p^L of a power law of the loss, crossings by bisection, slopes by differences",
      predicted: "closed forms of a Gumbel curve",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const widths = LENGTHS.map(length => crossing(length, 0.9) - crossing(length, 0.1));
      const slopes = LENGTHS.map(length => {
        const [middle, h] = [crossing(length, 0.5), 1e-4];
        const [below, above] = [-h, h].map(step => exactMatch(accuracyAt(LAW, exp(middle + step)), length));
        return (above - below) / (2 * h);
      });
      return [
        near("exponent of widths over lengths", widthExponent(LENGTHS, widths).exponent, 0, 1e-9),
        ...LENGTHS.flatMap((length, i) => [
          near(`width times a, L = ${length}`, LAW.a * widths[i], 3.084399, 1e-6),
          near(`slope at one half, L = ${length}`, slopes[i], (LAW.a * Math.LN2) / 2, 1e-8),
          near(`onset, L = ${length}`, crossing(length, 0.5), onset(LAW, length, 0.5), 1e-9),
        ]),
      ];
    },
  }),

  claim("storage-sharpens", "section 2.1; Cover 1965", {
    statement: "The storage transition of a perceptron sharpens with its inputs: widths fall as the power -0.49586.",
    routes: {
      measured: "widths by Cover's recursion of the number of labellings",
      predicted: "exponent of an earlier computation; -1/2 of the limit; widths of the incomplete beta function",
      kind: "recomputed",
    },
    studies: [],
    measure: () => {
      const widths = INPUTS.map(widthByRecursion);
      const { exponent } = widthExponent(INPUTS, widths);
      const published = [1.131766, 0.805014, 0.571397, 0.404535, 0.286312];
      return [
        near("exponent", exponent, -0.49586, 1e-4),
        ...known("formula", near("exponent, in the limit", exponent, -0.5, 0.01)),
        ...INPUTS.map((inputs, i) => near(`width, ${inputs} inputs`, widths[i], published[i], 1e-6)),
      ];
    },
  }),

  claim("storage-measured", "section 10, run 3; Cover 1965", {
    statement:
      "A perceptron of 20 inputs stores random labels at loads 1.5, 2 and 2.5 with probability 0.969, 0.500 and 0.076.",
    routes: {
      measured: "linear programming on random patterns, each answer checked",
      predicted: "Cover's count of labellings",
      kind: "formula",
    },
    studies: [storage],
    measure: run => {
      const { inputs } = storage.settings(run);
      const trials = storage.of(run, "sample");
      return LOADS.map(load => {
        const P = Math.round(load * inputs);
        const predicted = coverProbability(P, inputs);
        const own = trials.filter(({ N }) => N === P);
        return { ...fraction(`${P} patterns`, own, ({ stored }) => stored === 1, predicted), tolerance: 0.03 };
      });
    },
  }),

  claim("resolution", "section 2.3; arXiv 2304.15004, section 4", {
    statement:
      "An accuracy of 0.003 shows no success with probability 5 % on 998 test items: a measured nought says nothing below.",
    routes: {
      measured: "smallest number of items, by trying each",
      predicted: "ln(1 - power)/ln(1 - accuracy), rounded up",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      [0.003, 0.01, 0.1, 0.5].map(accuracy => {
        let n = 1;
        while (1 - powerBySquaring(1 - accuracy, n) < 0.95) n++;
        return near(`accuracy ${accuracy}`, n, detectableTestSize(accuracy, 0.95));
      }),
  }),
];
