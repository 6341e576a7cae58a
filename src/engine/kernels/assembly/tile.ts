import { lanes, multiplyAdd, storeLanes } from "./lanes";

/**
 * The tile of C that stays in registers: 4 rows of two vectors. V8 of Node 20 makes all loads of a step before its first
 * product, so eight sums, two vectors of B, four spread elements of A and one product are the 15 vector registers that it
 * hands out on x64. A fifth row spills two sums there, and a sum that goes through memory takes a dozen cycles a step.
 */
export const TILE_ROWS: i32 = 4;
export const TILE_VECTORS: i32 = 2;

/**
 * C[rows, columns] = A B over `depth` steps, every sum from zero in ascending order of the steps; `more` adds the sums to C
 * instead. Bytes: element (i, k) of A lies at `a + i aRow + k aStep`, row k of B at `b + k bStep`, row i of C at
 * `c + i cRow`. `rows`, `vectors` and `packed` are literals, so that every combination becomes a loop of its own; `packed`
 * promises panels as `packPanel` makes them.
 */
// @ts-ignore: decorator
@inline
function tile<T>(
  rows: i32, vectors: i32, packed: bool, columns: i32, depth: i32, a: usize, aRow: usize, aStep: usize,
  b: usize, bStep: usize, c: usize, cRow: usize, more: bool,
): void {
  let c00 = v128.splat<T>(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const c1 = c + cRow, c2 = c1 + cRow, c3 = c2 + cRow;
  const end = b + depth * bStep, lastStep = end - bStep;
  // Two steps a turn. The branch between them makes V8 finish the first before it loads for the second.
  while (true) {
    let b0 = v128.load(b), b1 = b0;
    if (vectors > 1) b1 = v128.load(b, 16);
    let spread = b0;
    if (rows > 3) {
      spread = packed ? v128.load_splat<T>(a, 3 * sizeof<T>()) : v128.load_splat<T>(a + 3 * aRow);
      if (vectors > 1) c31 = multiplyAdd<T>(c31, spread, b1);
      c30 = multiplyAdd<T>(c30, spread, b0);
    }
    if (rows > 2) {
      spread = packed ? v128.load_splat<T>(a, 2 * sizeof<T>()) : v128.load_splat<T>(a + 2 * aRow);
      if (vectors > 1) c21 = multiplyAdd<T>(c21, spread, b1);
      c20 = multiplyAdd<T>(c20, spread, b0);
    }
    if (rows > 1) {
      spread = packed ? v128.load_splat<T>(a, sizeof<T>()) : v128.load_splat<T>(a + aRow);
      if (vectors > 1) c11 = multiplyAdd<T>(c11, spread, b1);
      c10 = multiplyAdd<T>(c10, spread, b0);
    }
    spread = v128.load_splat<T>(a);
    if (vectors > 1) c01 = multiplyAdd<T>(c01, spread, b1);
    c00 = multiplyAdd<T>(c00, spread, b0);
    if (b == lastStep) break;

    b0 = packed ? v128.load(b, TILE_VECTORS * 16) : v128.load(b + bStep);
    if (vectors > 1) b1 = packed ? v128.load(b, TILE_VECTORS * 16 + 16) : v128.load(b + bStep, 16);
    if (!packed) a += aStep;
    if (rows > 3) {
      spread = packed ? v128.load_splat<T>(a, (TILE_ROWS + 3) * sizeof<T>()) : v128.load_splat<T>(a + 3 * aRow);
      if (vectors > 1) c31 = multiplyAdd<T>(c31, spread, b1);
      c30 = multiplyAdd<T>(c30, spread, b0);
    }
    if (rows > 2) {
      spread = packed ? v128.load_splat<T>(a, (TILE_ROWS + 2) * sizeof<T>()) : v128.load_splat<T>(a + 2 * aRow);
      if (vectors > 1) c21 = multiplyAdd<T>(c21, spread, b1);
      c20 = multiplyAdd<T>(c20, spread, b0);
    }
    if (rows > 1) {
      spread = packed ? v128.load_splat<T>(a, (TILE_ROWS + 1) * sizeof<T>()) : v128.load_splat<T>(a + aRow);
      if (vectors > 1) c11 = multiplyAdd<T>(c11, spread, b1);
      c10 = multiplyAdd<T>(c10, spread, b0);
    }
    spread = packed ? v128.load_splat<T>(a, TILE_ROWS * sizeof<T>()) : v128.load_splat<T>(a);
    if (vectors > 1) c01 = multiplyAdd<T>(c01, spread, b1);
    c00 = multiplyAdd<T>(c00, spread, b0);
    b += 2 * bStep;
    a += packed ? 2 * TILE_ROWS * sizeof<T>() : aStep;
    if (b == end) break;
  }
  storeRow<T>(vectors, c, c00, c01, columns, more);
  if (rows > 1) storeRow<T>(vectors, c1, c10, c11, columns, more);
  if (rows > 2) storeRow<T>(vectors, c2, c20, c21, columns, more);
  if (rows > 3) storeRow<T>(vectors, c3, c30, c31, columns, more);
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

function bigTile<T>(columns: i32, depth: i32, a: usize, b: usize, c: usize, cRow: usize, more: bool): void {
  tile<T>(4, 2, true, columns, depth, a, sizeof<T>(), TILE_ROWS * sizeof<T>(), b, TILE_VECTORS * 16, c, cRow, more);
}

/** A tile from panels of A and B made by `packPanel`. `rows` in 1..4, `columns` in 1..2 vectors, `depth` > 0. */
export function packedTile<T>(
  rows: i32, columns: i32, depth: i32, a: usize, b: usize, c: usize, cRow: usize, more: bool,
): void {
  const aRow = sizeof<T>(), aStep = TILE_ROWS * sizeof<T>(), bStep: usize = TILE_VECTORS * 16;
  if (columns > lanes<T>()) {
    if (rows == 4) bigTile<T>(columns, depth, a, b, c, cRow, more);
    else if (rows == 3) tile<T>(3, 2, true, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 2) tile<T>(2, 2, true, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else tile<T>(1, 2, true, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
  } else {
    if (rows == 4) tile<T>(4, 1, true, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
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
    if (rows == 4) tile<T>(4, 2, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 3) tile<T>(3, 2, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 2) tile<T>(2, 2, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else tile<T>(1, 2, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
  } else {
    if (rows == 4) tile<T>(4, 1, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 3) tile<T>(3, 1, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else if (rows == 2) tile<T>(2, 1, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
    else tile<T>(1, 1, false, columns, depth, a, aRow, aStep, b, bStep, c, cRow, more);
  }
}
