import { lanes } from "./lanes";
import { packPanel } from "./pack";
import { directTile, packedTile, TILE_ROWS, TILE_VECTORS } from "./tile";

/**
 * Steps of k that are summed in registers. Sums of 128 products are added to C one after another, which in f32 leaves an
 * error of 3e-6 sqrt(k) for standard normals where one sum of all k would not (k = 300); a panel of A or B is 4 KiB at most
 * in f32, small beside a first-level cache.
 */
const DEPTH: i32 = 128;
/** Bytes of packed A and of packed B: both stay in a second-level cache. */
const A_BYTES: i32 = 48 * TILE_ROWS * DEPTH * 4;
const B_BYTES: i32 = 256 * 1024;

/** Products narrower than this read A where it lies, shorter ones B: packing would cost more than it saves. */
const PACK_A_COLUMNS: i32 = 33;
const PACK_B_ROWS: i32 = 11;

/** Bytes of the packing area. */
export function gemmScratchBytes(): i32 {
  return A_BYTES + B_BYTES;
}

/**
 * C[m, n] = op(A) op(B). Every entry of C is the sum of its k products in ascending order, DEPTH at a time: each such part
 * starts from zero, the parts are added in order, everything is rounded to T. Neither packing nor the sizes m and n nor the
 * place of the entry in its tile shows in the bits.
 */
// @ts-ignore: decorator
@inline
export function gemm<T>(
  m: i32, n: i32, k: i32, transposeA: i32, transposeB: i32, a: usize, b: usize, c: usize, scratch: usize,
): void {
  const size: usize = sizeof<T>();
  if (k == 0) {
    memory.fill(c, 0, m * n * size);
    return;
  }
  const aRow = transposeA ? size : k * size, aStep = transposeA ? m * size : size;
  const bColumn = transposeB ? k * size : size, bStep = transposeB ? size : n * size;
  const packsA = n >= PACK_A_COLUMNS && m >= PACK_B_ROWS, packsB = transposeB != 0 || m >= PACK_B_ROWS;
  const width = TILE_VECTORS * lanes<T>();
  const blockRows: i32 = A_BYTES / (DEPTH * sizeof<T>()), blockColumns: i32 = B_BYTES / (DEPTH * sizeof<T>());
  const packedB = scratch + A_BYTES;

  for (let column = 0; column < n; column += blockColumns) {
    const columnEnd = min(n, column + blockColumns);
    for (let first = 0; first < k; first += DEPTH) {
      const depth = min(DEPTH, k - first);
      const bBlock = b + first * bStep;
      if (packsB)
        for (let j = column; j < columnEnd; j += width)
          packPanel<T>(
            packedB + (j - column) * depth * size, width, bBlock + j * bColumn, min(width, columnEnd - j), depth, bColumn, bStep,
          );
      for (let row = 0; row < m; row += blockRows) {
        const rows = min(blockRows, m - row);
        // Tiles as even as can be: 6 rows are 3 + 3, not 5 + 1.
        const tiles = (rows + TILE_ROWS - 1) / TILE_ROWS, least = rows / tiles, larger = rows % tiles;
        const aBlock = a + row * aRow + first * aStep;
        if (packsA)
          for (let t = 0, i = 0; t < tiles; t++) {
            const count = least + i32(t < larger);
            packPanel<T>(
              scratch + t * TILE_ROWS * depth * size, TILE_ROWS, aBlock + i * aRow, count, depth, aRow, aStep,
            );
            i += count;
          }
        for (let j = column; j < columnEnd; j += width) {
          const columns = min(width, columnEnd - j);
          const bPanel = packsB ? packedB + (j - column) * depth * size : bBlock + j * size;
          const bPanelStep = packsB ? width * size : bStep;
          let target = c + (row * n + j) * size;
          for (let t = 0, i = 0; t < tiles; t++) {
            const count = least + i32(t < larger);
            if (packsA)
              packedTile<T>(
                count, columns, depth, scratch + t * TILE_ROWS * depth * size, bPanel, target, n * size, first > 0,
              );
            else
              directTile<T>(
                count, columns, depth, aBlock + i * aRow, aRow, aStep, bPanel, bPanelStep, target, n * size, first > 0,
              );
            i += count;
            target += count * n * size;
          }
        }
      }
    }
  }
}
