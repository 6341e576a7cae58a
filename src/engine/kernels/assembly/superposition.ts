/*
 * Loss and gradient of the toy model of superposition: formulae in src/systems/superposition/model/empirical.ts, table in amplitude-table.ts,
 * its layout in evaluation.ts. First all look-ups get under way, so that none waits for the memory of another. Rounded in the order of a
 * plain loop over pairs of features.
 */

/** Bytes of a block: the sums of t and t^2 over all smaller samples, then two amplitudes. */
const BLOCK: usize = 32;
const SAMPLES: i32 = 2;
/** Blocks looked at one after another before the search turns to bisection. */
const NEAR: i32 = 4;
/** Bytes of a feature's record: sums of t and t^2, count; addresses of its index and its first block. */
const RECORD: usize = 32;
const COUNT: usize = 16;
const INDEX: usize = 24;
const FIRST: usize = 28;
/** Bytes of a note on a pair: offsets of receiver and sender, address of the block to look at first; A_ij. */
const NOTE: usize = 32;
/** 1.5 2^52: adding it rounds to an integer, in the low bits of the sum. */
const TO_INTEGER: f64 = 6755399441055744;

/** Of the samples below a threshold, by `countBelow`. */
let sumsBelow: v128 = f64x2.splat(0);

/**
 * Overwrites `gradient`, returns the loss; w holds r rows of W, then b. `features`: lists of the largest amplitudes, the smallest, buckets per
 * unit of amplitude, last buckets, each of c padded to whole vectors; then records. `matrices`: A (c rows, padded); work space of that
 * size; sums of 1, t, t^2 over the active samples of each pair (c x c x 3), where pairs without any are passed over; c x c notes.
 */
export function superpositionGradient(
  w: usize, gradient: usize, c: usize, r: usize, n: f64, squares: f64, features: usize, matrices: usize,
): f64 {
  const row = c << 3;
  const line = (c + (c & 1)) << 3;
  const bias = w + r * row;
  const biasGradient = gradient + r * row;
  const records = features + 4 * line;
  const slopes = matrices + c * line;
  const sums = slopes + c * line;
  const notes = sums + 3 * c * row;
  const zero = f64x2.splat(0);

  // A_ij = W_i . W_j, and no slopes yet.
  let out = matrices;
  for (let i: usize = 0; i < row; i += 8) {
    store<f64>(biasGradient + i, 0);
    const x = v128.load64_splat(w + i);
    const y = v128.load64_splat(w + row + i);
    for (let j: usize = 0; j < line; j += 16) {
      let sum = f64x2.mul(x, v128.load(w + j));
      // Two hidden dimensions, the usual case, without a loop.
      if (r === 2) sum = f64x2.add(sum, f64x2.mul(y, v128.load(w + row + j)));
      else for (let at = w + row; at < bias; at += row)
        sum = f64x2.add(sum, f64x2.mul(v128.load64_splat(at + i), v128.load(at + j)));
      v128.store(out, sum);
      v128.store(out + c * line, zero);
      out += 16;
    }
  }

  let note = notes;
  let overlaps = matrices;
  for (let i: usize = 0; i < row; i += 8) {
    const b = load<f64>(bias + i);
    for (let j: usize = 0; j < line; j += 16) {
      const a = v128.load(overlaps);
      overlaps += 16;
      // Comparisons are such that a NaN counts as active, and goes on into the loss.
      const atLargest = f64x2.add(f64x2.mul(a, v128.load(features + j)), f64x2.splat(b));
      let none = i64x2.bitmask(f64x2.le(atLargest, zero));
      let all = 0;
      if (b > 0) {
        all = i64x2.bitmask(f64x2.ge(a, zero)) | ~none;
        none = 0;
      } else if (none === 3) continue;
      // In buckets, and 0 for a NaN; rounded to one that is not above.
      const threshold = f64x2.sub(f64x2.div(f64x2.splat(-b), a), v128.load(features + line + j));
      let along = f64x2.pmax(zero, f64x2.mul(threshold, v128.load(features + 2 * line + j)));
      along = f64x2.pmin(v128.load(features + 3 * line + j), along);
      const bucket = f64x2.add(f64x2.sub(along, f64x2.splat(0.5)), f64x2.splat(TO_INTEGER));
      if (!(none & 1)) {
        const block = all & 1 ? 0 : lookUp(records + RECORD * (j >> 3), <u32>i64x2.extract_lane(bucket, 0));
        write(note, i, j, block, f64x2.extract_lane(a, 0));
        note += NOTE;
      }
      if (!(none & 2) && j + 8 < row) {
        const block = all & 2 ? 0 : lookUp(records + RECORD * (j >> 3) + RECORD, <u32>i64x2.extract_lane(bucket, 1));
        write(note, i, j + 8, block, f64x2.extract_lane(a, 1));
        note += NOTE;
      }
    }
  }

  let loss = squares;
  for (let at = notes; at < note; at += NOTE) {
    const i = <usize>load<u32>(at);
    const j = <usize>load<u32>(at, 4);
    const block = <usize>load<u32>(at, 8);
    const a = load<f64>(at, 16);
    const b = load<f64>(bias + i);
    const record = records + RECORD * (j >> 3);
    let s0 = load<f64>(record, COUNT);
    let s12 = v128.load(record);
    if (!(b > 0)) {
      s0 -= countBelow(record, a, b, block, false);
      s12 = f64x2.sub(s12, sumsBelow);
    } else if (block) {
      s0 = countBelow(record, a, b, block, true);
      s12 = sumsBelow;
    }
    const s1 = f64x2.extract_lane(s12, 0);
    const s2 = f64x2.extract_lane(s12, 1);
    const pair = sums + 3 * ((i >> 3) * row + j);
    store<f64>(pair, s0);
    v128.store(pair, s12, 8);
    // Nothing, even of an infinite weight.
    if (s0 === 0) continue;
    const e = i === j ? a - 1 : a;
    const byA = e * s2 + b * s1;
    const byB = e * s1 + b * s0;
    // Into G + G^T.
    add(slopes + (i >> 3) * line + j, byA);
    add(slopes + (j >> 3) * line + i, byA);
    add(biasGradient + i, byB);
    loss += e * byA + b * byB;
    if (i === j) loss -= s2;
  }

  const scale = 2 / n;
  for (let i: usize = 0; i < row; i += 8) store<f64>(biasGradient + i, scale * load<f64>(biasGradient + i));
  // scale W (G + G^T)
  for (let at: usize = 0; at < r * row; at += row) {
    for (let i: usize = 0; i < row; i += 16) {
      let sum = zero;
      let column = slopes + i;
      for (let j: usize = 0; j < row; j += 8) {
        sum = f64x2.add(sum, f64x2.mul(v128.load(column), v128.load64_splat(w + at + j)));
        column += line;
      }
      sum = f64x2.mul(f64x2.splat(scale), sum);
      if (i + 8 < row) v128.store(gradient + at + i, sum);
      else v128.store64_lane(gradient + at + i, sum, 0);
    }
  }
  return loss / n;
}

// @ts-ignore: decorator
@inline
function add(at: usize, term: f64): void {
  store<f64>(at, load<f64>(at) + term);
}

// @ts-ignore: decorator
@inline
function lookUp(record: usize, bucket: u32): u32 {
  return load<u32>(load<u32>(record, INDEX) + (bucket << 2));
}

// @ts-ignore: decorator
@inline
function write(note: usize, i: usize, j: usize, block: u32, a: f64): void {
  store<u32>(note, <u32>i);
  store<u32>(note, <u32>j, 4);
  store<u32>(note, block, 8);
  store<f64>(note, a, 16);
  // Has the block on its way when its turn comes.
  store<f64>(note, load<f64>(block), 24);
}

/** Samples with a t + b > 0 when `active`, without it when not: in both cases those below -b / a. Sets `sumsBelow`. */
// @ts-ignore: decorator
@inline
function countBelow(record: usize, a: f64, b: f64, guess: usize, active: bool): f64 {
  const first = <usize>load<u32>(record, FIRST);
  let block = guess;
  for (let seen = 0; ; seen++) {
    const t = v128.load(block, 16);
    const z = f64x2.add(f64x2.mul(f64x2.splat(a), t), f64x2.splat(b));
    const below = active ? f64x2.gt(z, f64x2.splat(0)) : f64x2.le(z, f64x2.splat(0));
    const count = i64x2.bitmask(below);
    if (count === 3) {
      block += BLOCK;
      if (seen >= NEAR) block = bisect(record, a, b, block, active);
      continue;
    }
    // Rounding can put the guess behind ties on the threshold, but only here: it is monotonic, so a t + b > 0 as computed means, for
    // a > 0, that t >= -b / a as computed.
    if (active && count === 0 && block > first && !(a * load<f64>(block - 8) + b > 0)) {
      block = bisect(record, a, b, first, active);
      seen = NEAR;
      continue;
    }
    // One sample of the block at most.
    const smaller = v128.and(t, below);
    sumsBelow = f64x2.add(v128.load(block), v128.shuffle<f64>(smaller, f64x2.mul(smaller, smaller), 0, 2));
    return <f64>(<i32>((block - first) / BLOCK) * SAMPLES + count);
  }
  return 0;
}

/** The last block from `from` whose first sample is below the threshold, or `from`. */
function bisect(record: usize, a: f64, b: f64, from: usize, active: bool): usize {
  const first = <usize>load<u32>(record, FIRST);
  let low = <i32>((from - first) / BLOCK);
  let high = <i32>load<f64>(record, COUNT) / SAMPLES;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const z = a * load<f64>(first + <usize>middle * BLOCK, 16) + b;
    if (active ? z > 0 : z <= 0) low = middle;
    else high = middle - 1;
  }
  return first + <usize>low * BLOCK;
}
