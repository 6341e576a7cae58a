/* The order of many draws: sorting with places, ties, and the distances from a centre in ascending order. */

/** Two digits of 10 bits of the place in the range; the upper one stands above the place in the row while it is sorted. */
const DIGIT: u32 = 1023;
const PLACE_BITS: u32 = 22;
/** 2^52: adding it rounds to an integer, in the low bits of the sum. */
const TO_INTEGER: f64 = 4503599627370496;

/**
 * Sorts up to 2^22 numbers, none of them NaN: writes where each of them stood and the numbers in ascending order, equal ones in the order that they had. By 2^20 equal parts of the range,
 * and then by insertion. Returns 0 when that would move more than eight numbers for each, or when the range is empty or infinite. `scratch`: 8192 bytes, and 4 for each number.
 */
export function sortWithPlaces(x: usize, n: i32, order: usize, sorted: usize, scratch: usize): i32 {
  let least2 = v128.load64_splat(x);
  let most2 = least2;
  let i = 0;
  for (; i + 1 < n; i += 2) {
    const pair = v128.load(x + (<usize>i << 3));
    least2 = f64x2.pmin(least2, pair);
    most2 = f64x2.pmax(most2, pair);
  }
  let least = Math.min(f64x2.extract_lane(least2, 0), f64x2.extract_lane(least2, 1));
  let most = Math.max(f64x2.extract_lane(most2, 0), f64x2.extract_lane(most2, 1));
  if (i < n) {
    const last = load<f64>(x + (<usize>i << 3));
    least = Math.min(least, last);
    most = Math.max(most, last);
  }
  const scale: f64 = 1048575 / (most - least);
  if (!(scale > 0 && scale < Infinity)) return 0;

  const low = scratch;
  const high = scratch + 4096;
  const packed = scratch + 8192;
  memory.fill(scratch, 0, 8192);
  for (let i = 0; i < n; i++) {
    const key = keyOf(load<f64>(x + (<usize>i << 3)), least, scale);
    const one = low + ((key & DIGIT) << 2);
    store<u32>(one, load<u32>(one) + 1);
    const other = high + (key >>> 10 << 2);
    store<u32>(other, load<u32>(other) + 1);
  }
  // From how many have a digit to the address of the first of them.
  let lowEnd = <u32>packed;
  let highEnd = <u32>order;
  for (let digit: usize = 0; digit < 4096; digit += 4) {
    const lowCount = load<u32>(low + digit) << 2;
    const highCount = load<u32>(high + digit) << 2;
    store<u32>(low + digit, lowEnd);
    store<u32>(high + digit, highEnd);
    lowEnd += lowCount;
    highEnd += highCount;
  }
  for (let i = 0; i < n; i++) {
    const key = keyOf(load<f64>(x + (<usize>i << 3)), least, scale);
    const slot = low + ((key & DIGIT) << 2);
    const address = load<u32>(slot);
    store<u32>(slot, address + 4);
    store<u32>(address, ((key >>> 10) << PLACE_BITS) | i);
  }
  for (let i = 0; i < n; i++) {
    const both = load<u32>(packed + (<usize>i << 2));
    const slot = high + (both >>> PLACE_BITS << 2);
    const address = load<u32>(slot);
    store<u32>(slot, address + 4);
    store<u32>(address, both & ((1 << PLACE_BITS) - 1));
  }

  let last = -Infinity;
  // Long tails and clumps leave many numbers in a few parts.
  let movesLeft: i64 = 8 * <i64>n + 1000;
  for (let i = 0; i < n; i++) {
    const at = sorted + (<usize>i << 3);
    const placeAt = order + (<usize>i << 2);
    const place = load<u32>(placeAt);
    const value = load<f64>(x + (place << 3));
    if (value >= last) {
      last = value;
      store<f64>(at, value);
      continue;
    }
    let to = at;
    let placeTo = placeAt;
    while (to > sorted && load<f64>(to - 8) > value) {
      store<f64>(to, load<f64>(to - 8));
      store<u32>(placeTo, load<u32>(placeTo - 4));
      to -= 8;
      placeTo -= 4;
    }
    store<f64>(to, value);
    store<u32>(placeTo, place);
    movesLeft -= <i64>((at - to) >>> 3);
    if (movesLeft < 0) return 0;
  }
  return 1;
}

// @ts-ignore: decorator
@inline
function keyOf(value: f64, least: f64, scale: f64): u32 {
  return <u32>reinterpret<u64>((value - least) * scale + TO_INTEGER);
}

/** scores_(order_k) = byRank_k. */
export function scatter(order: usize, byRank: usize, n: i32, scores: usize): void {
  const end = order + (<usize>n << 2);
  for (; order < end; order += 4) {
    store<f64>(scores + (load<u32>(order) << 3), load<f64>(byRank));
    byRank += 8;
  }
}

/** Writes where stretches of equal numbers begin and end; returns how many there are. `out`: 4 bytes for each number. */
export function tiesOf(sorted: usize, n: i32, out: usize): i32 {
  const first = out;
  for (let i = 0; i + 1 < n; i++) {
    const value = load<f64>(sorted + (<usize>i << 3));
    if (value !== load<f64>(sorted + (<usize>i << 3), 8)) continue;
    let to = i + 2;
    while (to < n && load<f64>(sorted + (<usize>to << 3)) === value) to++;
    store<u32>(out, i);
    store<u32>(out, to, 4);
    out += 8;
    i = to - 1;
  }
  return (out - first) >>> 3;
}

/**
 * |x_k - centre| in ascending order and their places, from those of the sorted numbers, of which the first `below` are below the centre: these are met from the centre downwards.
 */
export function foldSorted(sorted: usize, order: usize, n: i32, below: i32, centre: f64, distances: usize, places: usize): void {
  if (2 * below === n) {
    foldHalves(sorted, order, n, centre, distances, places);
    return;
  }
  let up = below;
  let down = below - 1;
  // Which side is nearer is as good as random: arithmetic selects, as a wrong guess of a branch would cost more than all the rest.
  while (up < n && down >= 0) {
    const a = Math.abs(load<f64>(sorted + (<usize>down << 3)) - centre);
    const b = Math.abs(load<f64>(sorted + (<usize>up << 3)) - centre);
    // All ones where the one below is nearer.
    const nearer = -(<i32>(a < b));
    store<f64>(distances, f64x2.extract_lane(f64x2.pmin(f64x2.splat(b), f64x2.splat(a)), 0));
    store<u32>(places, load<u32>(order + (<usize>((up & ~nearer) | (down & nearer)) << 2)));
    distances += 8;
    places += 4;
    up += 1 + nearer;
    down += nearer;
  }
  for (; up < n; up++) {
    store<f64>(distances, Math.abs(load<f64>(sorted + (<usize>up << 3)) - centre));
    store<u32>(places, load<u32>(order + (<usize>up << 2)));
    distances += 8;
    places += 4;
  }
  for (; down >= 0; down--) {
    store<f64>(distances, Math.abs(load<f64>(sorted + (<usize>down << 3)) - centre));
    store<u32>(places, load<u32>(order + (<usize>down << 2)));
    distances += 8;
    places += 4;
  }
}

/** As many on both sides of the centre: from it outwards and from the ends inwards at once, as each step waits for the one before. */
function foldHalves(sorted: usize, order: usize, n: i32, centre: f64, distances: usize, places: usize): void {
  const half = n >>> 1;
  let up = half;
  let down = half - 1;
  let first = 0;
  let last = n - 1;
  let lastDistance = distances + (<usize>last << 3);
  let lastPlace = places + (<usize>last << 2);
  for (let k = 0; k < half; k++) {
    const a = Math.abs(load<f64>(sorted + (<usize>down << 3)) - centre);
    const b = Math.abs(load<f64>(sorted + (<usize>up << 3)) - centre);
    const c = Math.abs(load<f64>(sorted + (<usize>first << 3)) - centre);
    const d = Math.abs(load<f64>(sorted + (<usize>last << 3)) - centre);
    // All ones where the one below is nearer; where the one above is farther.
    const nearer = -(<i32>(a < b));
    const farther = -(<i32>(c < d));
    store<f64>(distances, f64x2.extract_lane(f64x2.pmin(f64x2.splat(b), f64x2.splat(a)), 0));
    store<f64>(lastDistance, f64x2.extract_lane(f64x2.pmax(f64x2.splat(c), f64x2.splat(d)), 0));
    store<u32>(places, load<u32>(order + (<usize>((up & ~nearer) | (down & nearer)) << 2)));
    store<u32>(lastPlace, load<u32>(order + (<usize>((first & ~farther) | (last & farther)) << 2)));
    distances += 8;
    places += 4;
    lastDistance -= 8;
    lastPlace -= 4;
    up += 1 + nearer;
    down += nearer;
    last += farther;
    first += 1 + farther;
  }
}
