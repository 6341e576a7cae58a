import { gemm } from "./gemm";

export { gemmScratchBytes } from "./gemm";

export function gemm32(
  m: i32, n: i32, k: i32, transposeA: i32, transposeB: i32, a: usize, b: usize, c: usize, scratch: usize,
): void {
  gemm<f32>(m, n, k, transposeA, transposeB, a, b, c, scratch);
}
