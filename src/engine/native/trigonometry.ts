/*
 * The reduction of sine and cosine, as in kernels/assembly. There it leaves three variables of the module; here a macro makes them
 * variables of the caller.
 */

/** Before the functions of elementary32. */
export const reduction32 = `
INLINE v128 nearest_quarter(v128 x) { return f64x2_add(f64x2_mul(x, f64x2_splat(0.6366197723675814)), f64x2_splat(6755399441055744)); }
INLINE v128 quarter_rest(v128 x, v128 shifted) {
  v128 q = f64x2_sub(shifted, f64x2_splat(6755399441055744));
  return f64x2_sub(f64x2_sub(x, f64x2_mul(q, f64x2_splat(1.5707963267341256))), f64x2_mul(q, f64x2_splat(6.077100506303966e-11)));
}
INLINE void reduce32(v128 x, v128 *high_, v128 *low_, v128 *quarter_) {
  vf32 high, low, all = (vf32)x;
  vi32 quarter;
  for (int half = 0; half < 2; half++) {
    hf32 part;
    copy(&part, (const char *)&all + half * VB / 2, VB / 2);
    v128 x = (v128)__builtin_convertvector(part, vf64), q = nearest_quarter(x);
    vf64 rest = (vf64)quarter_rest(x, q);
    hf32 h = __builtin_convertvector(rest, hf32);
    hf32 l = __builtin_convertvector(rest - __builtin_convertvector(h, vf64), hf32);
    hi32 k = __builtin_convertvector(q & 3, hi32);
    copy((char *)&high + half * VB / 2, &h, VB / 2);
    copy((char *)&low + half * VB / 2, &l, VB / 2);
    copy((char *)&quarter + half * VB / 2, &k, VB / 2);
  }
  v128 hard = f32x4_gt(f32x4_abs(x), f32x4_splat(1e6));
  if (any_bits(hard))
    for (int l = 0; l < VB / 4; l++)
      if (((vi32)hard)[l]) {
        quarter[l] = (int32_t)quarterTurns(all[l]);
        high[l] = (float)reducedHigh;
        low[l] = (float)(reducedHigh - (float)reducedHigh);
      }
  *high_ = (v128)high; *low_ = (v128)low; *quarter_ = (v128)quarter;
}
#define reduce(x) v128 high, low, quarter; reduce32(x, &high, &low, &quarter)
`;

/** Before the functions of elementary64. */
export const reduction64 = `
INLINE void reduce64(v128 x, v128 *high_, v128 *low_, v128 *quarter_) {
  v128 size = f64x2_abs(x), far = f64x2_gt(size, f64x2_splat(0.7853981633974483));
  v128 q = f64x2_floor(f64x2_add(f64x2_mul(x, f64x2_splat(0.6366197723675814)), f64x2_splat(0.5))) & far;
  v128 first = f64x2_sub(x, f64x2_mul(q, f64x2_splat(1.5707963267341256)));
  v128 second = f64x2_mul(q, f64x2_splat(6.077100506303966e-11));
  v128 difference = f64x2_sub(first, second), part = f64x2_sub(difference, first);
  v128 cut = f64x2_sub(f64x2_sub(first, f64x2_sub(difference, part)), f64x2_add(second, part));
  v128 rest = f64x2_sub(cut, f64x2_mul(q, f64x2_splat(2.0222662487959506e-21)));
  vf64 high = (vf64)f64x2_add(difference, rest);
  vf64 low = (vf64)f64x2_sub(rest, f64x2_sub((v128)high, difference));
  v128 close = f64x2_lt(f64x2_abs(difference), f64x2_splat(9.5367431640625e-7));
  v128 hard = f64x2_gt(size, f64x2_splat(1e5)) | (close & far);
  v128 quarter = f64x2_add(q, f64x2_splat(6755399441055744));
  if (any_bits(hard))
    for (int l = 0; l < VB / 8; l++)
      if (hard[l]) {
        quarter[l] = (int64_t)quarterTurns(((vf64)x)[l]);
        high[l] = reducedHigh;
        low[l] = reducedLow;
      }
  *high_ = (v128)high; *low_ = (v128)low; *quarter_ = quarter;
}
#undef reduce
#define reduce(x) v128 high, low, quarter; reduce64(x, &high, &low, &quarter)
`;
