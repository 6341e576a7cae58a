import {
  DEPTH,
  ENOUGH_ROWS,
  FAR,
  IN_STEP,
  packPlain,
  packTurned,
  tileFunction,
  type Width,
  widths,
} from "./products.ts";

const BYTES = 8;

/** `any_product(m, n, k, transposeA, transposeB, a, b, c)`: products in f64 whose sizes are known when they are called. */
export const anyProduct = (): string => `${packPlain}
${widths.map(width => `#if VB == ${width.bytes}\n${forWidth(width)}\n#endif`).join("\n")}`;

function forWidth(width: Width): string {
  const rows = Array.from({ length: width.rows }, (_, i) => i + 1);
  const vectors = Array.from({ length: width.vectors }, (_, i) => i + 1);
  const tiles = vectors.flatMap(across => rows.map(down => tileFunction(down, across)));
  const table = vectors.map(across => `{ ${rows.map(down => `tile_${down}_${across}`).join(", ")} }`);
  return `${packTurned(width, BYTES)}
${tiles.join("\n")}
typedef void (*tile)(const char *, long, long, const char *, long, char *, long, long, int, int);
static const tile tiles[${width.vectors}][${width.rows}] = { ${table.join(", ")} };
static void any_product(long m, long n, long k, int turnedA, int turnedB, const char *a, const char *b, char *c) {
  char panel[${DEPTH * width.vectors * width.bytes}] __attribute__((aligned(64)));
  if (k == 0) __builtin_memset(c, 0, m * n * RB);
  const long aRow = RB * (turnedA ? 1 : k), aStep = RB * (turnedA ? m : 1), cRow = n * RB;
  const long count = (m + ${width.rows - 1}) / ${width.rows};
  const int packs = turnedB || (m >= ${ENOUGH_ROWS} && (cRow > ${FAR} || cRow % ${IN_STEP} == 0));
  for (long j = 0; j < n; j += ${width.vectors} * RL) {
    const int columns = n - j < ${width.vectors} * RL ? n - j : ${width.vectors} * RL;
    const int across = (columns + RL - 1) / RL, last = columns - (across - 1) * RL;
    for (long first = 0; first < k; first += ${DEPTH}) {
      const long depth = k - first < ${DEPTH} ? k - first : ${DEPTH}, bStep = packs ? across * VB : cRow;
      const char *from = packs ? panel : b + first * cRow + j * RB, *at = a + first * aStep;
      if (turnedB) pack_turned(panel, bStep, b + (j * k + first) * RB, k * RB, columns, depth);
      else if (packs) pack_plain(panel, bStep, b + first * cRow + j * RB, cRow, columns, depth);
      /* Tiles of nearly equal heights. */
      for (long t = 0, row = 0; t < count; t++) {
        const long rows = m / count + (t < m % count);
        tiles[across - 1][rows - 1](at + row * aRow, aRow, aStep, from, bStep, c + row * cRow + j * RB, cRow, depth, first > 0, last);
        row += rows;
      }
    }
  }
}`;
}
