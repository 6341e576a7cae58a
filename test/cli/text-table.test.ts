import { expect, test } from "vitest";
import { textTable, wrap } from "../../src/cli/text-table.ts";

test("wraps at spaces, and keeps a word that is longer than the line", () => {
  expect(wrap("the loss of a k-gon", 8)).toEqual(["the loss", "of a", "k-gon"]);
  expect(wrap("a https://arxiv.org/abs/2310.06301 b", 8)).toEqual(["a", "https://arxiv.org/abs/2310.06301", "b"]);
  expect(wrap("", 8)).toEqual([""]);
});

test("aligns columns and wraps the last one under itself", () => {
  const rows = [
    ["holds", "levels", "the plateaus of the loss are its critical values"],
    ["fails", "a", "short"],
  ];
  expect(textTable(rows, { width: 40, header: ["", "claim", "text"] })).toEqual([
    "       claim   text",
    "holds  levels  the plateaus of the loss",
    "               are its critical values",
    "fails  a       short",
  ]);
});

test("newlines in the last column are kept", () => {
  expect(textTable([["a", "one\ntwo"]], { width: 80 })).toEqual(["a  one", "   two"]);
});

test("paint sees padded cells and cannot shift columns", () => {
  const lines = textTable(
    [
      ["a", "b"],
      ["aa", "b"],
    ],
    { width: 80, paint: (cell, row) => (row === 0 ? `<${cell}>` : cell) },
  );
  expect(lines).toEqual(["<a   ><b>", "aa  b"]);
});

test("an empty table has no lines", () => {
  expect(textTable([], { width: 80 })).toEqual([]);
});
