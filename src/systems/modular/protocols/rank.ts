import { choice, namesOf } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { controls } from "../controls.ts";
import { coverageWarning } from "../model/coverage.ts";
import { checkModulus } from "../model/modulus.ts";
import { fullTable, pairsAt, splitPairs } from "../model/pairs.ts";
import { randomStart } from "../model/start.ts";
import { curvatures, spectralRank } from "../theory/jacobian.ts";
import { narrowSolution, randomPhases, type Solution, sixPhases } from "../theory/solutions.ts";

/** Points whose Jacobian has a rank in closed form. Each takes the width it is given or has its own. */
const rankPoints = {
  random: (p, K, seed) => ({ p, K, w: randomStart({ p, K }, { seed, sw: 1, sv: 1 }) }),
  narrow: p => narrowSolution(p),
  "six-phase": p => sixPhases({ p }),
  "six-phase-constant": p => sixPhases({ p, constant: true }),
  // Twelve random phases for each frequency.
  waves: (p, _K, seed) => randomPhases({ p, K: 6 * (p - 1), seed }),
} as const satisfies { readonly [name: string]: (p: number, K: number, seed: number) => Solution };

/**
 * Rank of the Jacobian, as it is and with each output's mean residual taken off, from the spectrum of J J^T. One factorisation of a matrix: there
 * is no state in between that could be saved.
 */
export const rankProtocol = protocol<{
  rank: {
    readonly weights: string;
    readonly p: number;
    readonly K: number;
    readonly N: number;
    readonly rank: number;
    /** Eigenvalues on both sides of the threshold, over the largest. */
    readonly leastKept: number;
    readonly mostDropped: number;
    readonly warning: string | null;
  };
}>()({
  name: "rank",
  summary: "the rank of the Jacobian at random weights or at an analytic solution, from its exact spectrum",
  settings: {
    p: { ...controls.p, default: 5 },
    K: { ...controls.K, summary: "neurons of random weights; solutions have their own", default: 4 },
    weights: choice("where", namesOf(rankPoints), { default: "random" }),
    trainFraction: { ...controls.trainFraction, summary: "share of the pairs; 1 for the whole table", default: 1 },
    centred: controls.centred,
  },
  small: { p: 3 },

  check: ({ p, trainFraction }) => {
    checkModulus(p);
    if (trainFraction !== 1) splitPairs(p, trainFraction, 1);
  },

  run({ settings, seed, chain }, context) {
    const { p, K, weights, trainFraction, centred } = settings;
    const own = seed + chain + 1;
    const point: Solution = rankPoints[weights](p, K, own);
    const pairs =
      trainFraction === 1 ? fullTable(p, "add") : pairsAt(p, "add", splitPairs(p, trainFraction, own).train);
    const h = curvatures(point.w, point, pairs, { centred: centred === "yes" });
    const rank = spectralRank(h);
    context.record("rank", {
      weights,
      p,
      K: point.K,
      N: pairs.index.length,
      rank,
      leastKept: h[rank - 1] / h[0],
      mostDropped: (h[rank] ?? 0) / h[0],
      warning: coverageWarning(pairs) ?? null,
    });
    context.progress(1);
  },
});
