import { expect, test } from "vitest";
import { dataset } from "../../src/experiments/data.ts";

test("nested lists, typed arrays and { shape, data } come out alike", () => {
  const { samples, arrays } = dataset({
    nested: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    flat: new Float64Array([7, 8]),
    shaped: { shape: [2, 1, 2], data: [1, 2, 3, 4] },
    labels: Int32Array.of(0, 5),
  });
  expect(samples).toBe(2);
  expect(arrays.nested).toEqual({ shape: [2, 3], values: [1, 2, 3, 4, 5, 6], element: "real" });
  expect(arrays.flat.shape).toEqual([2]);
  expect(arrays.shaped.shape).toEqual([2, 1, 2]);
  expect(arrays.labels.element).toBe("index");
});

test.each([
  [{}, "data is {}: needs at least one array"],
  [{ x: [[1, 2], [3]] }, "data: x[1] has shape [1], x[0] has [2]: needs rows of one shape"],
  [{ x: [[1], 2] }, "data: x[1] has shape [], x[0] has [1]: needs rows of one shape"],
  [{ x: [1, "2"] }, 'data: x[1] is "2": needs a number'],
  [{ x: [1, 2], y: [1] }, "data: y has 1 samples, x has 2: all arrays need the same number"],
  [{ x: [1, Number.NaN] }, "data: x, entry 1 is NaN: needs a finite number"],
  [{ x: { shape: [3], data: [1, 2] } }, "data: x has 2 values: [3] needs 3"],
  [{ x: { shape: [0], data: [] } }, "data: the shape of x is [0]: needs one or more axes of positive whole length"],
  [{ x: 3 }, "data: x is 3: needs a list of numbers, a typed array, or { shape, data }"],
  [{ x: [] }, "data: the shape of x is [0]: needs one or more axes of positive whole length"],
  [undefined, "data is undefined: needs an object of arrays by name"],
  [null, "data is null: needs an object of arrays by name"],
  [{ x: null }, "data: x is null: needs a list of numbers, a typed array, or { shape, data }"],
  [{ x: { data: [1] } }, "needs a list of numbers, a typed array, or { shape, data }"],
  [{ x: [[[1, 2]], [[3]]] }, "data: x[1] has shape [1, 1], x[0] has [1, 2]: needs rows of one shape"],
  [{ x: [[1], ["2"]] }, 'data: x[1][0] is "2": needs a number'],
  [{ x: { shape: [1.5, 2], data: [1, 2, 3] } }, "data: the shape of x is [1.5,2]: needs one or more axes"],
  [{ x: { shape: [], data: [1] } }, "data: the shape of x is []: needs one or more axes"],
  [{ x: new Float32Array([1, Infinity]) }, "data: x, entry 1 is Infinity: needs a finite number"],
])("%j is refused", (data, message) => {
  expect(() => dataset(data as never)).toThrow(message);
});

test("indices may come with a shape, and whose data it is can be said", () => {
  const { arrays } = dataset({ pairs: { shape: [2, 2], data: Int32Array.of(0, 1, 2, 3) } });
  expect(arrays.pairs).toMatchObject({ shape: [2, 2], element: "index" });
  expect(() => dataset({ x: [[1], 2] } as never, "test")).toThrow("test: x[1] has shape [], x[0] has [1]");
});
