/**
 * Sets reducedHigh + reducedLow to x - q pi / 2, for q the integer next to x / (pi / 2), right to more than 100 bits (the second
 * is at most half a last bit of the first), and returns q modulo 4. For every finite |x| > 1/2; leaves not-a-number for an
 * infinite one.
 *
 * x = m 2^e with a 53-bit integer m. Bits of 2 / pi worth 2^(2 - e) or more make multiples of four quarter turns, and bits from
 * 2^(-254 - e) down are beyond what counts, so that m times a window of 256 bits, modulo 2^256, holds the quarter (two bits) and
 * its fraction (Payne and Hanek, SIGNUM Newsletter 18 (1983) 19, doi:10.1145/1057600.1057602).
 */
export function quarterTurns(x: f64): u64 {
  if (x - x != 0) {
    reducedHigh = NaN;
    return 0;
  }
  const bits = reinterpret<u64>(x);
  const m: u64 = (bits & 0xfffffffffffff) | 0x10000000000000;
  const start = <i32>((bits >> 52) & 0x7ff) - 1077;
  let p3 = m * window(start + 192);
  let carry = highProduct(m, window(start + 192));
  const l2 = m * window(start + 128);
  let p2 = l2 + carry;
  carry = highProduct(m, window(start + 128)) + u64(p2 < l2);
  const l1 = m * window(start + 64);
  let p1 = l1 + carry;
  carry = highProduct(m, window(start + 64)) + u64(p1 < l1);
  let p0 = m * window(start) + carry;

  let q = p0 >> 62;
  // The fraction alone, left-aligned: at least a half means the next quarter is nearer.
  p0 = (p0 << 2) | (p1 >> 62);
  p1 = (p1 << 2) | (p2 >> 62);
  p2 = (p2 << 2) | (p3 >> 62);
  p3 = p3 << 2;
  let negative = bits >> 63;
  if (p0 >> 63) {
    q++;
    negative ^= 1;
    // One less the fraction; the last bit does not count.
    p0 = ~p0;
    p1 = ~p1;
    p2 = ~p2;
    p3 = ~p3;
  }
  if (bits >> 63) q = 4 - q;
  // No float64 comes closer to a multiple of pi / 2 than 2^-62, so that p0 or p1 has a bit.
  let zeros: u64 = 0;
  if (!p0) {
    zeros = 64;
    p0 = p1;
    p1 = p2;
    p2 = p3;
  }
  const gap = clz(p0);
  if (gap) {
    p0 = (p0 << gap) | (p1 >> (64 - gap));
    p1 = (p1 << gap) | (p2 >> (64 - gap));
  }
  zeros += gap;

  // Times pi / 4 in 128 bits.
  const low = HALF_PI_0 * p0;
  const first = highProduct(HALF_PI_0, p1);
  const second = highProduct(HALF_PI_1, p0);
  let r1 = low + first;
  let r0 = highProduct(HALF_PI_0, p0) + u64(r1 < low);
  r1 += second;
  r0 += u64(r1 < second);
  if (!(r0 >> 63)) {
    r0 = (r0 << 1) | (r1 >> 63);
    r1 <<= 1;
    zeros++;
  }
  // 53 bits rounded to nearest, and the signed rest.
  const unit = reinterpret<f64>(((1023 - 52 - zeros) << 52) | (negative << 63));
  reducedHigh = <f64>((r0 >> 11) + ((r0 >> 10) & 1)) * unit;
  reducedLow = <f64>(<i64>((r0 << 53) | (r1 >> 11))) * unit * 5.421010862427522e-20;
  return q & 3;
}

export let reducedHigh: f64 = 0;
export let reducedLow: f64 = 0;

/** pi / 4 2^128 */
const HALF_PI_0: u64 = 0xc90fdaa22168c234;
const HALF_PI_1: u64 = 0xc4c6628b80dc1cd1;

/** The upper half of the 128-bit product. */
// @ts-ignore: decorator
@inline
function highProduct(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff, a1 = a >> 32, b0 = b & 0xffffffff, b1 = b >> 32;
  const middle = a1 * b0 + ((a0 * b0) >> 32);
  return a1 * b1 + (middle >> 32) + (((middle & 0xffffffff) + a0 * b1) >> 32);
}

/** Bits start to start + 63 after the point of 2 / pi, -128 < start. */
function window(start: i32): u64 {
  const index = start >> 6;
  const shift = <u64>(start & 63);
  const word = twoOverPi(index) << shift;
  return shift ? word | (twoOverPi(index + 1) >> (64 - shift)) : word;
}

/** 2 / pi in words of 64 bits after the point; a function because the module has no memory of its own. */
function twoOverPi(word: i32): u64 {
  switch (word) {
    case 0: return 0xa2f9836e4e441529;
    case 1: return 0xfc2757d1f534ddc0;
    case 2: return 0xdb6295993c439041;
    case 3: return 0xfe5163abdebbc561;
    case 4: return 0xb7246e3a424dd2e0;
    case 5: return 0x06492eea09d1921c;
    case 6: return 0xfe1deb1cb129a73e;
    case 7: return 0xe88235f52ebb4484;
    case 8: return 0xe99c7026b45f7e41;
    case 9: return 0x3991d639835339f4;
    case 10: return 0x9c845f8bbdf9283b;
    case 11: return 0x1ff897ffde05980f;
    case 12: return 0xef2f118b5a0a6d1f;
    case 13: return 0x6d367ecf27cb09b7;
    case 14: return 0x4f463f669e5fea2d;
    case 15: return 0x7527bac7ebe5f17b;
    case 16: return 0x3d0739f78a5292ea;
    case 17: return 0x6bfb5fb11f8d5d08;
    case 18: return 0x56033046fc7b6bab;
    case 19: return 0xf0cfbc209af4361d;
  }
  return 0;
}
