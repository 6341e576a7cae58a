import { LandauError } from "../../errors.ts";
import { nativeLoops } from "../../numerics/native-loops.ts";
import { instantiateKernels } from "./kernels.ts";

const PAGE = 65536;
/** Bytes that a multiplication may read past the end of an array. */
const MARGIN = 64;
/** Multiplications from which on a call of native code is the faster one. */
const NATIVE_FROM = 1000;
/** Nanoseconds of a multiplication and an addition. */
const PRODUCT_TIME = 0.15;
const GIB = 1073741824;
const LIMIT = 4 * GIB - PAGE;

/** Named float64 arrays on one WebAssembly memory, and products of matrices among them. */
export interface Workspace<Name extends string> {
  readonly arrays: { readonly [name in Name]: Float64Array };
  /**
   * C[m, n] = op(A) op(B), row-major and contiguous from the beginning of each array, op(A) of shape m x k, op(B) of
   * shape k x n. Overwrites C, which must not overlap A or B. Each array is one of `arrays` or a part of one.
   */
  multiply(shape: Shape, a: Float64Array, b: Float64Array, c: Float64Array): void;
}

export interface Shape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** A is stored k x m. */
  readonly transposeA?: boolean;
  /** B is stored n x k. */
  readonly transposeB?: boolean;
}

/** Zeros at first. Throws a LandauError when the arrays need more than the 4 GiB that a memory can have. */
export const workspace = <Name extends string>(lengths: { readonly [name in Name]: number }): Workspace<Name> => {
  const names = Object.keys(lengths) as Name[];
  const bytesOf = (name: Name): number => Math.ceil((8 * lengths[name]) / 16) * 16 + MARGIN;
  const needed = names.reduce((sum, name) => sum + bytesOf(name), 2 * PAGE * 16);
  if (needed > LIMIT)
    throw new LandauError(
      "input",
      `arrays of ${(needed / GIB).toFixed(1)} GiB: needs less than 4 GiB, a smaller p or K`,
    );
  const memory = new WebAssembly.Memory({ initial: Math.ceil(needed / PAGE) });
  const kernels = instantiateKernels(memory);
  const scratchBytes = kernels.gemmScratchBytes();
  let next = Math.ceil(scratchBytes / 16) * 16 + MARGIN;
  const total = next + names.reduce((sum, name) => sum + bytesOf(name), 0);
  if (total > memory.buffer.byteLength) memory.grow(Math.ceil((total - memory.buffer.byteLength) / PAGE));
  const arrays = {} as { [name in Name]: Float64Array };
  for (const name of names) {
    arrays[name] = new Float64Array(memory.buffer, next, lengths[name]);
    next += bytesOf(name);
  }
  return {
    arrays,
    multiply({ m, n, k, transposeA = false, transposeB = false }, a, b, c) {
      const [turnA, turnB] = [transposeA ? 1 : 0, transposeB ? 1 : 0] as const;
      const native = m * n * k >= NATIVE_FROM ? nativeLoops(PRODUCT_TIME * m * n * k) : undefined;
      if (native) native.multiply(m, n, k, turnA, turnB, a, b, c);
      else kernels.gemm64(m, n, k, turnA, turnB, a.byteOffset, b.byteOffset, c.byteOffset, 0);
    },
  };
};
