/**
 * The order of numbers: `order[k]` is the place in `values` of the k-th smallest; equal ones stay in their order. No NaN. By six passes over digits of 11 bits
 * [Knuth, TAOCP 3, 5.2.5], of which those are left out in which all numbers have the same digit: in the time of half a comparison sort, which could not say the order.
 */
export const sortOrder = (values: Float64Array): Uint32Array => {
  const n = values.length;
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * n);
  let high = new Uint32Array(n);
  let low = new Uint32Array(n);
  let order = new Uint32Array(n);
  let [nextHigh, nextLow, nextOrder] = [new Uint32Array(n), new Uint32Array(n), new Uint32Array(n)];
  const counts = new Uint32Array(PASSES * SIZE);
  for (let i = 0; i < n; i++) {
    let top = words[2 * i + HIGH];
    let rest = words[2 * i + 1 - HIGH];
    // As whole numbers, the bits of negative numbers ascend the wrong way.
    if (top >>> 31) {
      top = ~top >>> 0;
      rest = ~rest >>> 0;
    } else top = (top | 0x80000000) >>> 0;
    high[i] = top;
    low[i] = rest;
    order[i] = i;
    for (let pass = 0; pass < PASSES; pass++) counts[pass * SIZE + digitOf(top, rest, pass)]++;
  }
  for (let pass = 0; pass < PASSES; pass++) {
    const begin = pass * SIZE;
    if (n === 0 || counts[begin + digitOf(high[0], low[0], pass)] === n) continue;
    let sum = 0;
    for (let digit = 0; digit < SIZE; digit++) {
      const count = counts[begin + digit];
      counts[begin + digit] = sum;
      sum += count;
    }
    for (let i = 0; i < n; i++) {
      const place = counts[begin + digitOf(high[i], low[i], pass)]++;
      nextHigh[place] = high[i];
      nextLow[place] = low[i];
      nextOrder[place] = order[i];
    }
    [high, nextHigh] = [nextHigh, high];
    [low, nextLow] = [nextLow, low];
    [order, nextOrder] = [nextOrder, order];
  }
  return order;
};

const BITS = 11;
const SIZE = 1 << BITS;
const PASSES = 6;
/** Which of the two words of a float64 has its sign: that depends on the machine. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0];

/** Bits 11 pass to 11 pass + 10 of the 64, from the lowest. */
const digitOf = (high: number, low: number, pass: number): number => {
  switch (pass) {
    case 0:
      return low & 2047;
    case 1:
      return (low >>> 11) & 2047;
    case 2:
      return (low >>> 22) | ((high & 1) << 10);
    case 3:
      return (high >>> 1) & 2047;
    case 4:
      return (high >>> 12) & 2047;
    default:
      return high >>> 23;
  }
};
