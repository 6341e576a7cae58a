/** Numbers in ascending order, and where each of them stood: `sorted[k] = values[order[k]]`. Equal ones stay in their order. */
export interface Sorted {
  readonly sorted: Float64Array;
  readonly order: Uint32Array;
}

/**
 * Sorts numbers, none of them NaN. In the time of a few passes where they are spread over their range, as most are: by 2^20 equal parts of the range, in two digits
 * counted in one go [Knuth, TAOCP 3, 5.2.5], and then by insertion, which has little left to do.
 */
export const sortWithPlaces = (values: Float64Array): Sorted => {
  const n = values.length;
  let [least, most] = [values[0], values[0]];
  for (let i = 1; i < n; i++) {
    const value = values[i];
    if (value < least) least = value;
    else if (value > most) most = value;
  }
  const scale = (PARTS - 1) / (most - least);
  if (!(scale > 0 && scale < Infinity)) return inBits(values);
  const [keys, highDigits, places] = scratchOf(n);
  lowDigit.fill(0);
  highDigit.fill(0);
  for (let i = 0; i < n; i++) {
    const key = ((values[i] - least) * scale) >>> 0;
    keys[i] = key;
    lowDigit[key & 1023]++;
    highDigit[key >>> 10]++;
  }
  startsOf(lowDigit);
  startsOf(highDigit);
  for (let i = 0; i < n; i++) {
    const key = keys[i];
    const place = lowDigit[key & 1023]++;
    highDigits[place] = key >>> 10;
    places[place] = i;
  }
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[highDigit[highDigits[i]]++] = places[i];
  const sorted = new Float64Array(n);
  let last = -Infinity;
  // Long tails and clumps leave many numbers in a few parts.
  let movesLeft = 8 * n + 1000;
  for (let i = 0; i < n; i++) {
    const place = order[i];
    const value = values[place];
    if (value >= last) {
      last = value;
      sorted[i] = value;
      continue;
    }
    let k = i;
    for (; k > 0 && sorted[k - 1] > value; k--) {
      sorted[k] = sorted[k - 1];
      order[k] = order[k - 1];
    }
    sorted[k] = value;
    order[k] = place;
    movesLeft -= i - k;
    if (movesLeft < 0) return inBits(values);
  }
  return { sorted, order };
};

/**
 * Sorts by the upper halves of the float64 bits, in digits of 11, 11 and 10 bits, whatever the numbers; what those leave equal, by comparison.
 */
const inBits = (values: Float64Array): Sorted => {
  const order = orderOfBits(values);
  const sorted = new Float64Array(order.length);
  for (let i = 0; i < sorted.length; i++) sorted[i] = values[order[i]];
  return { sorted, order };
};

const orderOfBits = (values: Float64Array): Uint32Array => {
  const n = values.length;
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * n);
  const [keys, otherKeys, places, otherPlaces] = scratchOf(n);
  counts.fill(0);
  for (let i = 0; i < n; i++) {
    const top = words[2 * i + HIGH];
    // As whole numbers, the bits of negative numbers ascend the wrong way.
    const key = (top ^ ((top >> 31) | 0x80000000)) >>> 0;
    keys[i] = key;
    low[key & 2047]++;
    middle[(key >>> 11) & 2047]++;
    high[key >>> 22]++;
  }
  for (const each of [low, middle, high]) startsOf(each);
  for (let i = 0; i < n; i++) {
    const key = keys[i];
    const place = low[key & 2047]++;
    otherKeys[place] = key;
    places[place] = i;
  }
  for (let i = 0; i < n; i++) {
    const key = otherKeys[i];
    const place = middle[(key >>> 11) & 2047]++;
    keys[place] = key;
    otherPlaces[place] = places[i];
  }
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const key = keys[i];
    const place = high[key >>> 22]++;
    otherKeys[place] = key;
    order[place] = otherPlaces[i];
  }
  for (let from = 0; from < n; ) {
    const key = otherKeys[from];
    let to = from + 1;
    while (to < n && otherKeys[to] === key) to++;
    if (to - from > 1) sortEqualKeys(values, order, from, to);
    from = to;
  }
  return order;
};

/** From how many numbers have a digit to where the first of them goes. */
const startsOf = (digits: Uint32Array): void => {
  let sum = 0;
  for (let digit = 0; digit < digits.length; digit++) {
    const count = digits[digit];
    digits[digit] = sum;
    sum += count;
  }
};

/** Sorts a stretch whose upper halves are equal, which is short unless all numbers are nearly so. */
const sortEqualKeys = (values: Float64Array, order: Uint32Array, from: number, to: number): void => {
  if (to - from > SHORT) {
    order.subarray(from, to).sort((a, b) => values[a] - values[b] || a - b);
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const place = order[i];
    const value = values[place];
    let k = i;
    for (; k > from && values[order[k - 1]] > value; k--) order[k] = order[k - 1];
    order[k] = place;
  }
};

/** Four rows for one call at a time; kept, as orders come in series of one length. */
const scratchOf = (n: number): readonly Uint32Array[] => {
  if (scratch.length < 4 * n) scratch = new Uint32Array(4 * n);
  return [0, 1, 2, 3].map(part => scratch.subarray(part * n, (part + 1) * n));
};

let scratch = new Uint32Array(0);

/** Parts of the range: two digits of 10 bits. */
const PARTS = 1_048_576;
const [lowDigit, highDigit] = [new Uint32Array(1024), new Uint32Array(1024)];

const counts = new Uint32Array(2048 + 2048 + 1024);
const [low, middle, high] = [counts.subarray(0, 2048), counts.subarray(2048, 4096), counts.subarray(4096)];
const SHORT = 24;
/** Which of the two words of a float64 has its sign: that depends on the machine. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0];
