import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "../../src/formats/csv.ts";
import { numberIn } from "../../src/formats/number-cell.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, comment?: string) => readCsv(bytesOf(text), "f.csv", { comment });

test("header, rows and the lines they stand on", () => {
  expect(read("a,b\n1,2\n\n3,4\n")).toEqual({
    header: ["a", "b"],
    rows: [
      { line: 2, cells: ["1", "2"] },
      { line: 4, cells: ["3", "4"] },
    ],
    torn: false,
  });
});

test.each([
  ["semicolons", "a;b\n1;2"],
  ["tabs", "a\tb\n1\t2"],
  ["a byte-order mark", "\uFEFFa,b\n1,2\n"],
  ["returns at the line ends", "a,b\r\n1,2\r\n"],
  ["spaces around cells", "a , b\n 1 ,2 "],
  ["quotes", '"a","b"\n"1","2"\n'],
  ["quotes between tabs", '"a"\t"b"\n1\t"2"\n'],
])("%s", (_name, text) => {
  const { header, rows } = read(text);
  expect([header, rows.map(({ cells }) => cells)]).toEqual([["a", "b"], [["1", "2"]]]);
});

test("separators, doubled quotes and line breaks inside quotes belong to the cell", () => {
  expect(read('a,b\n"1,""5""\n x",2\n3,4').rows).toEqual([
    { line: 2, cells: ['1,"5"\n x', "2"] },
    { line: 4, cells: ["3", "4"] },
  ]);
});

test("comment lines are left out when asked for", () => {
  expect(read("# made by\na,b\n1,2\n# done\n", "#").rows).toEqual([{ line: 3, cells: ["1", "2"] }]);
});

test("a last line that breaks off is left out, and said to be", () => {
  expect(read("a,b,c\n1,2,3\n4,5")).toMatchObject({ rows: [{ line: 2 }], torn: true });
});

describe("refused, with the place", () => {
  test.each([
    ["", "f.csv: no line: needs a header and rows"],
    ["a,a\n1,2", 'f.csv:1: two columns are named "a"'],
    ["a,\n1,2", "f.csv:1: column 2 has no name"],
    ["a,b\n1,2,3\n", "f.csv:2: 3 cells: needs 2, as the header has"],
    ["a,b\n1\n2,3\n", "f.csv:2: 1 cells: needs 2, as the header has"],
    ['a,b\n"1,2\n3,4\n', "f.csv:2: a quote begins here that does not end"],
    ['a,b\n"1"x,2\n', "f.csv:2: cell 1 continues after its closing quote"],
  ])("%j", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test("bytes that are no text", () => {
    expect(() => readCsv(Uint8Array.of(0xff, 0xfe, 0x41), "f.csv")).toThrow("f.csv: needs text in UTF-8");
  });
});

test("any table comes back from its text", () => {
  const cell = fc.string({ maxLength: 8 }).map(text => text.replace(/\r/g, ""));
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain(width => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));
  fc.assert(
    fc.property(table, rows => {
      const header = rows[0].map((_, i) => `c${i}`);
      const text = [header, ...rows]
        .map(row => row.map(value => `"${value.replaceAll('"', '""')}"`).join(","))
        .join("\n");
      expect(read(`${text}\n`).rows.map(({ cells }) => cells)).toEqual(rows);
    }),
    { numRuns: 300, seed: 1 },
  );
});

test("any bytes: a table or a LandauError, nothing else", () => {
  const part = fc.constantFrom("a", "1", ",", ";", "\t", '"', "\n", "\r\n", " ", "#", "é");
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(part).map(parts => bytesOf(parts.join(""))),
        fc.uint8Array({ maxLength: 60 }),
      ),
      bytes => {
        try {
          const { header, rows } = readCsv(bytes, "f.csv", { comment: "#" });
          for (const { cells } of rows) expect(cells.length).toBe(header.length);
        } catch (error) {
          expect(error).toMatchObject({ name: "LandauError", kind: "input" });
        }
      },
    ),
    { numRuns: 1000, seed: 2 },
  );
});

test.each<[string, number | undefined]>([
  ["1", 1],
  ["-1.5e-3", -0.0015],
  [".5", 0.5],
  ["2.", 2],
  ["+3", 3],
  ["NaN", Number.NaN],
  ["NA", Number.NaN],
  ["-inf", -Infinity],
  ["Infinity", Infinity],
  ["", undefined],
  ["1,5", undefined],
  ["0x10", undefined],
  ["1e", undefined],
  ["constructor", undefined],
  ["1 2", undefined],
])("the number in %j is %s", (cell, value) => {
  expect(numberIn(cell)).toEqual(value);
});
