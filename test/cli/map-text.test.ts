import { expect, test } from "vitest";
import { cellTally, characterMap, keyLine, mapRow, percent, phaseSymbols } from "../../src/cli/map-text.ts";

const none = () => (text: string) => text;
const letters = (labels: readonly string[]) =>
  phaseSymbols(labels)
    .map(({ letter }) => letter)
    .join("");

test("letters: the first of a name that none before has", () => {
  expect(letters(["comprehension", "confusion", "memorization", "diverged"])).toBe("COMD");
  expect(letters(["rank 0", "rank 1", "rank 2", "rank 3", "rank 4", "rank 5"])).toBe("RANK45");
  expect(letters(["4", "4+", "4++", "none", "é"])).toBe("4ABNC");
  const many = phaseSymbols(Array.from({ length: 40 }, () => "x"));
  expect(new Set(many.slice(0, 36).map(({ letter }) => letter)).size).toBe(36);
  expect(many[39].letter).toBe("?");
});

test("colours: eight that differ, one of them kept for runs that diverged", () => {
  const coloursOf = (labels: readonly string[]) => phaseSymbols(labels).map(({ colour }) => colour);
  expect(new Set(coloursOf(["a", "b", "c", "diverged", "d", "e", "f", "g"])).size).toBe(8);
  expect(coloursOf(["diverged", "a"])).toEqual(coloursOf(["a", "diverged"]).toReversed());
});

test("a map has a character for each cell where it fits, its first row below", () => {
  const symbols = phaseSymbols(["a", "b"]);
  const labelAt = (column: number, row: number) => (row === 0 ? "a" : column === 2 ? undefined : "b");
  const map = characterMap({ columns: 3, rows: 2 }, labelAt, symbols, { columns: 3, rows: 2 });
  expect(map.map(row => mapRow(row, none).plain)).toEqual(["AAA", "BB·"]);
});

test("where it has more cells, each character shows what most cells of its block are", () => {
  const symbols = phaseSymbols(["a", "b"]);
  const labelAt = (column: number, row: number) => (column < 5 && row < 3 ? "a" : "b");
  const map = characterMap({ columns: 9, rows: 6 }, labelAt, symbols, { columns: 5, rows: 2 });
  expect(map.map(row => mapRow(row, none).plain)).toEqual(["AAABB", "BBBBB"]);
});

test("runs are counted for their cell, and the phase of most of them is its own", () => {
  const tally = cellTally({ columns: 2, rows: 1 });
  for (const [column, label] of [
    [0, "a"],
    [0, "b"],
    [0, "b"],
    [1, "a"],
    [7, "c"],
  ] as const)
    tally.add(column, 0, label);
  expect([tally.labelAt(0, 0), tally.labelAt(1, 0), tally.seen(), tally.labels()]).toEqual(["b", "a", 2, ["a", "b"]]);
  const key = keyLine(phaseSymbols(["a", "b"]), tally.shares(), colour => text => `<${colour[0]}${text}>`);
  expect(key).toEqual({ plain: "A a 50 %  B b 50 %", painted: "<#A> a 50 %  <#B> b 50 %" });
});

test("shares in few digits, and never none of what is there", () => {
  expect([0, 0.0004, 0.004, 0.0149, 0.5, 1].map(percent)).toEqual(["0 %", "0.04 %", "0.4 %", "1 %", "50 %", "100 %"]);
});
