import { draws } from "./bytes.ts";
import { bytesOf, instantiate } from "./instantiate.ts";

/**
 * Kernels of many draws on one memory (assembly/draws.ts): the bits of plain loops. Pointers are byte addresses, multiples of 8; series of n float64 stand one
 * behind the other. Nothing is checked.
 */
interface DrawKernels {
  addProducts(x: number, series: number, n: number, from: number, into: number): void;
  centreSeries(x: number, series: number, n: number, centres: number, out: number): void;
  distancesFrom(x: number, n: number, centre: number, out: number): void;
  meansOf(x: number, series: number, n: number, out: number): void;
  squaresOf(x: number, series: number, n: number, means: number, out: number): void;
  powersOf(x: number, n: number, centre: number, out: number): number;
  markAtMost(x: number, series: number, n: number, bound: number, above: 0 | 1, out: number, stride: number): void;
  bothSet(bits: number, series: number, stride: number, lag: number, out: number): void;
  sortWithPlaces(x: number, n: number, order: number, sorted: number, scratch: number): 0 | 1;
  scatter(order: number, byRank: number, n: number, scores: number): void;
  tiesOf(sorted: number, n: number, out: number): number;
  foldSorted(
    sorted: number,
    order: number,
    n: number,
    below: number,
    centre: number,
    distances: number,
    places: number,
  ): void;
}

/** A row of numbers in the memory, and its address for the kernels. */
export interface Row<Numbers> {
  readonly at: number;
  readonly numbers: Numbers;
}

/** Room for the draws of one quantity and what is made of them. It holds what its last user left. */
export interface DrawMemory {
  readonly kernels: DrawKernels;
  readonly series: number;
  readonly n: number;
  /** Rows of all draws. */
  readonly draws: Row<Float64Array>;
  readonly sorted: Row<Float64Array>;
  readonly order: Row<Uint32Array>;
  readonly byRank: Row<Float64Array>;
  readonly scores: Row<Float64Array>;
  readonly work: Row<Float64Array>;
  readonly otherOrder: Row<Uint32Array>;
  readonly ties: Row<Uint32Array>;
  /** Words of 64 bits for each series, in halves of 32. */
  readonly bits: Row<Int32Array>;
  readonly wordsPerSeries: number;
  /** A number for each series. */
  readonly means: Row<Float64Array>;
  readonly others: Row<Float64Array>;
  readonly counts: Row<Uint32Array>;
  readonly lags: Row<Float64Array>;
}

/** Places in a row have 22 bits while they are sorted. */
export const MOST_DRAWS = 4_194_304;
/** Lags whose products are summed together. */
export const LAGS = 8;
const PAGE = 65_536;
/** The digits of a sort are counted in front of the places. */
const DIGITS = 8192;

export const drawMemory = (series: number, n: number): DrawMemory => {
  const total = series * n;
  const wordsPerSeries = Math.ceil(n / 64) + 1;
  let end = 0;
  const area = (bytes: number): number => {
    const at = end;
    // Rows of powers of two would share the lines of the cache.
    end = Math.ceil((end + bytes) / 64) * 64 + 64;
    return at;
  };
  const [draws64, sorted64, rank64, scores64, work64] = [0, 1, 2, 3, 4].map(() => area(8 * total));
  const [order32, otherOrder32] = [0, 1].map(() => area(4 * total));
  const ties32 = area(4 * total + DIGITS);
  const bits64 = area(8 * series * wordsPerSeries);
  const [means64, others64, counts32, lags64] = [0, 1, 2, 3].map(() => area(8 * Math.max(series, LAGS)));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE) });
  const { buffer } = memory;
  const floats = (at: number, length: number): Row<Float64Array> => ({
    at,
    numbers: new Float64Array(buffer, at, length),
  });
  const wholes = (at: number, length: number): Row<Uint32Array> => ({
    at,
    numbers: new Uint32Array(buffer, at, length),
  });
  return {
    kernels: instantiate<DrawKernels>({ draws }, memory),
    series,
    n,
    draws: floats(draws64, total),
    sorted: floats(sorted64, total),
    order: wholes(order32, total),
    byRank: floats(rank64, total),
    scores: floats(scores64, total),
    work: floats(work64, total),
    otherOrder: wholes(otherOrder32, total),
    ties: wholes(ties32, total),
    bits: { at: bits64, numbers: new Int32Array(buffer, bits64, 2 * series * wordsPerSeries) },
    wordsPerSeries,
    means: floats(means64, series),
    others: floats(others64, series),
    counts: wholes(counts32, series),
    lags: floats(lags64, LAGS),
  };
};

/** Whether this JavaScript engine accepts 128-bit vectors. */
export const drawKernelsAvailable = (): boolean => {
  available ??= WebAssembly.validate(bytesOf(draws, {}));
  return available;
};

let available: boolean | undefined;
