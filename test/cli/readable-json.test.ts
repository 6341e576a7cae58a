import { expect, test } from "vitest";
import { readableJson } from "../../src/cli/readable-json.ts";

test("names and values in columns, numbers with all digits, matrices by rows", () => {
  expect(
    readableJson({
      loss: 0.06874357811763405,
      label: "5+",
      dead: null,
      W: [
        [1, 0.5],
        [0, -1],
      ],
    }),
  ).toEqual(["loss   0.06874357811763405", "label  5+", "dead   -", "W      [[1, 0.5], [0, -1]]"]);
});

test("a list of objects is a table, below its name", () => {
  const rows = [
    { k: 4, loss: 0.11111 },
    { k: 5, loss: 0.0687 },
  ];
  expect(readableJson(rows)).toEqual(["k  loss", "4  0.11111", "5  0.0687"]);
  expect(readableJson({ c: 6, levels: rows })).toEqual([
    "c  6",
    "",
    "levels:",
    "  k  loss",
    "  4  0.11111",
    "  5  0.0687",
  ]);
});

test("a bare value is itself", () => {
  expect(readableJson(1.5)).toEqual(["1.5"]);
  expect(readableJson("5+")).toEqual(["5+"]);
  expect(readableJson([])).toEqual(["[]"]);
});
