import type { Step } from "../lower/steps.ts";
import type { Precision } from "../wasm/precision.ts";

type Product = Step & { readonly kind: "matmul" };

/** Sums of so many products are taken in registers, then added to C: as in kernels/assembly/gemm.ts, for the same bits. */
export const DEPTH = 128;
/** Rows of B that lie so many bytes apart, or a multiple of the other, are copied together, if there are rows of A enough to use them. */
export const FAR = 2048;
export const IN_STEP = 128;
export const ENOUGH_ROWS = 24;

/** Bytes of a vector, and the tile of C that stays in registers: 32 of them with AVX-512, 16 without. */
export const widths = [
  { bytes: 64, rows: 8, vectors: 3 },
  { bytes: 32, rows: 4, vectors: 2 },
  { bytes: 16, rows: 4, vectors: 2 },
] as const;

export type Width = (typeof widths)[number];

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
    const turns = [...shapes.values()].some(({ transposeB }) => transposeB);
    return [turns ? packTurned(width, precision.bytes) : "", ...written, ...functions].join("\n");
  };
  const fused = isFused ? FUSED : ["", ""];
  return `${packPlain}${fused[0]}
${widths.map(width => `#if VB == ${width.bytes}\n${forWidth(width)}\n#endif`).join("\n")}
${fused[1]}`;
};

/** Around functions in which a multiplication and the addition of its result become one operation with one rounding. */
const FUSED = [
  `
#if (defined(__x86_64__) || defined(__i386__)) && !defined(__FMA__)
#error "this processor has no fused multiply-add: leave the fast mode native-fma out"
#endif
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
export const tileFunction = (rows: number, vectors: number): string => {
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

/** Copies of a panel of B in the order in which a tile reads it. */
export const packPlain = `
static __attribute__((unused)) void pack_plain(char *to, long toStep, const char *from, long fromStep, int count, long depth) {
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
export const packTurned = (width: Width, bytes: number): string => {
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
INLINE void turn(char *to, long toStep, const char *at, long stride, long last, long depth) {
  long s = 0;
  for (; s + ${square} <= depth; s += ${square}, at += ${PART}, to += ${square} * toStep) {
    const vreal ${rows.join(", ")};
    ${square === 2 ? "" : `const vreal ${pairs.join(", ")};`}
    ${columns.map((column, i) => `*(lreal *)(to + ${i} * toStep) = ${column};`).join("\n    ")}
  }
  for (; s < depth; s++, at += RB, to += toStep)
    for (long l = 0; l < RL; l++) ((areal *)to)[l] = *(const areal *)(at + (l < last ? l : last) * stride);
}
INLINE void pack_turned(char *to, long toStep, const char *from, long stride, int count, long depth) {
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
