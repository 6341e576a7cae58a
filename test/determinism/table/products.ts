import { stream } from "../../../src/numerics/stream.ts";
import { hashBits, type Table } from "./bits.ts";
import { kernelsOn } from "./kernels.ts";

/** Rows, columns and terms: a whole number of tiles, and of none. */
const sizes = { "256 x 256 x 256": [256, 256, 256], "61 x 37 x 301": [61, 37, 301] } as const;
const transposes = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

/** Products of matrices of normal numbers, each size with every transposition. */
export const products = (): Table => {
  const table: { [name: string]: string } = {};
  const room = 8 * 256 * 256;
  const { memory, kernels, free } = kernelsOn(3 * room + 2 ** 21);
  const [a, b, c, scratch] = [free, free + room + 64, free + 2 * room + 128, free + 3 * room + 192];
  for (const [kernel, Floats] of [
    ["gemm32", Float32Array],
    ["gemm64", Float64Array],
  ] as const)
    for (const [name, [m, n, k]] of Object.entries(sizes)) {
      new Floats(memory.buffer, a, m * k).set(normals(m * k, "left"));
      new Floats(memory.buffer, b, k * n).set(normals(k * n, "right"));
      const results = transposes.map(([transposeA, transposeB]) => {
        kernels[kernel](m, n, k, transposeA, transposeB, a, b, c, scratch);
        return new Floats(memory.buffer, c, m * n).slice();
      });
      table[`${kernel} ${name}`] = hashBits(...results);
    }
  return table;
};

const normals = (size: number, purpose: string): Float64Array => {
  const values = new Float64Array(size);
  stream({ seed: 1, purpose }).normals(values);
  return values;
};
