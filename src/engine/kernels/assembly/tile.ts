import { lanes, multiplyAdd, storeLanes } from "./lanes";

/**
 * The tile of C that stays in registers: 5 rows of two vectors. Ten sums, two vectors of B, one spread element of A and one
 * product are 14 of the 15 vector registers that V8 hands out on x64; a sixth row spills and costs a third of the speed.
 * The loop over k is not unrolled by hand: V8 unrolls it, and longer bodies spill in Node 20.
 */
export const TILE_ROWS: i32 = 5;
export const TILE_VECTORS: i32 = 2;

/**
 * C[rows, columns] = A B over `depth` steps, every sum from zero in ascending order of the steps; `more` adds the sums to C
 * instead. Bytes: element (i, k) of A lies at
 * `a + i aRow + k aStep`, row k of B at `b + k bStep`, row i of C at `c + i cRow`. `rows`, `vectors` and `packed` are
 * literals, so that every combination becomes a loop of its own; `packed` promises aRow = sizeof<T>().
 */
// @ts-ignore: decorator
@inline
function tile<T>(
  rows: i32, vectors: i32, packed: bool, columns: i32, depth: i32, a: usize, aRow: usize, aStep: usize,
  b: usize, bStep: usize, c: usize, cRow: usize, more: bool,
): void {
  let c00 = v128.splat<T>(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00, c40 = c00, c41 = c00;
  const c1 = c + cRow, c2 = c1 + cRow, c3 = c2 + cRow, c4 = c3 + cRow;
  const aRow2 = 2 * aRow, aRow3 = 3 * aRow, aRow4 = 4 * aRow, end = b + depth * bStep;
  // Loads nobody reads: V8 of Node 20 computes an address in every turn of the loop unless it was needed before.
  if (packed) {
    if (rows > 1) v128.load_splat<T>(a, sizeof<T>());
    if (rows > 2) v128.load_splat<T>(a, 2 * sizeof<T>());
    if (rows > 3) v128.load_splat<T>(a, 3 * sizeof<T>());
    if (rows > 4) v128.load_splat<T>(a, 4 * sizeof<T>());
  }
  let b1 = c00;
  while (b != end) {
    const b0 = v128.load(b);
    if (vectors > 1) b1 = v128.load(b, 16);
    let spread = v128.load_splat<T>(a);
    c00 = multiplyAdd<T>(c00, spread, b0);
    if (vectors > 1) c01 = multiplyAdd<T>(c01, spread, b1);
    if (rows > 1) {
      spread = packed ? v128.load_splat<T>(a, sizeof<T>()) : v128.load_splat<T>(a + aRow);
      c10 = multiplyAdd<T>(c10, spread, b0);
      if (vectors > 1) c11 = multiplyAdd<T>(c11, spread, b1);
    }
    if (rows > 2) {
      spread = packed ? v128.load_splat<T>(a, 2 * sizeof<T>()) : v128.load_splat<T>(a + aRow2);
      c20 = multiplyAdd<T>(c20, spread, b0);
      if (vectors > 1) c21 = multiplyAdd<T>(c21, spread, b1);
    }
    if (rows > 3) {
      spread = packed ? v128.load_splat<T>(a, 3 * sizeof<T>()) : v128.load_splat<T>(a + aRow3);
      c30 = multiplyAdd<T>(c30, spread, b0);
      if (vectors > 1) c31 = multiplyAdd<T>(c31, spread, b1);
    }
    if (rows > 4) {
      spread = packed ? v128.load_splat<T>(a, 4 * sizeof<T>()) : v128.load_splat<T>(a + aRow4);
      c40 = multiplyAdd<T>(c40, spread, b0);
      if (vectors > 1) c41 = multiplyAdd<T>(c41, spread, b1);
    }
    a += aStep;
    b += bStep;
  }
  storeRow<T>(vectors, c, c00, c01, columns, more);
  if (rows > 1) storeRow<T>(vectors, c1, c10, c11, columns, more);
  if (rows > 2) storeRow<T>(vectors, c2, c20, c21, columns, more);
  if (rows > 3) storeRow<T>(vectors, c3, c30, c31, columns, more);
  if (rows > 4) storeRow<T>(vectors, c4, c40, c41, columns, more);
}

// @ts-ignore: decorator
@inline
function storeRow<T>(vectors: i32, target: usize, first: v128, second: v128, columns: i32, more: bool): void {
  if (more) {
    first = v128.add<T>(v128.load(target), first);
    if (vectors > 1) second = v128.add<T>(v128.load(target, 16), second);
  }
  if (vectors > 1) {
    v128.store(target, first);
    storeLanes<T>(target + 16, second, columns - lanes<T>());
  } else {
    storeLanes<T>(target, first, columns);
  }
}

/** A tile from panels of A and B made by `packPanel`. `rows` in 1..5, `columns` in 1..2 vectors, `depth` > 0. */
export function packedTile<T>(
  rows: i32, columns: i32, depth: i32, a: usize, b: usize, c: usize, cRow: usize, more: bool,
): void {
  const aRow = sizeof<T>(), aStep = TILE_ROWS * sizeof<T>(), bStep: usize = TILE_VECTORS * 16;
  if (columns > lanes<T>()) {
    if (rows == 5) tile<T>(5, 2, true, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 4) tile<T>(4, 2, true, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 3) tile<T>(3, 2, true, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 2) tile<T>(2, 2, true, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else tile<T>(1, 2, true, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
  } else {
    if (rows == 5) tile<T>(5, 1, true, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 4) tile<T>(4, 1, true, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 3) tile<T>(3, 1, true, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 2) tile<T>(2, 1, true, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else tile<T>(1, 1, true, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
  }
}

/** A tile from A where it lies, and from B where it lies or from a panel of it. */
export function directTile<T>(
  rows: i32, columns: i32, depth: i32, a: usize, aRow: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize,
  more: bool,
): void {
  if (columns > lanes<T>()) {
    if (rows == 5) tile<T>(5, 2, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 4) tile<T>(4, 2, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 3) tile<T>(3, 2, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 2) tile<T>(2, 2, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else tile<T>(1, 2, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
  } else {
    if (rows == 5) tile<T>(5, 1, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 4) tile<T>(4, 1, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 3) tile<T>(3, 1, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 2) tile<T>(2, 1, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else tile<T>(1, 1, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
  }
}
