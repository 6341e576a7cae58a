import { type DrawMemory, drawKernelsAvailable, drawMemory, MOST_DRAWS } from "../../numerics/kernels/draw-kernels.ts";
import { sortWithPlaces } from "../../numerics/sort-order.ts";
import { lagByLagOfBits } from "../../numerics/statistics/bit-series.ts";
import { LONG_SERIES, lagByLag } from "../../numerics/statistics/mean-autocovariance.ts";
import { countAtMost, countBelow, sortedQuantile } from "../../numerics/statistics/quantile.ts";
import { type Chains, whyUndefined } from "./chains.ts";
import { undefinedFor } from "./diagnostic.ts";
import { once } from "./once.ts";
import type { Covariances, Prepared, Spread } from "./prepared.ts";
import { scoreTable, tiedScore } from "./ranks.ts";

/** Whether `manyDraws` takes them: long chains of an even length, whose halves leave no draw out. */
export const takesMany = (chains: Chains): boolean =>
  chains.length > 0 &&
  chains[0].length % 2 === 0 &&
  chains[0].length >= 2 * LONG_SERIES &&
  chains.length * chains[0].length <= MOST_DRAWS &&
  drawKernelsAvailable();

/** As `plainDraws`, to the bit, by kernels in a memory that the next call takes over. */
export const manyDraws = <T>(chains: Chains, use: (draws: Prepared) => T): T => {
  const wrong = whyUndefined(chains);
  const series = 2 * chains.length;
  const memory = takeMemory(series, chains[0].length / 2);
  try {
    return use(drawsIn(memory, chains, wrong));
  } finally {
    spare = new WeakRef(memory);
  }
};

/** Held while a series of calls runs, and no longer than the collector of garbage wants. */
let spare: WeakRef<DrawMemory> | undefined;

const takeMemory = (series: number, n: number): DrawMemory => {
  const kept = spare?.deref();
  // Whoever comes while it is in use takes another.
  spare = undefined;
  if (kept?.series === series && kept.n === n) return kept;
  const memory = drawMemory(series, n);
  memory.byRank.numbers.set(scoreTable(series * n));
  return memory;
};

const drawsIn = (memory: DrawMemory, chains: Chains, wrong: ReturnType<typeof whyUndefined>): Prepared => {
  const { kernels, series, n, sorted, order, byRank, scores, work, otherOrder, ties } = memory;
  const { bits, wordsPerSeries, means, others, counts, lags } = memory;
  const total = series * n;
  const draws = once(() => {
    chains.forEach((chain, c) => {
      memory.draws.numbers.set(chain, 2 * n * c);
    });
    return memory.draws;
  });
  const inOrder = once(() => {
    const { at, numbers } = draws();
    if (!kernels.sortWithPlaces(at, total, order.at, sorted.at, ties.at)) {
      const plain = sortWithPlaces(numbers);
      sorted.numbers.set(plain.sorted);
      order.numbers.set(plain.order);
    }
    return sorted.numbers;
  });
  const centre = once(() => {
    kernels.meansOf(draws().at, 1, total, means.at);
    return means.numbers[0];
  });
  const powers = once(() => {
    const second = kernels.powersOf(draws().at, total, centre(), others.at);
    return { second, fourth: others.numbers[0] };
  });
  const quantile = (p: number): number => sortedQuantile(inOrder(), p);

  /** Normal scores of numbers in ascending order, at the places that they had. */
  const scoreInto = (ascending: number, places: typeof order, out: typeof scores): void => {
    const count = kernels.tiesOf(ascending, total, ties.at);
    kernels.scatter(places.at, byRank.at, total, out.at);
    for (let tie = 0; tie < count; tie++) {
      const [below, upTo] = [ties.numbers[2 * tie], ties.numbers[2 * tie + 1]];
      const score = tiedScore(below, upTo, total);
      for (let k = below; k < upTo; k++) out.numbers[places.numbers[k]] = score;
    }
  };
  const scored = once(() => {
    inOrder();
    scoreInto(sorted.at, order, scores);
    return scores;
  });
  const covariancesOf = (at: number): Covariances => {
    kernels.meansOf(at, series, n, means.at);
    const own = [...means.numbers];
    kernels.centreSeries(at, series, n, means.at, work.at);
    return {
      n,
      means: own,
      at: lagByLag({
        centred: own.map((_, c) => work.numbers.subarray(c * n, (c + 1) * n)),
        addProducts(from, into) {
          lags.numbers.fill(0);
          kernels.addProducts(work.at, series, n, from, lags.at);
          into.set(lags.numbers);
        },
      }),
    };
  };
  const spreadOf = (at: number): Spread => {
    kernels.meansOf(at, series, n, means.at);
    kernels.squaresOf(at, series, n, means.at, others.at);
    return { n, means: [...means.numbers], variances: Array.from(others.numbers, sum => sum / (n - 1)) };
  };
  return {
    whyUndefined: (least = 4) => (2 * n < least ? whyUndefined(chains, least) : wrong),
    mean: centre,
    sd: () => Math.sqrt(powers().second / (total - 1)),
    moments: () => ({ second: powers().second / total, fourth: powers().fourth / total }),
    sorted: inOrder,
    quantile,
    covariances(of) {
      if (of === "draws") return covariancesOf(draws().at);
      if (of === "scores") return covariancesOf(scored().at);
      kernels.distancesFrom(draws().at, total, centre(), work.at);
      return covariancesOf(work.at);
    },
    covariancesAtMost(bound) {
      const low = countAtMost(inOrder(), bound);
      // The fewer of both are ones, as the plain way has it.
      kernels.markAtMost(draws().at, series, n, bound, 2 * low <= total ? 0 : 1, bits.at, wordsPerSeries);
      const own = Array.from({ length: series }, (_, c) =>
        bits.numbers.subarray(2 * c * wordsPerSeries, 2 * (c + 1) * wordsPerSeries),
      );
      const bothSetAt = (lag: number): Uint32Array => {
        kernels.bothSet(bits.at, series, wordsPerSeries, lag, counts.at);
        return counts.numbers;
      };
      const shares = Array.from(bothSetAt(0), count => count / n);
      return { n, means: shares, at: lagByLagOfBits({ n, words: own }, bothSetAt) };
    },
    scoreSpread: () => spreadOf(scored().at),
    foldedSpread() {
      const median = quantile(0.5);
      const below = countBelow(inOrder(), median);
      kernels.foldSorted(sorted.at, order.at, total, below, median, work.at, otherOrder.at);
      if (work.numbers[0] === work.numbers[total - 1]) return undefinedFor(`every draw is ${work.numbers[0]}`);
      scoreInto(work.at, otherOrder, work);
      return spreadOf(work.at);
    },
  };
};
