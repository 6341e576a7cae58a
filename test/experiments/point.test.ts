import { expect, test } from "vitest";
import type { NamedArrays } from "../../src/contracts/protocol.ts";
import { flatPoint } from "../../src/experiments/point.ts";

/** A matrix whose entries say where they stand: row and column, counted from 1. */
const matrix = (rows: number, columns: number, entry = (row: number, column: number) => 10 * row + column) => ({
  shape: [rows, columns],
  data: Float64Array.from({ length: rows * columns }, (_, i) => entry(1 + Math.floor(i / columns), 1 + (i % columns))),
});
/** The same as layers of PyTorch hold it. */
const torch = (rows: number, columns: number) => matrix(columns, rows, (row, column) => 10 * column + row);
const parameter = (name: string, shape: readonly number[], offset: number) => ({ name, shape, offset });

const hidden = parameter("hidden.weight", [2, 3], 0);
const square = parameter("mixing.weight", [2, 2], 6);
const flat = (arrays: NamedArrays, layout?: "torch") => [...flatPoint([hidden, square], arrays, "w.npz", layout)];
const values = [11, 12, 13, 21, 22, 23, 11, 12, 21, 22];

test("weights of layers in torch's layout are transposed, square ones too", () => {
  expect(flat({ "hidden.weight": matrix(2, 3), "mixing.weight": matrix(2, 2) })).toEqual(values);
  expect(flat({ "hidden.weight": torch(2, 3), "mixing.weight": torch(2, 2) }, "torch")).toEqual(values);
});

test("without the flag they are refused with the way out", () => {
  expect(() => flat({ "hidden.weight": torch(2, 3), "mixing.weight": torch(2, 2) })).toThrow(
    "w.npz: hidden.weight has shape [3, 2], the model's has [2, 3]; it is outputs x inputs, as PyTorch has it: --layout torch takes it so",
  );
  expect(() => flat({ "hidden.weight": matrix(4, 2), "mixing.weight": matrix(2, 2) })).toThrow(
    /has shape \[4, 2\], the model's has \[2, 3\]$/,
  );
});

test("what fits as it is, and what is no layer's weight, stays", () => {
  const table = parameter("embedding", [2, 2], 0);
  expect([...flatPoint([table], { embedding: matrix(2, 2) }, "w.npz", "torch")]).toEqual([11, 12, 21, 22]);
  const wide = parameter("embedding.weight", [5, 2], 0);
  expect([...flatPoint([wide], { "embedding.weight": matrix(5, 2) }, "w.npz", "torch")]).toEqual([
    ...matrix(5, 2).data,
  ]);
});
