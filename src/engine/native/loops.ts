import { BLOCK } from "../../numerics/in-blocks.ts";
import { c, loopsInC } from "../kernels/bytes.ts";
import { anyProduct } from "./products.ts";
import { random } from "./random.ts";
import { reduction64 } from "./trigonometry.ts";
import { loops, reals, vectors } from "./vectors.ts";

/** Here elementary functions are used in few places, so that their parts need no calls. */
const together = `
#undef ONCE
#define ONCE inline __attribute__((always_inline, unused))
`;

/** The functions of src/numerics/in-blocks.ts: whole vectors, and a last one that is filled up. */
const inBlocks = `
#define BLOCK ${BLOCK}
#define IN_PLACE(name, f) \\
static void name(double *values, int32_t from, int32_t count) { \\
  values += from; \\
  for (; count >= VB / 8; count -= VB / 8, values += VB / 8) *(lf64 *)values = (vf64)f((v128)*(const lf64 *)values); \\
  if (count > 0) { v128 x = {}; copy(&x, values, count * 8); x = f(x); copy(values, &x, count * 8); } \\
}
IN_PLACE(exps, exp64)
IN_PLACE(logs, log64)
/* Loops over blocks are worth vectors even where their length is not known. */
#ifndef __clang__
#pragma GCC push_options
#pragma GCC optimize ("O3")
#endif
`;

const asBefore = `
#ifndef __clang__
#pragma GCC pop_options
#endif
`;

/** Names of the translated loops in the library, with their parameters as koffi calls them; each gives a number. */
export const loopParameters = loopsInC.parameters;

/**
 * The native loops of src/numerics/native-loops.ts in C, by their names with `landau_` in front, and those of folders called loops by their own. `key` are the
 * words of the seed, `counter` those of Philox: block, step, chain, purpose.
 */
export const nativeLoopsInC = (): string =>
  [
    vectors,
    together,
    reals.f64,
    loops,
    c["quarter-turns"],
    c.series64,
    reduction64,
    c.elementary64,
    random,
    anyProduct(),
    `
void landau_normals(double *out, int32_t count, const uint32_t *key, const uint32_t *counter) {
  draws((char *)out, count, 1, key[0], key[1], counter[1], counter[2], counter[3], counter[0]);
}
void landau_uniforms(double *out, int32_t count, const uint32_t *key, const uint32_t *counter) {
  draws((char *)out, count, 0, key[0], key[1], counter[1], counter[2], counter[3], counter[0]);
}
void landau_words(uint32_t *out, int32_t count, const uint32_t *key, const uint32_t *counter) {
  uint32_t words[4][BLOCKS];
  for (uint32_t block = counter[0]; count > 0; block += BLOCKS, count -= 4 * BLOCKS, out += 4 * BLOCKS) {
    philox(block, key[0], key[1], counter[1], counter[2], counter[3], words);
    for (int i = 0; i < 4 * BLOCKS && i < count; i++) out[i] = words[i % 4][i / 4];
  }
}
void landau_shuffle(int32_t *order, int32_t last, int32_t count, const uint32_t *key, const uint32_t *counter) {
  uint32_t words[4][BLOCKS];
  for (uint32_t block = counter[0]; count > 0; block += BLOCKS) {
    philox(block, key[0], key[1], counter[1], counter[2], counter[3], words);
    for (int i = 0; i < 4 * BLOCKS && count > 0; i++, count--, last--) {
      const long other = ((uint64_t)words[i % 4][i / 4] * (uint64_t)(last + 1)) >> 32;
      const int32_t entry = order[last];
      order[last] = order[other];
      order[other] = entry;
    }
  }
}
void landau_multiply(int32_t m, int32_t n, int32_t k, int32_t turnedA, int32_t turnedB, const double *a, const double *b, double *c) {
  any_product(m, n, k, turnedA, turnedB, (const char *)a, (const char *)b, (char *)c);
}
`,
    inBlocks,
    loopsInC.source,
    asBefore,
  ].join("\n");
