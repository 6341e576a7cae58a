import type { Step } from "../lower/steps.ts";
import type { Precision } from "../wasm/precision.ts";

type Product = Step & { readonly kind: "matmul" };

/** Sums of so many products are taken in registers, then added to C: as in kernels/assembly/gemm.ts, for the same bits. */
const DEPTH = 128;
/** Rows of B that lie so many bytes apart, or a multiple of the other, are copied together, if there are rows of A enough to use them. */
const FAR = 2048;
const IN_STEP = 128;
const ENOUGH_ROWS = 24;

/** Bytes of a vector, and the tile of C that stays in registers: 32 of them with AVX-512, 16 without. */
const widths = [
  { bytes: 64, rows: 8, vectors: 3 },
  { bytes: 32, rows: 4, vectors: 2 },
  { bytes: 16, rows: 4, vectors: 2 },
] as const;

type Width = (typeof widths)[number];

/** How many rows of C, and how many vectors of each. */
type Tile = `${number}_${number}`;

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

const allTiles = ({ rows, vectors }: Width): Tile[] =>
  upTo(rows).flatMap(down => upTo(vectors).map((across): Tile => `${down}_${across}`));

/** The fewest parts of at most so many each that are as equal as can be: how long they are. */
const partsOf = (all: number, most: number): number[] => {
  const count = Math.ceil(all / most);
  return [Math.floor(all / count), Math.ceil(all / count)];
};

/** The tiles that the product of a step is made of. */
const tilesOf = ({ m, n }: Product, width: Width, { bytes }: Precision): Tile[] =>
  partsOf(m, width.rows).flatMap(down =>
    partsOf(Math.ceil((n * bytes) / width.bytes), width.vectors).map((across): Tile => `${down}_${across}`),
  );

/**
 * `any_product(m, n, k, turnedA, turnedB, a, b, c)`: C[m, n] = op(A) op(B) for the products of a program. Every entry of C is the sum of its products in ascending
 * order, `DEPTH` at a time from zero, and these parts are added in order: tiles of any size give the same bits. Only the tiles that some step needs are there, as they take
 * long to compile.
 */
export const products = (steps: readonly Step[], precision: Precision, isFused: boolean): string => {
  const all = steps.filter((step): step is Product => step.kind === "matmul");
  if (all.length === 0) return "";
  const wanted = (width: Width) => new Set(all.flatMap(step => tilesOf(step, width, precision)));
  return productOf(precision.bytes, wanted, isFused ? FUSED : QUICK);
};

/** The same for products in f64 whose sizes are known when they are called. */
export const anyProduct = (): string => productOf(8, width => new Set(allTiles(width)), QUICK);

const productOf = (bytes: number, wanted: (width: Width) => ReadonlySet<Tile>, around: Around): string => `${packPlain}
${widths.map(width => `#if VB == ${width.bytes}\n${forWidth(width, bytes, wanted(width), around)}\n#endif`).join("\n")}`;

const forWidth = (width: Width, bytes: number, wanted: ReadonlySet<Tile>, [start, end]: Around): string => {
  const { rows, vectors } = width;
  const nameOf = (tile: Tile): string => (wanted.has(tile) ? `tile_${tile}` : "0");
  const table = upTo(vectors).map(across => `{ ${upTo(rows).map(down => nameOf(`${down}_${across}`))} }`);
  const needed = allTiles(width).filter(tile => wanted.has(tile));
  return `${packTurned(width, bytes)}
${[start, ...needed.map(tileFunction), end].join("\n")}
typedef void (*tile)(const char *, long, long, const char *, long, char *, long, long, int, int);
static const tile tiles[${vectors}][${rows}] = { ${table.join(", ")} };
static __attribute__((noinline)) void any_product(long m, long n, long k, int turnedA, int turnedB, const char *a, const char *b, char *c) {
  char panel[${DEPTH * vectors * width.bytes}] __attribute__((aligned(64)));
  if (k == 0) __builtin_memset(c, 0, m * n * RB);
  const long aRow = RB * (turnedA ? 1 : k), aStep = RB * (turnedA ? m : 1), cRow = n * RB;
  const long count = (m + ${rows - 1}) / ${rows}, all = (n + RL - 1) / RL, panels = (all + ${vectors - 1}) / ${vectors};
  const int packs = turnedB || (m >= ${ENOUGH_ROWS} && (cRow > ${FAR} || cRow % ${IN_STEP} == 0));
  for (long p = 0, j = 0; p < panels; p++) {
    const int across = all / panels + (p < all % panels), columns = n - j < across * RL ? n - j : across * RL;
    const int last = columns - (across - 1) * RL;
    for (long first = 0; first < k; first += ${DEPTH}) {
      const long depth = k - first < ${DEPTH} ? k - first : ${DEPTH}, bStep = packs ? across * VB : cRow;
      const char *from = packs ? panel : b + first * cRow + j * RB, *at = a + first * aStep;
      if (turnedB) pack_turned(panel, bStep, b + (j * k + first) * RB, k * RB, columns, depth);
      else if (packs) pack_plain(panel, bStep, b + first * cRow + j * RB, cRow, columns, depth);
      for (long t = 0, row = 0; t < count; t++) {
        const long rows = m / count + (t < m % count);
        tiles[across - 1][rows - 1](at + row * aRow, aRow, aStep, from, bStep, c + row * cRow + j * RB, cRow, depth, first > 0, last);
        row += rows;
      }
    }
    j += columns;
  }
}`;
};

/** C for the beginning and the end of a part of a file. */
type Around = readonly [string, string];

/** Around tiles: in straight code of vectors GCC finds nothing more at its second level, where it looks for twice as long. */
const QUICK: Around = [
  `#ifndef __clang__
#pragma GCC push_options
#pragma GCC optimize ("O1")
#endif`,
  `#ifndef __clang__
#pragma GCC pop_options
#endif`,
];

/** Around tiles in which a multiplication and the addition of its result become one operation with one rounding, for which GCC needs its second level. */
const FUSED: Around = [
  `#if (defined(__x86_64__) || defined(__i386__)) && !defined(__FMA__)
#error "this processor has no fused multiply-add: leave the fast mode native-fma out"
#endif
#ifdef __clang__
#pragma clang fp contract(fast)
#else
#pragma GCC push_options
#pragma GCC optimize ("fp-contract=fast")
#endif`,
  `#ifdef __clang__
#pragma clang fp contract(off)
#else
#pragma GCC pop_options
#endif`,
];

/** C[rows, vectors] = A B over `depth` steps; with `more` the sums are added to C. `last` entries of the last vector count. */
const tileFunction = (tile: Tile): string => {
  const [rows, vectors] = tile.split("_").map(Number);
  const [all, across] = [rows, vectors].map(count => Array.from({ length: count }, (_, i) => i));
  const sums = all.flatMap(i => across.map(j => `c${i}${j}`));
  const isFar = (i: number) => (i === 0 ? "a" : `a + ${i} * ar`);
  return `static __attribute__((noinline)) void tile_${rows}_${vectors}(const char *a, long ar, long as, const char *b, long bs, char *c, long cr, long depth, int more, int last) {
  vreal ${sums.map(sum => `${sum} = {}`).join(", ")};
  for (long step = 0; step < depth; step++, a += as, b += bs) {
    const vreal ${across.map(j => `b${j} = LOAD(b + ${j} * VB)`).join(", ")};
${all.map(i => `    { const vreal x = SPLAT(${isFar(i)}); ${across.map(j => `c${i}${j} += x * b${j};`).join(" ")} }`).join("\n")}
  }
  if (more) {
${all.map(i => `    ${across.map(j => `c${i}${j} = LOAD(c + ${i} * cr + ${j} * VB) + c${i}${j};`).join(" ")}`).join("\n")}
  }
${all.map(i => `  ${across.map(j => `${j < vectors - 1 ? `*(lreal *)(c + ${i} * cr + ${j} * VB) = c${i}${j}` : `put(c + ${i} * cr + ${j} * VB, c${i}${j}, last)`};`).join(" ")}`).join("\n")}
}`;
};

/** Copies of a panel of B in the order in which a tile reads it. */
const packPlain = `
static __attribute__((noinline)) void pack_plain(char *to, long toStep, const char *from, long fromStep, int count, long depth) {
  for (long s = 0; s < depth; s++, to += toStep, from += fromStep)
    for (int lane = 0; lane < count; lane += RL) *(lreal *)(to + lane * RB) = LOAD(from + lane * RB);
}
`;

/** Bytes of the parts of vectors within which squares are turned. */
const PART = 16;

/**
 * The same of rows that become columns, as many together as a vector has lanes: its parts are taken from rows that lie a square apart, so that all
 * squares are turned at once. Where rows are fewer, the last one stands for those that are missing, whose sums nobody keeps.
 */
const packTurned = (width: Width, bytes: number): string => {
  const [lanes, square] = [width.bytes / bytes, PART / bytes];
  const parts = Array.from({ length: lanes / square }, (_, part) => part);
  /** Picks from two vectors, in each of their parts alike: `pattern` counts the lanes of one part, then those of the other. */
  const mix = (a: string, b: string, pattern: readonly number[]): string => {
    const lane = (i: number, part: number) => (i < square ? i : i - square + lanes) + part * square;
    return `MIX(${a}, ${b}, ${parts.flatMap(part => pattern.map(i => lane(i, part))).join(", ")})`;
  };
  const joined = (first: number): string => {
    const rows = parts.map(part => part * square + first);
    return `JOIN(${rows.map(row => `*(const lqreal *)(at + (${row} < last ? ${row} : last) * stride)`).join(", ")})`;
  };
  const rows = Array.from({ length: square }, (_, i) => `r${i} = ${joined(i)}`);
  const columns =
    square === 2
      ? [mix("r0", "r1", [0, 2]), mix("r0", "r1", [1, 3])]
      : [
          mix("a", "b", [0, 1, 4, 5]),
          mix("a", "b", [2, 3, 6, 7]),
          mix("c", "d", [0, 1, 4, 5]),
          mix("c", "d", [2, 3, 6, 7]),
        ];
  const pairs = [
    `a = ${mix("r0", "r1", [0, 4, 1, 5])}`,
    `b = ${mix("r2", "r3", [0, 4, 1, 5])}`,
    `c = ${mix("r0", "r1", [2, 6, 3, 7])}`,
    `d = ${mix("r2", "r3", [2, 6, 3, 7])}`,
  ];
  return `${joining(parts.length, square)}
static __attribute__((noinline)) void turn(char *to, long toStep, const char *at, long stride, long last, long depth) {
  long s = 0;
  for (; s + ${square} <= depth; s += ${square}, at += ${PART}, to += ${square} * toStep) {
    const vreal ${rows.join(", ")};
    ${square === 2 ? "" : `const vreal ${pairs.join(", ")};`}
    ${columns.map((column, i) => `*(lreal *)(to + ${i} * toStep) = ${column};`).join("\n    ")}
  }
  for (; s < depth; s++, at += RB, to += toStep)
    for (long l = 0; l < RL; l++) ((areal *)to)[l] = *(const areal *)(at + (l < last ? l : last) * stride);
}
static void pack_turned(char *to, long toStep, const char *from, long stride, int count, long depth) {
  int lane = 0;
  for (; lane + RL <= count; lane += RL) turn(to + lane * RB, toStep, from + lane * stride, stride, RL - 1, depth);
  if (lane < count) turn(to + lane * RB, toStep, from + lane * stride, stride, count - 1 - lane, depth);
}
`;
};

/** A vector of its parts; compilers without shuffles that change the size go through memory. */
const joining = (parts: number, square: number): string => {
  const names = ["a", "b", "c", "d"].slice(0, parts);
  const upTo = (count: number) => Array.from({ length: count * square }, (_, i) => i).join(", ");
  const pair = (a: string, b: string) => `MIX(${a}, ${b}, ${upTo(2)})`;
  const direct = parts === 4 ? `MIX(${pair("a", "b")}, ${pair("c", "d")}, ${upTo(4)})` : pair("a", "b");
  return `
#if ${Number(parts > 1)} && SHUFFLES
#define JOIN(${names.join(", ")}) ${direct}
#else
#define JOIN(...) ({ qreal parts_[] = {__VA_ARGS__}; vreal v_; copy(&v_, parts_, VB); v_; })
#endif`;
};
