import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnReader, type NumberTable } from "../../src/formats/columns.ts";

const read = (text: string | Uint8Array, piece = Number.POSITIVE_INFINITY): NumberTable => {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const reader = columnReader("f.csv");
  for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.slice(at, at + piece));
  return reader.end();
};
const numbers = (table: NumberTable) =>
  Array.from({ length: table.rows }, (_, row) => Array.from({ length: table.columns }, (_, c) => table.value(row, c)));
const plain = (table: NumberTable) => ({
  header: table.header,
  numbers: numbers(table),
  words: Array.from({ length: table.columns }, (_, c) => [...table.words(c)]),
  lines: Array.from({ length: table.rows }, (_, row) => table.lineOf(row)),
  comments: table.comments,
  repeats: table.repeats,
  torn: table.torn,
});

describe("header, numbers and the lines they stand on", () => {
  test.each([
    ["commas", "a,b\n1,2\n3,4\n"],
    ["semicolons", "a;b\n1;2\n3;4"],
    ["tabs", "a\tb\n1\t2\n3\t4\n"],
    ["spaces", "a  b\n 1 2 \n3   4\n"],
    ["a byte-order mark and returns", "\uFEFFa,b\r\n1,2\r\n3,4\r\n"],
    ["quotes", '"a","b"\n"1","2"\n3,"4"\n'],
    ["spaces around cells", "a , b\n 1 ,2 \n3 , 4"],
  ])("%s", (_name, text) => {
    expect(read(text)).toMatchObject({ header: ["a", "b"], torn: false });
    expect(numbers(read(text))).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test("comments, blank lines and joined files", () => {
    const table = read("# one\na,b\n# two\n1,2\n\n3,4\n# three\na,b\n5,6\n");
    expect(plain(table)).toMatchObject({
      lines: [4, 6, 9],
      comments: [
        { line: 1, row: 0, text: "one" },
        { line: 3, row: 0, text: "two" },
        { line: 7, row: 2, text: "three" },
      ],
      repeats: [{ line: 8, row: 2 }],
    });
  });

  test("words, blanks and booleans", () => {
    const table = read('a,b,c\nx,,True\ny,1e400,FALSE\n"p,""q""",NaN,1\n');
    expect(numbers(table)).toEqual([
      [Number.NaN, Number.NaN, 1],
      [Number.NaN, Infinity, 0],
      [Number.NaN, Number.NaN, 1],
    ]);
    expect(plain(table).words).toEqual([
      [
        [0, "x"],
        [1, "y"],
        [2, 'p,"q"'],
      ],
      [[0, ""]],
      [],
    ]);
  });

  test.each([
    ["0.5,1\n2,3\n", undefined],
    ["0,1,2\n0.5,1,2\n", ["0", "1", "2"]],
    ["1;2\n0.5;1\n", ["1", "2"]],
    ["2,3\n4,5\n", undefined],
    ["NaN,1.5\n4,5\n", undefined],
    ["1\n0.5\n", ["1"]],
    ["1\n2\n", undefined],
    ['"a" "b"\n"1" 2 3\n', ["", "a", "b"]],
    [",0,1\n0,5,6\n", ["", "0", "1"]],
  ])("%j has the header %j", (text, header) => {
    expect(read(text).header).toEqual(header);
  });
});

test("the same in pieces of any size", () => {
  const text =
    '\uFEFF# c\nname,"x, ""y""",z\r\nn1,1.25,"a\nb"\n\nn2,-3e-7,True\nname,"x, ""y""",z\nn3,12345678901234567,0\nn4,1';
  const whole = plain(read(text));
  expect(whole).toMatchObject({ torn: true, lines: [3, 6, 8] });
  for (let piece = 1; piece < 30; piece++) expect(plain(read(text, piece))).toEqual(whole);
});

test("any numbers come back as Number reads them", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.double(), fc.double()), { minLength: 1, maxLength: 40 }), rows => {
      const text = rows.map(row => row.join(",")).join("\n");
      expect(numbers(read(`a,b\n${text}\n`))).toEqual(rows.map(row => row.map(value => Number(String(value)))));
    }),
    { numRuns: 300, seed: 3 },
  );
});

describe("refused, with the place", () => {
  test.each([
    ["", "f.csv: no line: needs a header and rows"],
    ["a,a\n1,2", 'f.csv:1: two columns are named "a"'],
    ["a,b\n1,2,3\n", "f.csv:2: 3 cells: needs 2, as the header has"],
    ["a,b\n1\n2,3\n", "f.csv:2: 1 cells: needs 2, as the header has"],
    ['a,b\n"1,2\n3,4\n', "f.csv:2: a quote begins here that does not end"],
    ['a,b\n"1"x,2\n', "f.csv:2: cell 1 continues after its closing quote"],
    [Uint8Array.of(0xff, 0xfe, 0x41, 0), "f.csv: needs text in UTF-8: it begins with the byte-order mark of UTF-16"],
  ])("%j", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

test("any bytes: a table or a LandauError, nothing else", () => {
  const part = fc.constantFrom("a", "1", ",", ";", "\t", '"', "\n", "\r\n", " ", "#", "é");
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(part).map(parts => new TextEncoder().encode(parts.join(""))),
        fc.uint8Array({ maxLength: 60 }),
      ),
      bytes => {
        try {
          const table = read(bytes);
          for (const row of numbers(table)) expect(row.length).toBe(table.columns);
        } catch (error) {
          expect(error).toMatchObject({ name: "LandauError", kind: "input" });
        }
      },
    ),
    { numRuns: 2000, seed: 2 },
  );
});
