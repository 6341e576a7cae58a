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

const shapeOf = ({ m, n, k, transposeA, transposeB }: Product): string =>
  [m, n, k, transposeA ? "t" : "n", transposeB ? "t" : "n"].join("_");

/** The name of the function that multiplies the matrices of a step: (a, b, c, scratch). */
export const productName = (step: Product): string => `product_${shapeOf(step)}`;

/**
 * Functions for the products of a program, C[m, n] = op(A) op(B). Every entry of C is the sum of its products in ascending order, `DEPTH`
 * at a time from zero, and these parts are added in order: tiles of any size give the same bits.
 */
export const products = (steps: readonly Step[], precision: Precision, isFused: boolean): string => {
  const shapes = new Map<string, Product>();
  for (const step of steps) if (step.kind === "matmul" && step.k > 0) shapes.set(shapeOf(step), step);
  if (shapes.size === 0) return "";
  const forWidth = (width: Width): string => {
    const tiles = new Set<string>();
    const functions = [...shapes.values()].map(step => product(step, width, precision, tiles));
    const written = [...tiles].map(tile => {
      const [rows, vectors] = tile.split("_").map(Number);
      return tileFunction(rows, vectors);
    });
    return [...written, ...functions].join("\n");
  };
  const fused = isFused ? FUSED : ["", ""];
  return `${pack}${fused[0]}
${widths.map(width => `#if VB == ${width.bytes}\n${forWidth(width)}\n#endif`).join("\n")}
${fused[1]}`;
};

/** Around functions in which a multiplication and the addition of its result become one operation with one rounding. */
const FUSED = [
  `
#ifdef __clang__
#pragma clang fp contract(fast)
#else
#pragma GCC push_options
#pragma GCC optimize ("fp-contract=fast")
#endif`,
  `#ifndef __clang__
#pragma GCC pop_options
#endif
`,
];

/** C[rows, vectors] = A B over `depth` steps; with `more` the sums are added to C. `last` entries of the last vector count. */
const tileFunction = (rows: number, vectors: number): string => {
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

const product = (step: Product, width: Width, { bytes }: Precision, tiles: Set<string>): string => {
  const { m, n, k, transposeA, transposeB } = step;
  const lanes = width.bytes / bytes;
  const panel = width.vectors * lanes;
  const count = Math.ceil(m / width.rows);
  const [least, larger] = [Math.floor(m / count), m % count];
  const packs = transposeB || (m >= ENOUGH_ROWS && (n * bytes > FAR || (n * bytes) % IN_STEP === 0));
  const [aRow, aStep] = transposeA ? [bytes, m * bytes] : [k * bytes, bytes];
  const tile = (rows: number, vectors: number) => {
    tiles.add(`${rows}_${vectors}`);
    return `tile_${rows}_${vectors}`;
  };
  /** Columns `from` to `to`, `vectors` vectors at a time. */
  const panels = (from: number, to: number, vectors: number): string => {
    if (from >= to) return "";
    const columns = Math.min(vectors * lanes, to - from);
    const last = columns - (vectors - 1) * lanes;
    const source = packs ? "panel" : `b + first * ${n * bytes} + j * ${bytes}`;
    const bStep = packs ? vectors * width.bytes : n * bytes;
    const rowsOf = (rows: number, times: number) =>
      times === 0
        ? ""
        : `for (int t = 0; t < ${times}; t++, row += ${rows}) ${tile(rows, vectors)}(at + row * ${aRow}, ${aRow}, ${aStep}, from, ${bStep}, c + row * ${n * bytes} + j * ${bytes}, ${n * bytes}, depth, first > 0, ${last});`;
    return `  for (long j = ${from}; j < ${to}; j += ${columns})
    for (long first = 0; first < ${k}; first += ${DEPTH}) {
      const long depth = ${k} - first < ${DEPTH} ? ${k} - first : ${DEPTH};
      ${packs ? `pack_${transposeB ? "turned" : "plain"}(panel, ${bStep}, b + ${transposeB ? `j * ${k * bytes} + first * ${bytes}, ${k * bytes}` : `first * ${n * bytes} + j * ${bytes}, ${n * bytes}`}, ${columns}, depth);` : ""}
      const char *const from = ${source}, *const at = a + first * ${aStep};
      long row = 0;
      ${rowsOf(least + 1, larger)}
      ${rowsOf(least, count - larger)}
    }
`;
  };
  const whole = n - (n % panel);
  return `static void ${productName(step)}(const char *a, const char *b, char *c, char *scratch) {
  char *const panel = (char *)(((unsigned long)scratch + 63) & ~63ul);
  (void)panel;
${panels(0, whole, width.vectors)}${panels(whole, n, Math.ceil((n - whole) / lanes))}}`;
};

/** Copies of a panel of B in the order in which a tile reads it; what fills up its last vector is zero. */
const pack = `
#if defined(__clang__) || __GNUC__ >= 12
#define MIX4(a, b, i, j, k, l) __builtin_shufflevector(a, b, i, j, k, l)
#define MIX2(a, b, i, j) __builtin_shufflevector(a, b, i, j)
#else
#define MIX4(a, b, i, j, k, l) __builtin_shuffle(a, b, (qmask){i, j, k, l})
#define MIX2(a, b, i, j) __builtin_shuffle(a, b, (qmask){i, j})
#endif
static __attribute__((unused)) void pack_plain(char *to, long toStep, const char *from, long fromStep, int count, long depth) {
  for (long s = 0; s < depth; s++, to += toStep, from += fromStep)
    for (int lane = 0; lane < count; lane += RL) *(lreal *)(to + lane * RB) = LOAD(from + lane * RB);
}
static __attribute__((unused)) void pack_turned(char *to, long toStep, const char *from, long laneStride, int count, long depth) {
  const int whole = count - count % LN, filled = (count + RL - 1) / RL * RL;
  for (int lane = 0; lane < whole; lane += LN) {
    const char *at = from + lane * laneStride;
    char *target = to + lane * RB;
    long s = 0;
    for (; s + LN <= depth; s += LN, at += 16, target += LN * toStep) {
#if LN_IS_4
      qreal a = *(const lqreal *)at, b = *(const lqreal *)(at + laneStride), c = *(const lqreal *)(at + 2 * laneStride), d = *(const lqreal *)(at + 3 * laneStride);
      qreal ab = MIX4(a, b, 0, 4, 1, 5), cd = MIX4(c, d, 0, 4, 1, 5), AB = MIX4(a, b, 2, 6, 3, 7), CD = MIX4(c, d, 2, 6, 3, 7);
      *(lqreal *)target = MIX4(ab, cd, 0, 1, 4, 5);
      *(lqreal *)(target + toStep) = MIX4(ab, cd, 2, 3, 6, 7);
      *(lqreal *)(target + 2 * toStep) = MIX4(AB, CD, 0, 1, 4, 5);
      *(lqreal *)(target + 3 * toStep) = MIX4(AB, CD, 2, 3, 6, 7);
#else
      qreal a = *(const lqreal *)at, b = *(const lqreal *)(at + laneStride);
      *(lqreal *)target = MIX2(a, b, 0, 2);
      *(lqreal *)(target + toStep) = MIX2(a, b, 1, 3);
#endif
    }
    for (; s < depth; s++, at += RB, target += toStep)
      for (int l = 0; l < LN; l++) ((areal *)target)[l] = *(const areal *)(at + l * laneStride);
  }
  for (int lane = whole; lane < filled; lane++)
    for (long s = 0; s < depth; s++)
      *(areal *)(to + s * toStep + lane * RB) = lane < count ? *(const areal *)(from + lane * laneStride + s * RB) : 0;
}
`;
