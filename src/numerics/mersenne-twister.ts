import { invalid } from "../errors.ts";
import { log } from "./elementary.ts";

const [SIZE, SHIFT] = [624, 397];

/**
 * The generator MT19937 with the 32-bit start of Knuth: the legacy generators of NumPy and of PyTorch on a processor. Each call is the next 32-bit word.
 * [Matsumoto & Nishimura 1998]
 */
export const mersenneTwister = (seed: number): (() => number) => {
  if (!(Number.isSafeInteger(seed) && seed >= 0 && seed < 4294967296))
    throw invalid("seed", seed, "an integer from 0 to 2^32 - 1");
  const state = new Uint32Array(SIZE);
  state[0] = seed;
  for (let i = 1; i < SIZE; i++) {
    const last = state[i - 1] ^ (state[i - 1] >>> 30);
    state[i] = Math.imul(1812433253, last) + i;
  }
  let position = SIZE;
  const refill = (): void => {
    for (let i = 0; i < SIZE; i++) {
      const joined = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
      state[i] = state[(i + SHIFT) % SIZE] ^ (joined >>> 1) ^ (joined % 2 === 0 ? 0 : 0x9908b0df);
    }
    position = 0;
  };
  return () => {
    if (position === SIZE) refill();
    let word = state[position++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  };
};

/** The next multiple of 2^-24 in [0, 1), as PyTorch draws uniform numbers of single precision. */
export const uniform24 = (word: () => number): number => (word() & 0xffffff) / 16777216;

/** The next multiple of 2^-53 in [0, 1), from two words, as NumPy draws. */
export const uniform53 = (word: () => number): number => {
  const high = word() >>> 5;
  return (high * 67108864 + (word() >>> 6)) / 9007199254740992;
};

/** Fills `out` with normals by the polar method of Box and Muller, as NumPy's legacy generator does: the second of each two comes first. */
export const fillLegacyNormals = (word: () => number, out: Float64Array): void => {
  for (let i = 0; i < out.length; i += 2) {
    let [x, y, square] = [0, 0, 0];
    do {
      x = 2 * uniform53(word) - 1;
      y = 2 * uniform53(word) - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const scale = Math.sqrt((-2 * log(square)) / square);
    out[i] = scale * y;
    if (i + 1 < out.length) out[i + 1] = scale * x;
  }
};

/** Numbers below `count` without repetition, as NumPy's legacy generator chooses them: the first `size` of a shuffled 0, ..., count - 1. */
export const legacyChoice = (word: () => number, count: number, size: number): Int32Array => {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    // The lowest bits that i needs, drawn again until they are at most i.
    const mask = 0xffffffff >>> Math.clz32(i);
    let j = word() & mask;
    while (j > i) j = word() & mask;
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order.subarray(0, size);
};
