import { invalid } from "../errors.ts";
import { cosineKernel } from "./elementary/cosine-kernel.ts";
import { log } from "./elementary/log.ts";
import { sineKernel } from "./elementary/sine-kernel.ts";
import { hashText } from "./hash-text.ts";
import { multiplyHigh } from "./multiply-high.ts";
import { nativeLoops } from "./native-loops.ts";
import { philox4x32 } from "./philox.ts";

export interface StreamAddress {
  /** Safe integer >= 0; its 53 bits are the key. */
  readonly seed: number;
  /** Member of the ensemble, an unsigned 32-bit integer. */
  readonly chain?: number;
  /** What the numbers are for ("init", "batch", ...); different purposes never share numbers. */
  readonly purpose: string;
  /** Unsigned 32-bit integer. */
  readonly step?: number;
}

/** A sequence of random numbers that starts anew at every step. Draws allocate nothing. */
export interface Stream {
  /** Moves this stream to the first draw of `step`, or to that of its `block`-th four words (two normals), and returns it. */
  at(step: number, block?: number): Stream;
  /** Uniform unsigned 32-bit integer. */
  word(): number;
  /** Uniform multiple of 2^-53 in [0, 1). Takes two words. */
  uniform(): number;
  /** Standard normal. Takes four words for two draws. */
  normal(): number;
  /** Integer in [0, n), 1 <= n < 2^32. Takes one word; no probability is off by more than 2^-32, n / 2^32 of itself. */
  below(n: number): number;
  /** Fills `out` as repeated calls of `word` would. */
  words(out: Uint32Array): void;
  /** Fills `out` as repeated calls of `uniform` would. */
  uniforms(out: Float64Array): void;
  /** Fills `out` as repeated calls of `normal` would. */
  normals(out: Float64Array): void;
  /** Permutes `order` in place, every permutation alike (Fisher-Yates); takes one word less than there are entries. */
  shuffle(order: Int32Array): void;
}

/**
 * The stream at an address. Draws depend on the address and on how many words were taken since the last `at`, on nothing else: not
 * on other streams, nor on what was drawn at other steps, nor on the engine.
 *
 * Philox4x32-10 with key = seed (low word, high word) and counter = (block, step, chain, hash of the purpose). Each block gives four
 * words, read in order; a step has 2^32 blocks, after which it repeats. A uniform is the top 27 bits of one word and the top 26
 * of the next. Normals are Box and Muller's pairs sqrt(-2 log(1 - u)) (cos 2 pi v, sin 2 pi v) of 53-bit uniforms u and v, so |normal| < 8.6;
 * the second of a pair is kept for the next call.
 *
 * Throws a LandauError when seed, chain or step is out of range.
 */
export const stream = ({ seed, chain = 0, purpose, step = 0 }: StreamAddress): Stream => {
  if (!Number.isSafeInteger(seed) || seed < 0) throw invalid("seed", seed, "an integer from 0 to 2^53 - 1");
  const key = Uint32Array.of(seed % WORD, Math.floor(seed / WORD));
  const counter = Uint32Array.of(0, 0, checkWord("chain", chain), hashText(purpose));
  const block = new Uint32Array(4);
  const kept = new Float64Array(1);
  let position = 4;
  let hasKept = false;

  const word = (): number => {
    if (position === 4) refill();
    return block[position++];
  };
  const refill = (): void => {
    philox4x32(counter, key, block);
    // A Uint32Array wraps by itself.
    counter[0]++;
    position = 0;
  };
  const uniform = (): number => {
    if (position === 4) refill();
    const high = block[position++] >>> 5;
    if (position === 4) refill();
    return (high * 67108864 + (block[position++] >>> 6)) * UNIFORM_UNIT;
  };
  const normal = (): number => {
    if (hasKept) {
      hasKept = false;
      return kept[0];
    }
    const radius = Math.sqrt(-2 * log(1 - uniform()));
    // The angle as quarter turns and an exact rest of at most half a quarter.
    const turns = 4 * uniform();
    const quarter = Math.floor(turns + 0.5);
    const rest = (turns - quarter) * HALF_PI;
    const c = radius * cosineKernel(rest, 0);
    const s = radius * sineKernel(rest, 0);
    const first = (quarter & 1) === 0 ? c : -s;
    const second = (quarter & 1) === 0 ? s : c;
    const flipped = (quarter & 2) !== 0;
    kept[0] = flipped ? -second : second;
    hasKept = true;
    return flipped ? -first : first;
  };
  /** How many entries native code has filled, two a block. */
  const inNative = (name: "normals" | "uniforms", out: Float64Array, time: number): number => {
    const loops = position === 4 && out.length >= NATIVE_FROM ? nativeLoops(time * out.length) : undefined;
    if (!loops) return 0;
    const count = out.length - (out.length % 2);
    loops[name](out, count, key, counter);
    counter[0] += count / 2;
    return count;
  };
  const below = (n: number): number => {
    if (n >>> 0 !== n || n === 0) throw invalid("n", n, "an integer from 1 to 2^32 - 1");
    return multiplyHigh(word(), n) >>> 0;
  };

  const self: Stream = {
    at(newStep, newBlock = 0) {
      counter[1] = checkWord("step", newStep);
      counter[0] = checkWord("block", newBlock);
      position = 4;
      hasKept = false;
      return self;
    },
    word,
    uniform,
    normal,
    below,
    words(out) {
      let i = 0;
      const native = position === 4 && out.length >= NATIVE_FROM ? nativeLoops(WORD_TIME * out.length) : undefined;
      if (native) {
        i = out.length - (out.length % 4);
        native.words(out, i, key, counter);
        counter[0] += i / 4;
      }
      for (; i < out.length; i++) out[i] = word();
    },
    uniforms(out) {
      for (let i = inNative("uniforms", out, UNIFORM_TIME); i < out.length; i++) out[i] = uniform();
    },
    normals(out) {
      for (let i = hasKept ? 0 : inNative("normals", out, NORMAL_TIME); i < out.length; i++) out[i] = normal();
    },
    shuffle(order) {
      let last = order.length - 1;
      const native = position === 4 && last >= NATIVE_FROM && nativeLoops(SWAP_TIME * last);
      if (native) {
        const words = last - (last % 4);
        native.shuffle(order, last, words, key, counter);
        counter[0] += words / 4;
        last -= words;
      }
      for (; last > 0; last--) {
        const other = multiplyHigh(word(), last + 1) >>> 0;
        const entry = order[last];
        order[last] = order[other];
        order[other] = entry;
      }
    },
  };
  return self.at(step);
};

const WORD = 4294967296;
/** 2^-53 */
const UNIFORM_UNIT = 1.1102230246251565e-16;
/** Draws from which on a call of native code is faster than a plain loop. */
const NATIVE_FROM = 12;
/** Nanoseconds of a number, and of an entry that changes its place. */
const NORMAL_TIME = 39;
const UNIFORM_TIME = 10;
const WORD_TIME = 5;
const SWAP_TIME = 10;
const HALF_PI = 1.5707963267948966;

const checkWord = (name: string, value: number): number => {
  if (value >>> 0 !== value) throw invalid(name, value, "an integer from 0 to 2^32 - 1");
  return value;
};
