import { bytesOf, instantiate, type KernelSettings } from "../../numerics/kernels/instantiate.ts";
import { modules } from "./bytes.ts";

/** Where A is not transposed a product may be computed in whole tiles of rows: A is readable, and C writable, up to the next multiple of this. */
export const TILE_ROWS = 4;

/**
 * The fixed kernels: matrix products and row operations on one memory, written in AssemblyScript (assembly/). All pointers
 * are byte addresses, multiples of 16, of contiguous row-major arrays with at least 16 readable bytes behind their end.
 * Nothing is checked: sizes, indices and addresses are the compiler's to get right. The modules own no memory of their own.
 */
export interface Kernels {
  /**
   * C[m, n] = op(A) op(B) in f32, op(A) of shape m x k (stored k x m when `transposeA` is 1), op(B) of shape k x n (stored n x k
   * when `transposeB` is 1). Overwrites C, which must not overlap A or B; k = 0 gives zeros. `scratch` is the address of
   * `gemmScratchBytes()` bytes that hold nothing between calls. Every entry sums its products in ascending k, 128 at a time
   * from zero, and adds these parts in order, whatever m and n: the bits are those of that plain loop (deterministic module).
   */
  gemm32(
    m: number,
    n: number,
    k: number,
    transposeA: 0 | 1,
    transposeB: 0 | 1,
    a: number,
    b: number,
    c: number,
    scratch: number,
  ): void;
  /** The same in f64. */
  gemm64: Kernels["gemm32"];
  /** Size of the packing area of both products. */
  gemmScratchBytes(): number;
  /** out[r, :] = table[indices[r], :] for r < rows; rows of `width` f32, indices i32. */
  gatherRows32(out: number, table: number, indices: number, rows: number, width: number): void;
  /** The same in f64. */
  gatherRows64: Kernels["gatherRows32"];
  /** out[indices[r], :] += values[r, :] for r = 0, 1, ... in this order; rows of `width` f32, indices i32. */
  scatterAddRows32(out: number, values: number, indices: number, rows: number, width: number): void;
  /** The same in f64. */
  scatterAddRows64: Kernels["scatterAddRows32"];
  /** The same from values in f32 to sums in f64. */
  scatterAddRowsWide: Kernels["scatterAddRows32"];
  /** Rounds `size` sums in f64 to f32. */
  roundSums(out: number, sums: number, size: number): void;
}

/** Binds the kernels to a memory. A module is compiled, once per thread, when one of its kernels is first asked for. */
export const instantiateKernels = (memory: WebAssembly.Memory, settings?: KernelSettings): Kernels =>
  instantiate<Kernels>(modules, memory, settings);

/** Whether this JavaScript engine accepts 128-bit vectors, without which no program can be compiled. */
export const kernelsAvailable = (): boolean => WebAssembly.validate(bytesOf(modules.gemm32, {}));

/** Whether this JavaScript engine accepts the relaxed module. */
export const relaxedKernelsAvailable = (): boolean => WebAssembly.validate(bytesOf(modules.gemm32, { relaxed: true }));

/** The module with the products of matrices of one width. */
export const productBytes = (name: "gemm32" | "gemm64", settings: Required<KernelSettings>): Uint8Array<ArrayBuffer> =>
  bytesOf(modules[name], settings);
