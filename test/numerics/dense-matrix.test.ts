import { describe, expect, test, vi } from "vitest";
import { denseMatrix } from "../../src/numerics/dense-matrix.ts";
import { stream } from "../../src/numerics/stream.ts";

const normals = (n: number, purpose: string): Float64Array => {
  const out = new Float64Array(n);
  stream({ seed: 7, purpose }).normals(out);
  return out;
};

/** The product in the order that the interface names, written plainly. */
const timesPlainly = (matrix: Float64Array, n: number, v: Float64Array): Float64Array =>
  Float64Array.from({ length: n }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += matrix[row * n + i] * v[i];
    return sum;
  });

const addRowsPlainly = (matrix: Float64Array, n: number, weights: Float64Array, start: Float64Array): Float64Array =>
  start.map((value, column) => {
    let sum = value;
    for (let row = 0; row < n; row++) sum += weights[row] * matrix[row * n + column];
    return sum;
  });

const SIZES = [1, 2, 5, 11, 12, 13, 15, 16, 17, 18, 19, 20, 23, 24, 31, 33, 40, 47, 64, 65, 100, 131];

describe("a matrix that meets many vectors", () => {
  test.each(SIZES)("has the bits of plain loops at size %i", n => {
    const values = normals(n * n, `matrix ${n}`);
    const [v, start] = [normals(n, `vector ${n}`), normals(n, `start ${n}`)];
    const matrix = denseMatrix(values, n);
    const out = new Float64Array(n);
    matrix.times(v, out);
    expect(out).toEqual(timesPlainly(values, n, v));
    matrix.addRows(v, start, out);
    expect(out).toEqual(addRowsPlainly(values, n, v, start));
  });

  test("takes turns with others of other sizes, and leaves what it is given as it was", () => {
    const all = [40, 13, 90, 40].map((n, k) => ({ n, values: normals(n * n, `${k}`), v: normals(n, `v ${k}`) }));
    const matrices = all.map(({ n, values }) => denseMatrix(values, n));
    for (const round of [0, 1, 2])
      for (const [k, { n, values, v }] of all.entries()) {
        const before = v.slice();
        const out = new Float64Array(n);
        matrices[(k + round) % 4].times(
          new Float64Array(all[(k + round) % 4].n).fill(1),
          new Float64Array(all[(k + round) % 4].n),
        );
        matrices[k].times(v, out);
        expect(out).toEqual(timesPlainly(values, n, v));
        expect(v).toEqual(before);
      }
  });

  test("may write over the start of a sum, and over its vector", () => {
    const n = 21;
    const values = normals(n * n, "in place");
    const v = normals(n, "in place v");
    const matrix = denseMatrix(values, n);
    const sums = normals(n, "in place start");
    const wanted = addRowsPlainly(values, n, v, sums);
    matrix.addRows(v, sums, sums);
    expect(sums).toEqual(wanted);
    const product = timesPlainly(values, n, v);
    matrix.times(v, v);
    expect(v).toEqual(product);
  });

  test("gives plain answers where an engine knows no vectors of 128 bits", async () => {
    const validate = WebAssembly.validate;
    WebAssembly.validate = () => false;
    try {
      vi.resetModules();
      const fresh = await import("../../src/numerics/dense-matrix.ts");
      const n = 30;
      const values = normals(n * n, "plain");
      const [v, start] = [normals(n, "plain v"), normals(n, "plain start")];
      const out = new Float64Array(n);
      fresh.denseMatrix(values, n).times(v, out);
      expect(out).toEqual(timesPlainly(values, n, v));
      fresh.denseMatrix(values, n).addRows(v, start, out);
      expect(out).toEqual(addRowsPlainly(values, n, v, start));
    } finally {
      WebAssembly.validate = validate;
    }
  });

  test("carries what is no number through, and infinities", () => {
    const n = 14;
    const values = normals(n * n, "not finite");
    values[5] = NaN;
    values[n + 3] = Infinity;
    const v = normals(n, "not finite v");
    const out = new Float64Array(n);
    denseMatrix(values, n).times(v, out);
    expect(out).toEqual(timesPlainly(values, n, v));
  });
});
