import { expect, test } from "vitest";
import { pageHeads } from "../../src/formats/parquet-pages.ts";

/** Fields of 32 bits in Thrift's compact form: a byte each for the field, 1 further on, and for a number of either sign below 64. */
const head = (...numbers: readonly number[]): Uint8Array =>
  Uint8Array.from([...numbers.flatMap(value => [0x15, value < 0 ? -2 * value - 1 : 2 * value]), 0]);

test("type, length unpacked and length packed of a page, behind which the next one begins", () => {
  const bytes = Uint8Array.from([...head(1, 9, 3), 1, 2, 3, ...head(1, 5, 2), 4, 5]);
  expect([...pageHeads(bytes)].map(({ packed, unpacked }) => [packed, unpacked])).toEqual([
    [3, 9],
    [2, 5],
  ]);
});

test("a page of a negative length is refused", () => {
  expect(() => [...pageHeads(Uint8Array.from([...head(1, 9, -3), 1, 2, 3]))]).toThrow("a page of -3 bytes");
});

test("a page of values that does not say how many is refused", () => {
  for (const type of [0, 2, 3])
    expect(() => [...pageHeads(Uint8Array.from([...head(type, 9, 3), 1, 2, 3]))]).toThrow(
      `a page of kind ${type} without its number of values`,
    );
});
