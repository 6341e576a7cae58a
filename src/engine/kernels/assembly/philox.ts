/*
 * Philox4x32-10 (Salmon, Moraes, Dror, Shaw, SC 2011, doi:10.1145/2063384.2063405) as in src/numerics/philox.ts, four consecutive
 * blocks at a time, one in each lane.
 */

/** The four words of each block, word by word: what the last call of `philoxBlocks` left. */
export let word0 = i32x4(0, 0, 0, 0);
export let word1 = i32x4(0, 0, 0, 0);
export let word2 = i32x4(0, 0, 0, 0);
export let word3 = i32x4(0, 0, 0, 0);

/** Blocks `block` to `block` + 3 of the stream with this key at (step, chain, purpose). */
export function philoxBlocks(block: u32, keyLow: u32, keyHigh: u32, step: u32, chain: u32, purpose: u32): void {
  let c0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
  let c1 = i32x4.splat(step);
  let c2 = i32x4.splat(chain);
  let c3 = i32x4.splat(purpose);
  let k0 = i32x4.splat(keyLow);
  let k1 = i32x4.splat(keyHigh);
  const multiplier0 = i32x4.splat(0xd2511f53);
  const multiplier1 = i32x4.splat(0xcd9e8d57);
  for (let round = 0; round < 10; round++) {
    const first0 = i64x2.extmul_low_i32x4_u(multiplier0, c0);
    const first1 = i64x2.extmul_high_i32x4_u(multiplier0, c0);
    const second0 = i64x2.extmul_low_i32x4_u(multiplier1, c2);
    const second1 = i64x2.extmul_high_i32x4_u(multiplier1, c2);
    // The upper halves of the products go one way, the lower ones the other.
    c0 = v128.xor(v128.xor(i32x4.shuffle(second0, second1, 1, 3, 5, 7), c1), k0);
    c1 = i32x4.shuffle(second0, second1, 0, 2, 4, 6);
    c2 = v128.xor(v128.xor(i32x4.shuffle(first0, first1, 1, 3, 5, 7), c3), k1);
    c3 = i32x4.shuffle(first0, first1, 0, 2, 4, 6);
    k0 = i32x4.add(k0, i32x4.splat(0x9e3779b9));
    k1 = i32x4.add(k1, i32x4.splat(0xbb67ae85));
  }
  word0 = c0;
  word1 = c1;
  word2 = c2;
  word3 = c3;
}
