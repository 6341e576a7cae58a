import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { type ParquetColumn, packParquet } from "../../src/formats/pack-parquet.ts";

const bufferOf = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer;
const rowsOf = (bytes: Uint8Array) => parquetReadObjects({ file: bufferOf(bytes) });

const number = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, Number.NaN, Infinity, 5e-324, 0.1 + 0.2),
  fc.constant(null),
);
const integer = fc.oneof(fc.maxSafeInteger(), fc.constant(null));
const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("", "a,b", 'says "x"\n'), fc.constant(null));
const truth = fc.oneof(fc.boolean(), fc.constant(null));

test("every value comes back from a reader, null and NaN apart, to the last bit", async () => {
  const rows = fc.array(fc.tuple(number, integer, text, truth), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(rows, async values => {
      const columns = (["number", "integer", "text", "truth"] as const).map(
        (type, i): ParquetColumn => ({ name: type, type, values: values.map(row => row[i]) }),
      );
      const back = await rowsOf(packParquet(columns));
      expect(back.length).toBe(values.length);
      for (const [i, [a, b, c, d]] of values.entries()) {
        expect(Object.is(back[i].number, a), `${back[i].number} for ${a}`).toBe(true);
        expect(back[i].integer).toBe(b === null ? null : BigInt(b));
        expect(back[i].text).toBe(c);
        expect(back[i].truth).toBe(d);
      }
    }),
    { numRuns: 60 },
  );
});

test("-0 among many equal values stays -0", async () => {
  const values = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 0 : -0));
  const back = await rowsOf(packParquet([{ name: "x", type: "number", values }]));
  expect(back.filter(({ x }) => Object.is(x, -0)).length).toBe(50);
});

test("types are those that were said, whatever the values: an empty column, whole numbers, nothing but null", () => {
  const schemas = [[], [1, 2], [null], [0.5]].map(values => {
    const bytes = packParquet([
      { name: "a", type: "number", values },
      { name: "b", type: "text", values: values.map(() => null) },
    ]);
    return parquetMetadata(bufferOf(bytes)).schema.map(({ name, type, repetition_type }) => [
      name,
      type,
      repetition_type,
    ]);
  });
  for (const schema of schemas)
    expect(schema.slice(1)).toEqual([
      ["a", "DOUBLE", "OPTIONAL"],
      ["b", "BYTE_ARRAY", "OPTIONAL"],
    ]);
});

test("metadata come along, and equal columns give equal bytes", () => {
  const columns: ParquetColumn[] = [{ name: "x", type: "number", values: [1, null, Number.NaN] }];
  const bytes = packParquet(columns, { about: '{"x":"µ"}' });
  const { key_value_metadata, created_by } = parquetMetadata(bufferOf(bytes));
  expect(key_value_metadata).toContainEqual({ key: "about", value: '{"x":"µ"}' });
  expect(created_by).toBe("landau");
  expect(packParquet(columns, { about: '{"x":"µ"}' })).toEqual(bytes);
});

test.each([
  [
    "text among numbers",
    [{ name: "x", type: "number", values: [1, "2"] }],
    'a value of column x is "2": needs the type',
  ],
  [
    "a fraction among integers",
    [{ name: "x", type: "integer", values: [1, 0.5] }],
    "a value of column x is 0.5: needs the type",
  ],
  [
    "an integer beyond float64",
    [{ name: "x", type: "integer", values: [2 ** 53] }],
    "a value of column x is 9007199254740992",
  ],
  [
    "columns of different lengths",
    [
      { name: "x", type: "number", values: [1] },
      { name: "y", type: "number", values: [1, 2] },
    ],
    "rows of column y is 2: needs 1",
  ],
  [
    "two columns of one name",
    [
      { name: "x", type: "number", values: [1] },
      { name: "x", type: "text", values: ["a"] },
    ],
    'name of a column is "x": needs one of its own',
  ],
] as const)("%s is refused by name", (_, columns, message) => {
  expect(() => packParquet(columns as unknown as ParquetColumn[])).toThrow(message);
});
