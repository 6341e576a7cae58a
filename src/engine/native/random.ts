/** The draws of kernels/assembly/random.ts, from a block on: a block for each lane, two draws a block. Needs the functions of series64. */
export const random = `
#define BLOCKS (VB / 4)
INLINE void philox(uint32_t block, uint32_t low, uint32_t high, uint32_t step, uint32_t chain, uint32_t purpose, uint32_t words[4][BLOCKS]) {
  uint32_t *c0 = words[0], *c1 = words[1], *c2 = words[2], *c3 = words[3];
  for (int l = 0; l < BLOCKS; l++) { c0[l] = block + (uint32_t)l; c1[l] = step; c2[l] = chain; c3[l] = purpose; }
  for (int round = 0; round < 10; round++) {
    for (int l = 0; l < BLOCKS; l++) {
      uint64_t first = (uint64_t)c0[l] * 0xd2511f53u, second = (uint64_t)c2[l] * 0xcd9e8d57u;
      c0[l] = (uint32_t)(second >> 32) ^ c1[l] ^ low;
      c1[l] = (uint32_t)second;
      c2[l] = (uint32_t)(first >> 32) ^ c3[l] ^ high;
      c3[l] = (uint32_t)first;
    }
    low += 0x9e3779b9u;
    high += 0xbb67ae85u;
  }
}
INLINE v128 unit(const uint32_t *upper, const uint32_t *lower) {
  vf64 u = {}, l = {};
  for (int i = 0; i < VB / 8; i++) { u[i] = (double)(int32_t)(upper[i] >> 5); l[i] = (double)(int32_t)(lower[i] >> 6); }
  return (v128)((u * 67108864.0 + l) * 1.1102230246251565e-16);
}
static void draws(char *out, int32_t count, int normal, uint32_t low, uint32_t high, uint32_t step, uint32_t chain, uint32_t purpose, uint32_t block) {
  uint32_t words[4][BLOCKS];
  for (; count > 0; block += BLOCKS, count -= 2 * BLOCKS) {
    philox(block, low, high, step, chain, purpose, words);
    for (int half = 0; half < 2; half++) {
      int from = half * VB / 8, left = count - 2 * from;
      v128 first = unit(words[0] + from, words[1] + from), second = unit(words[2] + from, words[3] + from);
      if (normal) {
        v128 radius = f64x2_sqrt(f64x2_mul(f64x2_splat(-2), normalLog64(f64x2_sub(f64x2_splat(1), first), f64x2_splat(EXPONENT_SHIFT))));
        v128 turns = f64x2_mul(f64x2_splat(4), second), quarter = f64x2_floor(f64x2_add(turns, f64x2_splat(0.5)));
        v128 rest = f64x2_mul(f64x2_sub(turns, quarter), f64x2_splat(1.5707963267948966));
        v128 c = f64x2_mul(radius, cosineSeries64(rest, f64x2_splat(0))), s = f64x2_mul(radius, sineSeries64(rest, f64x2_splat(0)));
        v128 bits = f64x2_add(quarter, f64x2_splat(4503599627370496));
        v128 odd = (v128){} - (bits & 1), flipped = (bits & 2) << 62;
        first = v128_bitselect(f64x2_neg(s), c, odd) ^ flipped;
        second = v128_bitselect(c, s, odd) ^ flipped;
      }
      vf64 a = (vf64)first, b = (vf64)second;
      for (int l = 0; l < VB / 8; l++)
        for (int each = 0; each < 2; each++)
          if (2 * l + each < left) {
            real value = (real)(each ? b[l] : a[l]);
#if LN_IS_4
            if (!normal && 0.999999940395355225f < value) value = 0.999999940395355225f;
#endif
            ((areal *)out)[2 * (from + l) + each] = value;
          }
    }
    out += 2 * BLOCKS * sizeof(real);
  }
}
`;
