/**
 * Loops that native code runs faster than an engine of JavaScript, with the same bits. Where nobody brings them, plain loops do the work.
 * `key` are the two words of a seed, `counter` the four of Philox, from whose block on words are taken.
 */
export interface NativeLoops {
  /** Standard normals as a stream fills them; `count` is even. */
  normals(out: Float64Array, count: number, key: Uint32Array, counter: Uint32Array): void;
  /** The same of uniforms. */
  uniforms(out: Float64Array, count: number, key: Uint32Array, counter: Uint32Array): void;
  /** Words as a stream gives them; `count` is a multiple of four. */
  words(out: Uint32Array, count: number, key: Uint32Array, counter: Uint32Array): void;
  /** The changes of place of a shuffle for entries `last`, `last - 1`, ..., one for each of `words` words. */
  shuffle(order: Int32Array, last: number, words: number, key: Uint32Array, counter: Uint32Array): void;
  /** C[m, n] = op(A) op(B) as `gemm64` of the engine's kernels; 64 bytes behind the end of each array can be read. */
  multiply(
    m: number,
    n: number,
    k: number,
    transposeA: 0 | 1,
    transposeB: 0 | 1,
    a: Float64Array,
    b: Float64Array,
    c: Float64Array,
  ): void;
  /** Those that are printed as C from what runs here (folders called loops), by their names. */
  readonly translated: { readonly [name: string]: (...values: never[]) => unknown };
}

/** Brings native loops once plain ones took so many milliseconds that it pays; undefined until then, and where there are none. */
export type LoopSource = (spent: number) => NativeLoops | undefined;

let source: LoopSource | undefined;
let loops: NativeLoops | undefined;
let spent = 0;

/** Sets where native loops of this thread come from. */
export const useLoopSource = (from: LoopSource | undefined): void => {
  if (from === source) return;
  source = from;
  loops = undefined;
};

/** The native loops for work that would take a plain loop about so many nanoseconds. */
export const nativeLoops = (nanoseconds: number): NativeLoops | undefined => {
  if (loops || !source) return loops;
  spent += nanoseconds / 1e6;
  loops = source(spent);
  return loops;
};

/** A loop as native code where that is there, for work that would take it about so many nanoseconds; else as it is. */
export const fastest = <Loop extends (...values: never[]) => number>(
  name: string,
  loop: Loop,
  nanoseconds: number,
): Loop => (nativeLoops(nanoseconds)?.translated[name] as Loop | undefined) ?? loop;
