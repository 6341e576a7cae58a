import { expect, test } from "vitest";
import { lastRise } from "../../src/numerics/broken-line.ts";

test.each([
  ["between two points", [0, 1, 2], [-1, -1, 3], 1.25],
  ["the last of several", [0, 1, 2, 3], [-1, 1, -2, 2], 2.5],
  ["at a point", [0, 1, 2], [-1, 0, 1], 1],
  ["none when it falls", [0, 1], [1, -1], null],
  ["none of one point", [0], [1], null],
])("%s", (_, x, y, place) => {
  expect(lastRise(x, y)).toBe(place);
});
