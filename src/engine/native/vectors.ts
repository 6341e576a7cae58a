/*
 * C for vectors of the width that the processor has, in the extensions that GCC and Clang share. Lanes are computed apart from each other,
 * without fused multiply-adds: whatever the width, each entry has the bits that it has in WebAssembly.
 */

/** Types and operations on vectors; the names f32x4_add and so on are those of WebAssembly, here for as many lanes as there are. */
export const vectors = `
typedef __INT32_TYPE__ int32_t; typedef __UINT32_TYPE__ uint32_t; typedef __INT64_TYPE__ int64_t; typedef __UINT64_TYPE__ uint64_t;
#if defined(__AVX512F__) && defined(__AVX512VL__) && defined(__AVX512DQ__)
#define VB 64
#elif defined(__AVX2__)
#define VB 32
#else
#define VB 16
#endif
#define VECTOR(type, bytes) type __attribute__((vector_size(bytes)))
#define LOOSE(type, bytes) type __attribute__((vector_size(bytes), aligned(4), may_alias))
typedef VECTOR(int64_t, VB) v128;
typedef VECTOR(uint64_t, VB) vu64; typedef VECTOR(int32_t, VB) vi32; typedef VECTOR(uint32_t, VB) vu32;
typedef VECTOR(float, VB) vf32; typedef VECTOR(double, VB) vf64;
typedef VECTOR(float, VB / 2) hf32; typedef VECTOR(int32_t, VB / 2) hi32;
typedef LOOSE(float, VB) lf32; typedef LOOSE(double, VB) lf64; typedef LOOSE(int32_t, VB) li32; typedef LOOSE(int32_t, VB / 2) lhi32; typedef LOOSE(float, VB / 2) lhf32;
typedef VECTOR(float, 16) qf32; typedef VECTOR(double, 16) qf64; typedef VECTOR(int32_t, 16) qi32; typedef VECTOR(int64_t, 16) qi64;
typedef VECTOR(double, 32) wf64; typedef LOOSE(float, 16) lqf32; typedef LOOSE(double, 16) lqf64; typedef LOOSE(double, 32) lwf64;
typedef float af32 __attribute__((may_alias)); typedef double af64 __attribute__((may_alias, aligned(4)));
typedef int32_t ai32 __attribute__((may_alias));
#define INLINE static inline __attribute__((always_inline))
/* Compiled once, not at each of its uses: for whole functions the call is little. */
#define ONCE __attribute__((noinline, unused))
#define copy __builtin_memcpy
#define Infinity __builtin_inf()
#define NaN __builtin_nan("")
INLINE uint64_t as_u64(double x) { uint64_t r; copy(&r, &x, 8); return r; }
INLINE double as_f64(uint64_t x) { double r; copy(&r, &x, 8); return r; }
INLINE uint64_t clz(uint64_t x) { return (uint64_t)__builtin_clzll(x); }
INLINE int any_bits(v128 m) {
  uint64_t some = 0;
  for (int i = 0; i < VB / 8; i++) some |= (uint64_t)m[i];
  return some != 0;
}
#define FAST_BUILTINS (VB == 64 && !defined(__clang__))
#if defined(__clang__) || __GNUC__ >= 12
#define SHUFFLES 1
#define MIX(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define SHUFFLES 0
#define MIX(a, b, ...) __builtin_shuffle(a, b, (vmask){__VA_ARGS__})
#endif
INLINE vf32 floor_f32(vf32 x) {
#if FAST_BUILTINS
  return __builtin_ia32_rndscaleps_mask(x, 1, x, (short)-1, 4);
#else
  vf32 r;
  for (int i = 0; i < VB / 4; i++) r[i] = __builtin_floorf(x[i]);
  return r;
#endif
}
INLINE vf64 floor_f64(vf64 x) {
#if FAST_BUILTINS
  return __builtin_ia32_rndscalepd_mask(x, 1, x, (char)-1, 4);
#else
  vf64 r;
  for (int i = 0; i < VB / 8; i++) r[i] = __builtin_floor(x[i]);
  return r;
#endif
}
INLINE vf32 sqrt_f32(vf32 x) {
#if FAST_BUILTINS
  return __builtin_ia32_sqrtps512_mask(x, x, (short)-1, 4);
#else
  vf32 r;
  for (int i = 0; i < VB / 4; i++) r[i] = __builtin_sqrtf(x[i]);
  return r;
#endif
}
INLINE vf64 sqrt_f64(vf64 x) {
#if FAST_BUILTINS
  return __builtin_ia32_sqrtpd512_mask(x, x, (char)-1, 4);
#else
  vf64 r;
  for (int i = 0; i < VB / 8; i++) r[i] = __builtin_sqrt(x[i]);
  return r;
#endif
}
#define v128_and(a, b) ((a) & (b))
#define v128_or(a, b) ((a) | (b))
#define v128_xor(a, b) ((a) ^ (b))
#define v128_andnot(a, b) ((a) & ~(b))
INLINE v128 v128_bitselect(v128 a, v128 b, v128 c) { return (c & a) | (~c & b); }
#define v128_any_true any_bits
#define f32x4_splat(x) ((v128)((float)(x) - (vf32){}))
#define f64x2_splat(x) ((v128)((double)(x) - (vf64){}))
#define i32x4_splat(x) ((v128)((vi32){} + (int32_t)(x)))
#define i64x2_splat(x) ((v128){} + (int64_t)(x))
#define f32x4_add(a, b) ((v128)((vf32)(a) + (vf32)(b)))
#define f32x4_sub(a, b) ((v128)((vf32)(a) - (vf32)(b)))
#define f32x4_mul(a, b) ((v128)((vf32)(a) * (vf32)(b)))
#define f32x4_div(a, b) ((v128)((vf32)(a) / (vf32)(b)))
#define f32x4_gt(a, b) ((v128)((vf32)(a) > (vf32)(b)))
#define f32x4_ge(a, b) ((v128)((vf32)(a) >= (vf32)(b)))
#define f32x4_lt(a, b) ((v128)((vf32)(a) < (vf32)(b)))
#define f32x4_eq(a, b) ((v128)((vf32)(a) == (vf32)(b)))
#define f32x4_floor(a) ((v128)floor_f32((vf32)(a)))
#define f32x4_abs(a) ((a) & i32x4_splat(0x7fffffff))
#define f32x4_convert_i32x4_s(a) ((v128)__builtin_convertvector((vi32)(a), vf32))
INLINE v128 f32x4_pmin(v128 a, v128 b) { return v128_bitselect(b, a, f32x4_lt(b, a)); }
INLINE v128 f32x4_pmax(v128 a, v128 b) { return v128_bitselect(b, a, f32x4_lt(a, b)); }
#define i32x4_shl(a, n) ((v128)((vi32)(a) << (n)))
#define i32x4_shr_u(a, n) ((v128)((vu32)(a) >> (n)))
#define i32x4_add(a, b) ((v128)((vi32)(a) + (vi32)(b)))
#define i32x4_sub(a, b) ((v128)((vi32)(a) - (vi32)(b)))
#define i32x4_all_true(a) (!any_bits((v128)((vi32)(a) == (vi32){})))
#define f64x2_add(a, b) ((v128)((vf64)(a) + (vf64)(b)))
#define f64x2_sub(a, b) ((v128)((vf64)(a) - (vf64)(b)))
#define f64x2_mul(a, b) ((v128)((vf64)(a) * (vf64)(b)))
#define f64x2_div(a, b) ((v128)((vf64)(a) / (vf64)(b)))
#define f64x2_neg(a) ((v128)(-(vf64)(a)))
#define f64x2_gt(a, b) ((v128)((vf64)(a) > (vf64)(b)))
#define f64x2_ge(a, b) ((v128)((vf64)(a) >= (vf64)(b)))
#define f64x2_lt(a, b) ((v128)((vf64)(a) < (vf64)(b)))
#define f64x2_eq(a, b) ((v128)((vf64)(a) == (vf64)(b)))
#define f64x2_floor(a) ((v128)floor_f64((vf64)(a)))
#define f64x2_sqrt(a) ((v128)sqrt_f64((vf64)(a)))
#define f64x2_abs(a) ((a) & i64x2_splat(0x7fffffffffffffff))
INLINE v128 f64x2_pmin(v128 a, v128 b) { return v128_bitselect(b, a, f64x2_lt(b, a)); }
INLINE v128 f64x2_pmax(v128 a, v128 b) { return v128_bitselect(b, a, f64x2_lt(a, b)); }
#define i64x2_shl(a, n) ((a) << (n))
#define i64x2_shr_u(a, n) ((v128)((vu64)(a) >> (n)))
#define i64x2_add(a, b) ((a) + (b))
#define i64x2_sub(a, b) ((a) - (b))
#define i64x2_all_true(a) (!any_bits((a) == (v128){}))
`;

/** The real numbers of a program under one set of names: `LN` lanes are those of a vector in WebAssembly, in which sums are taken. */
export const reals = {
  f32: `
typedef float real; typedef af32 areal; typedef vf32 vreal; typedef lf32 lreal; typedef vi32 vmask; typedef vi32 vindex; typedef li32 lindex;
typedef qf32 qreal; typedef lqf32 lqreal; typedef qi32 qmask;
#define LN 4
#define LN_IS_4 1
#define SQRT sqrt_f32
#define SIGN ((vmask){} + (int32_t)0x80000000)
#define STORE_MASK __builtin_ia32_storeups512_mask
typedef short lanemask;
`,
  f64: `
typedef double real; typedef af64 areal; typedef vf64 vreal; typedef lf64 lreal; typedef v128 vmask; typedef hi32 vindex; typedef lhi32 lindex;
typedef qf64 qreal; typedef lqf64 lqreal; typedef qi64 qmask;
#define LN 2
#define LN_IS_4 0
#define SQRT sqrt_f64
#define SIGN ((vmask){} + (int64_t)0x8000000000000000)
#define STORE_MASK __builtin_ia32_storeupd512_mask
typedef char lanemask;
`,
} as const;

/** What the loops of regions are made of. */
export const loops = `
#define RB ((long)sizeof(real))
#define RL (VB / RB)
/* Minus zero keeps the sign of a zero. */
#define ALL(x) ((real)(x) - (vreal){})
#define LOAD(p) (*(const lreal *)(p))
#define SPLAT(p) ALL(*(const areal *)(p))
#define PICK(c, a, b) ((vreal)(((c) & (vmask)(a)) | (~(c) & (vmask)(b))))
/* As in WebAssembly: what is not a number stays visible, and +0 is more than -0. */
#define MORE(v, m, a, b) ({ v a_ = (a), b_ = (b); m g_ = a_ > b_, e_ = a_ == b_, n_ = (a_ != a_) | (b_ != b_); \\
  m r_ = (g_ & (m)a_) | (~g_ & (m)b_); r_ = (e_ & (m)a_ & (m)b_) | (~e_ & r_); (v)((n_ & (m)(a_ + b_)) | (~n_ & r_)); })
#define LESS(v, m, a, b) ({ v a_ = (a), b_ = (b); m g_ = a_ < b_, e_ = a_ == b_, n_ = (a_ != a_) | (b_ != b_); \\
  m r_ = (g_ & (m)a_) | (~g_ & (m)b_); r_ = (e_ & ((m)a_ | (m)b_)) | (~e_ & r_); (v)((n_ & (m)(a_ + b_)) | (~n_ & r_)); })
INLINE vreal maximum(vreal a, vreal b) { return MORE(vreal, vmask, a, b); }
INLINE vreal minimum(vreal a, vreal b) { return LESS(vreal, vmask, a, b); }
/* With a constant that is neither zero nor not-a-number; with +0, which takes the sign off a zero. */
INLINE vreal most_of(vreal x, vreal c) { return PICK(x < c, c, x); }
INLINE vreal least_of(vreal x, vreal c) { return PICK(c < x, c, x); }
INLINE vreal most_of_zero(vreal x) { return PICK(x < (vreal){}, (vreal){}, x) + ALL(0); }
INLINE real real_more(real a, real b) { qreal r = MORE(qreal, qmask, a - (qreal){}, b - (qreal){}); return r[0]; }
INLINE qreal lanes_more(qreal a, qreal b) { return MORE(qreal, qmask, a, b); }
INLINE void put(char *p, vreal v, int count) {
#if FAST_BUILTINS
  if (__builtin_constant_p(count) && count == RL) *(lreal *)p = v;
  else STORE_MASK((void *)p, v, (lanemask)((1 << count) - 1));
#else
  if (count == RL) *(lreal *)p = v;
  else copy(p, &v, (unsigned long)count * sizeof(real));
#endif
}
INLINE void put_apart(char *p, long stride, vreal v, int count) { for (int l = 0; l < count; l++) *(areal *)(p + l * stride) = v[l]; }
INLINE vreal load_apart(const char *p, long stride, int count) {
  vreal v = {};
  for (int l = 0; l < count; l++) v[l] = *(const areal *)(p + l * stride);
  return v;
}
INLINE vindex index_apart(const char *p, long stride, int count) {
  vindex v = {};
  for (int l = 0; l < count; l++) v[l] = *(const ai32 *)(p + l * stride);
  return v;
}
INLINE vreal lookup(const char *p, vindex rows, long row, long stride, int count) {
  vreal v = {};
  for (int l = 0; l < count; l++) v[l] = *(const areal *)(p + rows[l] * row + l * stride);
  return v;
}
INLINE vindex lookup_index(const char *p, vindex rows, long row, long stride, int count) {
  vindex v = {};
  for (int l = 0; l < count; l++) v[l] = *(const ai32 *)(p + rows[l] * row + l * stride);
  return v;
}
INLINE void add_row(char *to, const char *from, long width) {
  long j = 0;
  for (; j + RL <= width; j += RL) *(lreal *)(to + j * RB) = LOAD(to + j * RB) + LOAD(from + j * RB);
  for (; j < width; j++) ((areal *)to)[j] += ((const areal *)from)[j];
}
INLINE void put_index(char *p, long stride, vindex v, int count) { for (int l = 0; l < count; l++) *(ai32 *)(p + l * stride) = v[l]; }
INLINE qreal quarter_of(vreal v, int q) { qreal r; copy(&r, (const char *)&v + 16 * q, 16); return r; }
/* The lanes that count. */
INLINE vmask lanes_below(int count) { vmask m = {}; for (int l = 0; l < RL; l++) m[l] = l; return m < (vmask){} + count; }
/* Folds go on in as many lanes as a vector of WebAssembly has, whatever the width here; lanes that do not count are neutral. */
INLINE qreal fold_sum(qreal sum, vreal v, vmask live) {
  v = (vreal)((vmask)v & live);
  for (int q = 0; q < RL / LN; q++) sum += quarter_of(v, q);
  return sum;
}
INLINE qreal fold_max(qreal most, vreal v, vmask live) {
  v = PICK(live, v, ALL(-Infinity));
  for (int q = 0; q < RL / LN; q++) most = lanes_more(most, quarter_of(v, q));
  return most;
}
/* Four such sums, side by side in the parts of a vector that has four: each takes in its quarters one after the other, as alone. */
#define FOUR_IN_ONE (SHUFFLES && VB == 64)
#if FOUR_IN_ONE
typedef vreal four;
#define PARTS(a, b, i, j, k, l) \
  ((vreal)MIX((v128)(a), (v128)(b), 2 * i, 2 * i + 1, 2 * j, 2 * j + 1, 2 * k, 2 * k + 1, 2 * l, 2 * l + 1))
INLINE four fold_four(four sums, vreal a, vreal b, vreal c, vreal d, int count) {
  if (count != RL) {
    const vmask live = lanes_below(count);
    a = (vreal)((vmask)a & live); b = (vreal)((vmask)b & live); c = (vreal)((vmask)c & live); d = (vreal)((vmask)d & live);
  }
  const vreal ab = PARTS(a, b, 0, 1, 4, 5), cd = PARTS(c, d, 0, 1, 4, 5);
  const vreal ab2 = PARTS(a, b, 2, 3, 6, 7), cd2 = PARTS(c, d, 2, 3, 6, 7);
  sums += PARTS(ab, cd, 0, 2, 4, 6);
  sums += PARTS(ab, cd, 1, 3, 5, 7);
  sums += PARTS(ab2, cd2, 0, 2, 4, 6);
  return sums + PARTS(ab2, cd2, 1, 3, 5, 7);
}
INLINE qreal of_four(four sums, int i) { return quarter_of(sums, i); }
#else
typedef struct { qreal each[4]; } four;
INLINE four fold_four(four sums, vreal a, vreal b, vreal c, vreal d, int count) {
  const vmask live = lanes_below(count);
  return (four){ { fold_sum(sums.each[0], a, live), fold_sum(sums.each[1], b, live), fold_sum(sums.each[2], c, live), fold_sum(sums.each[3], d, live) } };
}
INLINE qreal of_four(four sums, int i) { return sums.each[i]; }
#endif
/* Within each part of 16 bytes: the lower, or the upper, of two times four or two entries in turn. */
#define IN_PARTS(a, b, i, j, k, l) MIX(a, b, i, j, k, l, 4 + i, 4 + j, 4 + k, 4 + l, 8 + i, 8 + j, 8 + k, 8 + l, 12 + i, 12 + j, 12 + k, 12 + l)
#define LOWER(a, b) IN_PARTS(a, b, 0, 16, 1, 17)
#define UPPER(a, b) IN_PARTS(a, b, 2, 18, 3, 19)
#define LOWER8(a, b) MIX(a, b, 0, 8, 2, 10, 4, 12, 6, 14)
#define UPPER8(a, b) MIX(a, b, 1, 9, 3, 11, 5, 13, 7, 15)
/* Of rows that lie so many bytes apart the first entries, one vector for each entry. */
INLINE void lookup_rows(vreal *entries, const char *p, vindex rows, long row, int width, int count) {
#if SHUFFLES && VB == 64 && LN_IS_4
  if (count != RL) rows &= lanes_below(count);
  int32_t at[RL];
  copy(at, &rows, VB);
  vreal quad[2][4];
#pragma GCC unroll 8
  for (int h = 0; h < 2; h++) {
    vreal r[4];
#pragma GCC unroll 8
    for (int l = 0; l < 4; l++) {
      /* Eight entries each of two rows; what lies behind the last one is never used. */
      const lhf32 *const one = (const lhf32 *)(p + at[8 * h + l] * row), *const two = (const lhf32 *)(p + at[8 * h + 4 + l] * row);
      r[l] = MIX((hf32)*one, (hf32)*two, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }
    const vf64 a = (vf64)LOWER(r[0], r[1]), b = (vf64)LOWER(r[2], r[3]), c = (vf64)UPPER(r[0], r[1]), d = (vf64)UPPER(r[2], r[3]);
    quad[h][0] = (vreal)LOWER8(a, b); quad[h][1] = (vreal)UPPER8(a, b); quad[h][2] = (vreal)LOWER8(c, d); quad[h][3] = (vreal)UPPER8(c, d);
  }
#pragma GCC unroll 8
  for (int e = 0; e < width; e++)
    entries[e] = e < 4 ? PARTS(quad[0][e], quad[1][e], 0, 2, 4, 6) : PARTS(quad[0][e - 4], quad[1][e - 4], 1, 3, 5, 7);
#else
  for (int e = 0; e < width; e++) entries[e] = lookup(p + e * RB, rows, row, 0, count);
#endif
}
#if LN_IS_4
INLINE real total_sum(qreal s) { return (s[0] + s[1]) + (s[2] + s[3]); }
INLINE real total_max(qreal s) { return real_more(real_more(s[0], s[1]), real_more(s[2], s[3])); }
/* Sums of many go on in f64. */
INLINE wf64 wide_add(wf64 sum, qreal s) { return sum + __builtin_convertvector(s, wf64); }
#if FOUR_IN_ONE
typedef struct { vf64 low, high; } wide_four;
INLINE wide_four wide_add_four(wide_four w, four s) {
  hf32 low, high;
  copy(&low, &s, VB / 2); copy(&high, (const char *)&s + VB / 2, VB / 2);
  return (wide_four){ w.low + __builtin_convertvector(low, vf64), w.high + __builtin_convertvector(high, vf64) };
}
INLINE wf64 of_wide(wide_four w, int i) { wf64 r; copy(&r, (const char *)&w + 32 * i, 32); return r; }
#else
typedef struct { wf64 each[4]; } wide_four;
INLINE wide_four wide_add_four(wide_four w, four s) {
  return (wide_four){ { wide_add(w.each[0], s.each[0]), wide_add(w.each[1], s.each[1]), wide_add(w.each[2], s.each[2]), wide_add(w.each[3], s.each[3]) } };
}
INLINE wf64 of_wide(wide_four w, int i) { return w.each[i]; }
#endif
INLINE double wide_total(wf64 s) { return (s[0] + s[2]) + (s[1] + s[3]); }
INLINE void add_wide(char *p, long stride, vreal v, int count) {
  if (stride == 8 && count == RL)
    for (int q = 0; q < RL / 4; q++) { lwf64 *to = (lwf64 *)(p + 32 * q); *to = wide_add((wf64)*to, quarter_of(v, q)); }
  else for (int l = 0; l < count; l++) *(af64 *)(p + l * stride) += (double)v[l];
}
INLINE void add_row_wide(char *to, const char *from, long width) {
  long j = 0;
  for (; j + RL <= width; j += RL) add_wide(to + j * 8, 8, LOAD(from + j * RB), RL);
  for (; j < width; j++) ((af64 *)to)[j] += (double)((const areal *)from)[j];
}
INLINE void round_sums(char *out, const char *sums, long size) {
  for (long i = 0; i < size; i++) ((af32 *)out)[i] = (float)((const af64 *)sums)[i];
}
#else
INLINE real total_sum(qreal s) { return s[0] + s[1]; }
INLINE real total_max(qreal s) { return real_more(s[0], s[1]); }
#endif
`;
