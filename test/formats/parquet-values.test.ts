import { describe, expect, test } from "vitest";
import type { PageHead } from "../../src/formats/parquet-pages.ts";
import { checkDifferences, checkRuns } from "../../src/formats/parquet-runs.ts";
import { checkValues } from "../../src/formats/parquet-values.ts";

const of = (...bytes: readonly number[]) => Uint8Array.from(bytes);

describe("runs", () => {
  test("of repeated and of packed values end where their bytes end", () => {
    // Five times 1; then eight values of three bits, of which three are left.
    expect(checkRuns(of(10, 1, 3, 0x88, 0xc6, 0xfa), { width: 3, values: 8 })).toBe(6);
  });

  test.each<[string, Uint8Array, number, string]>([
    ["repeat a value more often than there are values", of(12, 1), 5, "a run of 6 values in a page with 5 left"],
    ["repeat it a thousand million times", of(0xfe, 0xff, 0xff, 0xff, 0x07, 1), 5, "a run of 1073741823 values"],
    ["pack more than the last eight", of(5, 0, 0, 0, 0, 0, 0), 5, "a run of 16 values in a page with 5 left"],
    ["go on behind the last value together", of(6, 1, 6, 1), 5, "a run of 3 values in a page with 2 left"],
    ["have a number without an end", of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80), 5, "a run that breaks off"],
    ["break off within a value", of(10), 5, "a run that breaks off"],
    ["end before all values are there", of(8, 1), 5, "a run that breaks off"],
  ])("that %s are refused", (_, bytes, values, message) => {
    expect(() => checkRuns(bytes, { width: 3, values })).toThrow(message);
  });

  test("end early where there may be nulls", () => {
    expect(checkRuns(of(8, 1), { width: 3, values: 5, fewer: true })).toBe(2);
  });

  test("of values of no bits are counted too: no byte ends them", () => {
    expect(() => checkRuns(of(0xff, 0xff, 0xff, 0xff, 0x0f), { width: 0, values: 4 })).toThrow("in a page with 4 left");
    expect(() => checkRuns(of(2, 0), { width: 33, values: 4 })).toThrow("33 bits");
  });
});

test("differences are in blocks of a size that is usual", () => {
  expect(() => checkDifferences(of(0x80, 1, 4, 0))).not.toThrow();
  expect(() => checkDifferences(of(0x80, 1, 0xff, 0xff, 0xff, 0x0f))).toThrow("33554431 pieces");
  expect(() => checkDifferences(of(0x80, 1, 0))).toThrow("0 pieces");
});

describe("the values of a page", () => {
  const page = (given: Partial<PageHead>): PageHead => ({
    ...{ kind: "data", values: 4, packed: 8, unpacked: 8, encoding: 0, bytes: of() },
    ...given,
  });
  const asTheyAre = (bytes: Uint8Array) => bytes;

  test("levels of version 1 stand behind their length, indices of a dictionary behind their width", () => {
    const bytes = of(2, 0, 0, 0, 8, 1, 2, 8, 3);
    expect(() => checkValues(page({ bytes, encoding: 8 }), true, asTheyAre)).not.toThrow();
    expect(() => checkValues(page({ bytes: of(2, 0, 0, 0, 80, 1) }), true, asTheyAre)).toThrow("a run of 40 values");
    expect(() => checkValues(page({ bytes: of(9, 0, 0, 0, 8, 1) }), true, asTheyAre)).toThrow("9 bytes of runs");
    expect(() => checkValues(page({ bytes: of(2, 80, 3), encoding: 8 }), false, asTheyAre)).toThrow("a run of 40");
  });

  test("levels of version 2 stand before what is packed", () => {
    const levels = { repetition: 0, definition: 2, isPacked: true };
    const given = page({ bytes: of(8, 1, 99), unpacked: 5, encoding: 8, levels });
    const unpack = (bytes: Uint8Array, length: number) => {
      expect([...bytes, length]).toEqual([99, 3]);
      return of(2, 8, 3);
    };
    expect(() => checkValues(given, true, unpack)).not.toThrow();
    expect(() => checkValues({ ...given, bytes: of(80, 1, 99) }, true, unpack)).toThrow("a run of 40 values");
    const far = { ...given, levels: { ...levels, definition: 4 } };
    expect(() => checkValues(far, true, unpack)).toThrow("levels of 0 and 4 bytes in a page of 3");
  });
});
