/** Series of n zeros and ones, 32 in a word, the first in the lowest bit; one word more than needed stands at the end. */
export interface BitSeries {
  readonly n: number;
  readonly words: readonly Int32Array[];
}

export const zeroBits = (count: number, n: number): BitSeries => ({
  n,
  words: Array.from({ length: count }, () => new Int32Array((n >>> 5) + 2)),
});

/** The share of ones in each series. */
export const bitMeans = ({ n, words }: BitSeries): number[] => words.map(own => bothSet(own, 0) / n);

/** As `meanAutocovariance`; products are counted 32 at a time, and exactly. */
export const meanAutocovarianceOfBits = (bits: BitSeries): ((lag: number) => number) =>
  lagByLagOfBits(bits, lag => bits.words.map(own => bothSet(own, lag)));

/** The same with a way to count, for each series, the bits that are set both at a place and `lag` places further on. */
export const lagByLagOfBits = (
  { n, words }: BitSeries,
  bothSetAt: (lag: number) => ArrayLike<number>,
): ((lag: number) => number) => {
  const counts = bothSetAt(0);
  const series = words.map((own, c) => ({ words: own, centre: counts[c] / n, head: counts[c], tail: counts[c] }));
  const covariances: number[] = [];
  return lag => {
    while (covariances.length <= lag) {
      const known = covariances.length;
      const both = bothSetAt(known);
      let sum = 0;
      for (const [c, each] of series.entries()) {
        if (known > 0) {
          // The ones among the first and among the last n - known.
          each.head -= bitAt(each.words, n - known);
          each.tail -= bitAt(each.words, known - 1);
        }
        const { centre, head, tail } = each;
        sum += both[c] - centre * (head + tail) + (n - known) * centre * centre;
      }
      covariances.push(sum / (n * series.length));
    }
    return covariances[lag];
  };
};

const bitAt = (words: Int32Array, place: number): number => (words[place >>> 5] >>> (place & 31)) & 1;

/** How many bits are set both at a place and `lag` places further on. */
const bothSet = (words: Int32Array, lag: number): number => {
  const whole = lag >>> 5;
  const rest = lag & 31;
  let sum = 0;
  for (let i = 0; i + whole + 1 < words.length; i++) {
    const low = words[i + whole] >>> rest;
    let both = words[i] & (rest === 0 ? low : low | (words[i + whole + 1] << (32 - rest)));
    // Counts the bits of a word.  [Warren, Hacker's Delight, 5-1]
    both -= (both >>> 1) & 0x55555555;
    both = (both & 0x33333333) + ((both >>> 2) & 0x33333333);
    sum += Math.imul((both + (both >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return sum;
};
