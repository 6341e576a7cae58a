import { instantiate } from "../../numerics/kernels/instantiate.ts";
import { peak } from "./bytes.ts";

/** Loops that show what speed a product of matrices could have. */
export interface PeakKernels {
  /** A loop of independent 128-bit multiply-adds in f32, 224 flops an iteration: its speed is the ceiling of `gemm32`. */
  peak32(iterations: number): number;
  /** The same in f64, 112 flops an iteration. */
  peak64(iterations: number): number;
}

export const peakKernels = (): PeakKernels =>
  instantiate<PeakKernels>({ peak }, new WebAssembly.Memory({ initial: 1 }));
