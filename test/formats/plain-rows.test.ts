import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnReader } from "../../src/formats/columns.ts";
import { rowReader } from "../../src/numerics/kernels/decimal-kernels.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const reader = rowReader(2, 0x2c)!;

const read = (text: string) => {
  reader.load(bytesOf(text));
  const { rows, stop } = reader.read(0, 1000);
  return { rows, stop, columns: [0, 1].map(column => Array.from(reader.column(column, rows))) };
};

/** The bits of Number, or left to others. */
const takes = (cell: string): boolean => {
  const { rows, columns } = read(`${cell},${cell}\n`);
  if (rows === 1) for (const [value] of columns) expect([cell, value]).toEqual([cell, Number(cell)]);
  return rows === 1;
};

describe("a plain cell has the bits that Number gives it", () => {
  test.each(["0", "-0", "1", "1.", "-1e-5", "0.000123", "1e22", "123456789012345678", "0.1234567890123456", "9E+3"])(
    "%s",
    cell => expect(takes(cell)).toBe(true),
  );

  test("any float64 number as its shortest text, with 17 digits and with few", () => {
    let [taken, all] = [0, 0];
    const ordinary = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(fc.oneof(ordinary, fc.double({ noNaN: true, noDefaultInfinity: true })), number => {
        for (const digits of [17, 8]) {
          const text = number.toPrecision(digits);
          const isOrdinary = Math.abs(number) > 0.01 && Math.abs(number) < 1e3;
          if (isOrdinary) all++;
          if (takes(text) && isOrdinary) taken++;
        }
        for (const text of [String(number), number.toExponential(5)]) takes(text);
      }),
      { numRuns: 4000, seed: 3 },
    );
    // Hardly any is left to the slow way.
    expect(taken / all).toBeGreaterThan(0.999);
  });

  test("texts next to the middle of two float64 numbers, and of any number of digits", () => {
    const whole = fc.bigInt({ min: 0n, max: 10n ** 21n });
    fc.assert(
      fc.property(whole, fc.integer({ min: -25, max: 25 }), fc.nat(24), (digits, power, places) => {
        takes(`${digits}e${power}`);
        takes(`${digits | 1n}.${"0".repeat(places)}${digits}`);
        takes(`-0.${digits}`);
      }),
      { numRuns: 4000, seed: 4 },
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 59n }), fc.integer({ min: 0, max: 22 }), (digits, places) => {
        takes(`${digits}e-${places}`);
        takes(`${digits | 1n}e${places}`);
      }),
      { numRuns: 4000, seed: 5 },
    );
  });
});

test.each(["", "-", ".5", "e5", "1e", "1e+", "x", "nan", " 1", "1 ", '"1"', "+1", "1.2.3", "1e23", "1;2"])(
  "%j is left to others",
  cell => {
    expect(read(`1,${cell}\n`)).toMatchObject({ rows: 0, stop: "other" });
    expect(read(`2,3\n${cell},1\n`)).toMatchObject({ rows: 1, stop: "other" });
  },
);

test("rows end where the bytes do, whatever stood behind them before", () => {
  expect(read("1,2\n3,4\r\n5,6\n")).toEqual({
    rows: 3,
    stop: "ended",
    columns: [
      [1, 3, 5],
      [2, 4, 6],
    ],
  });
  for (const [end, rows] of [
    ["", 1],
    ["3", 1],
    ["3,", 1],
    ["3,4", 1],
    ["3,4\r", 1],
    ["3,4\r\n", 2],
  ] as const)
    expect([end, read(`1,2\n${end}`)]).toMatchObject([end, { rows, stop: "ended" }]);
  expect(read("1,2,3\n")).toMatchObject({ rows: 0, stop: "other" });
  expect(read("1\n2,3\n")).toMatchObject({ rows: 0, stop: "other" });
});

test("rows that are read many at a time and one by one, in pieces of any size, are the same table", () => {
  const cell = fc.oneof(
    { weight: 20, arbitrary: fc.double({ min: -50, max: 50, noNaN: true }).map(x => x.toPrecision(9)) },
    { weight: 1, arbitrary: fc.constantFrom("", "NaN", "inf", '"7"', " 2", "word", "-1e-300", '"a\nb"') },
  );
  const line = fc.oneof(
    { weight: 12, arbitrary: fc.tuple(cell, cell, cell).map(cells => cells.join(",")) },
    { weight: 1, arbitrary: fc.constantFrom("# 1,2,3", "", "  ", "a,b,c") },
  );
  const table = (text: string, size: number) => {
    const bytes = bytesOf(text);
    const own = columnReader("t.csv");
    for (let from = 0; from < bytes.length; from += size) own.push(bytes.subarray(from, from + size));
    const { rows, value, words, lineOf, comments, repeats } = own.end();
    return {
      numbers: Array.from({ length: rows }, (_, row) => [0, 1, 2].map(column => value(row, column))),
      words: [0, 1, 2].map(column => [...words(column)]),
      lines: Array.from({ length: rows }, (_, row) => lineOf(row)),
      comments,
      repeats,
    };
  };
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), fc.nat(200), fc.constantFrom("\n", "\r\n"), (lines, size, end) => {
      // Spaces around the first cell of a row keep the kernel away, and change nothing else.
      const text = (margin: string) =>
        `a,b,c${end}${lines.map(each => (/^[-\d]/.test(each) ? margin : "") + each + end).join("")}`;
      expect(table(text(""), size + 1)).toEqual(table(text(" "), 1e6));
    }),
    { numRuns: 300, seed: 6 },
  );
});

test("more rows than are held at a time, and columns up to the widest", () => {
  for (const [width, rows] of [
    [2, 40_000],
    [1000, 100],
    [33_000, 2],
  ] as const) {
    const row = (i: number) => Array.from({ length: width }, (_, c) => ((i * 37 + c) % 1013) / 8);
    const own = columnReader("t.csv");
    own.push(bytesOf(Array.from({ length: rows }, (_, i) => `${row(i).join(",")}\n`).join("")));
    const found = own.end();
    expect(found.rows).toBe(rows);
    for (let i = 0; i < rows; i += width > 100 ? 1 : 997)
      expect(row(i).every((value, column) => found.value(i, column) === value)).toBe(true);
    expect(found.lineOf(rows - 1)).toBe(rows);
  }
});
