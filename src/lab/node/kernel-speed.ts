import { instantiateKernels, type Kernels, productBytes } from "../../engine/kernels/kernels.ts";
import { peakKernels } from "../../engine/kernels/peak.ts";
import type { FastModeName } from "../fast-modes.ts";
import { fastModes } from "./fast-modes.ts";

/** GFLOP/s of one core. */
export interface Speed {
  readonly f32: number;
  readonly f64: number;
}

/** Rows and columns of the matrices that are multiplied. */
const PRODUCT_SIZE = 256;

const PAGE = 65536;

/** Speed of the loop of independent 128-bit multiplications and additions: no product of the deterministic mode can be faster. */
export const ceilingSpeed = (): Speed => {
  const { peak32, peak64 } = peakKernels();
  return { f32: bestSpeed(() => peak32(4096), 224 * 4096), f64: bestSpeed(() => peak64(4096), 112 * 4096) };
};

/** Speed of products of two square matrices. Rejects with a LandauError of kind "input" for a mode that is not there. */
export const productSpeed = async (names: readonly FastModeName[]): Promise<Speed> => {
  const { relaxed = false, replaceKernels } = await fastModes(names);
  const scratch = PAGE;
  const a = scratch + instantiateKernels(new WebAssembly.Memory({ initial: 1 })).gemmScratchBytes();
  const bytes = PRODUCT_SIZE * PRODUCT_SIZE * 8 + PAGE;
  const pages = Math.ceil((a + 3 * bytes) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const own = names.includes("revectorize") ? compiledAnew(memory, relaxed) : instantiateKernels(memory, { relaxed });
  const { gemm32, gemm64 } = { ...own, ...replaceKernels?.(memory, own) };
  const n = PRODUCT_SIZE;
  const multiply = (gemm: Kernels["gemm32"]) => () => gemm(n, n, n, 0, 0, a, a + bytes, a + 2 * bytes, scratch);
  return { f32: bestSpeed(multiply(gemm32), 2 * n * n * n), f64: bestSpeed(multiply(gemm64), 2 * n * n * n) };
};

/** V8 shares machine code between modules of equal bytes. Here it has to compile with the flags of now: an empty section named "r" makes the bytes others. */
const compiledAnew = (memory: WebAssembly.Memory, relaxed: boolean): Kernels => {
  const exportsOf = (name: "gemm32" | "gemm64") =>
    new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(...productBytes(name, { relaxed }), 0, 2, 1, 0x72)), {
      env: { memory },
    }).exports;
  return { ...exportsOf("gemm32"), ...exportsOf("gemm64") } as unknown as Kernels;
};

const LEAST = 250;
const MOST = 700;

/** The fastest of many calls, once compiled code is no longer replaced by better: milliseconds lie between `LEAST` and `MOST`. */
const bestSpeed = (run: () => unknown, flops: number): number => {
  const from = performance.now();
  let [best, bestAt, now] = [Number.POSITIVE_INFINITY, from, from];
  while (now - from < LEAST || (now - bestAt < LEAST / 2 && now - from < MOST)) {
    const start = now;
    run();
    now = performance.now();
    if (now - start < 0.98 * best) bestAt = now;
    best = Math.min(best, now - start);
  }
  return flops / best / 1e6;
};
