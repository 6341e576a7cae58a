import { stream } from "../../../src/numerics/stream.ts";
import { type Arena, createArena, type Floats } from "./arena.ts";

export interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: 0 | 1;
  readonly transposeB: 0 | 1;
}

export const transposes = [
  { transposeA: 0, transposeB: 0 },
  { transposeA: 0, transposeB: 1 },
  { transposeA: 1, transposeB: 0 },
  { transposeA: 1, transposeB: 1 },
] as const;

export type Precision = 32 | 64;
const floats = (precision: Precision) => (precision === 32 ? Float32Array : Float64Array);

export interface Operands {
  readonly a: Floats;
  readonly b: Floats;
}

/** Standard normals, addressed by the shape. */
export const normalOperands = (precision: Precision, { m, n, k }: Product): Operands => {
  const Floats = floats(precision);
  const random = stream({ seed: 1000 * m + n, chain: k, purpose: "gemm" });
  const draw = (length: number) => new Floats(Array.from({ length }, random.normal));
  return { a: draw(m * k), b: draw(k * n) };
};

const arenas = new Map<boolean, { readonly arena: Arena; readonly scratch: number }>();

/** One memory for all products; its packing area starts as NaN and then holds what other products left there. */
const sharedArena = (relaxed: boolean) => {
  const known = arenas.get(relaxed);
  if (known) return known;
  const arena = createArena(2 ** 23, relaxed);
  const scratch = arena.place(new Float64Array(arena.kernels.gemmScratchBytes() / 8).fill(Number.NaN)).byteOffset;
  arena.keep();
  arenas.set(relaxed, { arena, scratch });
  return { arena, scratch };
};

/** Runs the kernel with C full of NaN beforehand; throws when it writes to anything but C and its packing area. */
export const multiply = (precision: Precision, product: Product, operands: Operands, relaxed = false): Floats => {
  const { m, n, k, transposeA, transposeB } = product;
  const { arena, scratch } = sharedArena(relaxed);
  arena.reset();
  const a = arena.place(operands.a);
  const b = arena.place(operands.b);
  const c = arena.place(new (floats(precision))(m * n).fill(Number.NaN));
  const gemm = precision === 32 ? arena.kernels.gemm32 : arena.kernels.gemm64;
  gemm(m, n, k, transposeA, transposeB, a.byteOffset, b.byteOffset, c.byteOffset, scratch);
  arena.checkGuards();
  if (firstDifference(a, operands.a) >= 0 || firstDifference(b, operands.b) >= 0)
    throw new Error("a factor was written");
  return c.slice();
};

/**
 * The triple loop, rounded by `round` after every operation; sums in ascending k from zero, `part` products at a time, the
 * parts added in order.
 */
export const plainProduct = (
  { m, n, k, transposeA, transposeB }: Product,
  { a, b }: Operands,
  round: (x: number) => number,
  part: number,
): Float64Array => {
  const c = new Float64Array(m * n);
  const sum = (i: number, j: number, from: number, to: number): number => {
    let s = 0;
    for (let l = from; l < to; l++)
      s = round(s + round(a[transposeA ? l * m + i : i * k + l] * b[transposeB ? j * k + l : l * n + j]));
    return s;
  };
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let total = sum(i, j, 0, Math.min(part, k));
      for (let from = part; from < k; from += part) total = round(total + sum(i, j, from, Math.min(from + part, k)));
      c[i * n + j] = total;
    }
  return c;
};

export const rounding = (precision: Precision) => (precision === 32 ? Math.fround : (x: number) => x);

/** Index of the first entry that differs, NaN being equal to NaN and 0 unequal to -0; -1 when all agree. */
export const firstDifference = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
  for (let i = 0; i < x.length; i++) if (!Object.is(x[i], y[i])) return i;
  return -1;
};
