import { c } from "../kernels/bytes.ts";
import { anyProduct } from "./any-product.ts";
import { random } from "./random.ts";
import { loops, reals, vectors } from "./vectors.ts";

/**
 * The native loops of src/numerics/native-loops.ts in C, by their names with `landau_` in front. `key` are the words of the seed,
 * `counter` those of Philox: block, step, chain, purpose.
 */
export const nativeLoopsInC = [
  vectors,
  reals.f64,
  loops,
  c.series64,
  random,
  anyProduct,
  `
void landau_normals(double *out, int32_t count, const uint32_t *key, const uint32_t *counter) {
  draws((char *)out, count, 1, key[0], key[1], counter[1], counter[2], counter[3], counter[0]);
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
].join("\n");
