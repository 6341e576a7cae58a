import { multiplyAdd } from "./lanes";

/**
 * As many 128-bit multiply-adds as the processor takes: 14 independent chains x <- x + x x, two links an iteration, hence
 * 28 multiply-adds, 224 flops in f32 and 112 in f64, an iteration. 14 chains and one product fill the 15 vector registers
 * of V8 on x64. From -1/2 and the like they creep up to 0 and never meet a subnormal number.
 */
// @ts-ignore: decorator
@inline
function peak<T>(iterations: i32): T {
  let x0 = v128.splat<T>(-1.0 / 2);
  let x1 = v128.splat<T>(-1.0 / 3);
  let x2 = v128.splat<T>(-1.0 / 4);
  let x3 = v128.splat<T>(-1.0 / 5);
  let x4 = v128.splat<T>(-1.0 / 6);
  let x5 = v128.splat<T>(-1.0 / 7);
  let x6 = v128.splat<T>(-1.0 / 8);
  let x7 = v128.splat<T>(-1.0 / 9);
  let x8 = v128.splat<T>(-1.0 / 10);
  let x9 = v128.splat<T>(-1.0 / 11);
  let x10 = v128.splat<T>(-1.0 / 12);
  let x11 = v128.splat<T>(-1.0 / 13);
  let x12 = v128.splat<T>(-1.0 / 14);
  let x13 = v128.splat<T>(-1.0 / 15);
  for (let i = 0; i < iterations; i++) {
    x0 = multiplyAdd<T>(x0, x0, x0);
    x1 = multiplyAdd<T>(x1, x1, x1);
    x2 = multiplyAdd<T>(x2, x2, x2);
    x3 = multiplyAdd<T>(x3, x3, x3);
    x4 = multiplyAdd<T>(x4, x4, x4);
    x5 = multiplyAdd<T>(x5, x5, x5);
    x6 = multiplyAdd<T>(x6, x6, x6);
    x7 = multiplyAdd<T>(x7, x7, x7);
    x8 = multiplyAdd<T>(x8, x8, x8);
    x9 = multiplyAdd<T>(x9, x9, x9);
    x10 = multiplyAdd<T>(x10, x10, x10);
    x11 = multiplyAdd<T>(x11, x11, x11);
    x12 = multiplyAdd<T>(x12, x12, x12);
    x13 = multiplyAdd<T>(x13, x13, x13);
    x0 = multiplyAdd<T>(x0, x0, x0);
    x1 = multiplyAdd<T>(x1, x1, x1);
    x2 = multiplyAdd<T>(x2, x2, x2);
    x3 = multiplyAdd<T>(x3, x3, x3);
    x4 = multiplyAdd<T>(x4, x4, x4);
    x5 = multiplyAdd<T>(x5, x5, x5);
    x6 = multiplyAdd<T>(x6, x6, x6);
    x7 = multiplyAdd<T>(x7, x7, x7);
    x8 = multiplyAdd<T>(x8, x8, x8);
    x9 = multiplyAdd<T>(x9, x9, x9);
    x10 = multiplyAdd<T>(x10, x10, x10);
    x11 = multiplyAdd<T>(x11, x11, x11);
    x12 = multiplyAdd<T>(x12, x12, x12);
    x13 = multiplyAdd<T>(x13, x13, x13);
  }
  x0 = v128.add<T>(x0, x1);
  x0 = v128.add<T>(x0, x2);
  x0 = v128.add<T>(x0, x3);
  x0 = v128.add<T>(x0, x4);
  x0 = v128.add<T>(x0, x5);
  x0 = v128.add<T>(x0, x6);
  x0 = v128.add<T>(x0, x7);
  x0 = v128.add<T>(x0, x8);
  x0 = v128.add<T>(x0, x9);
  x0 = v128.add<T>(x0, x10);
  x0 = v128.add<T>(x0, x11);
  x0 = v128.add<T>(x0, x12);
  x0 = v128.add<T>(x0, x13);
  return v128.extract_lane<T>(x0, 0);
}

/** 224 flops an iteration; returns the sum of the chains. */
export function peak32(iterations: i32): f32 {
  return peak<f32>(iterations);
}

/** 112 flops an iteration; returns the sum of the chains. */
export function peak64(iterations: i32): f64 {
  return peak<f64>(iterations);
}
