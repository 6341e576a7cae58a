import { expect, test } from "vitest";
import {
  checkDimensions,
  fromFlat,
  parameterArrays,
  sizeOf,
  toFlat,
} from "../../../../src/systems/superposition/model/layout.ts";

const weights = {
  W: [
    [1, 2, 3],
    [4, 5, 6],
  ],
  b: [7, 8, 9],
};
const flat = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);

test("the flat vector holds the rows of W, then b", () => {
  expect(toFlat(weights)).toEqual(flat);
  expect(fromFlat(flat, { c: 3, r: 2 })).toEqual(weights);
  expect(sizeOf({ c: 3, r: 2 })).toBe(9);
  expect(parameterArrays({ c: 3, r: 2 })).toEqual([
    { name: "W", shape: [2, 3], offset: 0 },
    { name: "b", shape: [3], offset: 6 },
  ]);
});

test.each([
  [6, 6, "r is 6: needs an integer from 1 to c - 1 = 5"],
  [6, 0, "r is 0: needs an integer from 1 to c - 1 = 5"],
  [6, 1.5, "r is 1.5: needs an integer from 1 to c - 1 = 5"],
  [6, Number.NaN, "r is NaN: needs an integer from 1 to c - 1 = 5"],
  [1, 1, "c is 1: needs an integer of at least 2, the number of features"],
])("c = %d with r = %d is refused", (c, r, message) => {
  expect(() => checkDimensions(c, r)).toThrow(message);
});

test("a ragged W, a wrong length and entries that are not finite are named", () => {
  expect(() =>
    toFlat({
      W: [
        [1, 2],
        [1, 2, 3],
      ],
      b: [1, 2, 3],
    }),
  ).toThrow("W[0] is [1,2]: needs 3 entries");
  expect(() =>
    toFlat({
      W: [
        [1, 2, 3],
        [1, Number.NaN, 3],
      ],
      b: [1, 2, 3],
    }),
  ).toThrow("W[1][1] is NaN: needs a finite number");
  expect(() => toFlat({ W: [[1, 2, 3]], b: [1, 2, Infinity] })).toThrow("b[2] is Infinity: needs a finite number");
  expect(() => fromFlat(flat, { c: 3, r: 1 })).toThrow("w.length is 9: needs (r + 1) c = 6 parameters");
});
