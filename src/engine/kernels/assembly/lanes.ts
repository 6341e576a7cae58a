/** How many elements of type T a 128-bit vector holds. */
// @ts-ignore: decorator
@inline
export function lanes<T>(): i32 {
  return 16 / sizeof<T>();
}

/** sum + a b: two roundings in the deterministic module, one or two (the processor decides) in the relaxed one. */
// @ts-ignore: decorator
@inline
export function multiplyAdd<T>(sum: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, sum);
  return v128.add<T>(sum, v128.mul<T>(a, b));
}

/** Writes the first `count` lanes (at least one). */
export function storeLanes<T>(target: usize, vector: v128, count: i32): void {
  if (count >= lanes<T>()) {
    v128.store(target, vector);
  } else if (sizeof<T>() == 8) {
    v128.store64_lane(target, vector, 0);
  } else if (count == 1) {
    v128.store32_lane(target, vector, 0);
  } else {
    v128.store64_lane(target, vector, 0);
    if (count == 3) v128.store32_lane(target, vector, 2, 8);
  }
}
