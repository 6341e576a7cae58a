import { expect, test } from "vitest";
import { withoutWal } from "../../src/formats/sqlite-wal.ts";

const PAGE = 512;

/** A database of pages filled with a number each, in write-ahead mode, and its log, as https://www.sqlite.org/walformat.html says. */
const database = (...fills: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(PAGE * fills.length);
  fills.forEach((fill, page) => {
    bytes.fill(fill, page * PAGE, (page + 1) * PAGE);
  });
  bytes.set([2, 0, 2, 2], 16);
  return bytes;
};

const wal = (little: boolean, frames: readonly { page: number; fill: number; size: number }[]): Uint8Array => {
  const bytes = new Uint8Array(32 + frames.length * (24 + PAGE));
  const view = new DataView(bytes.buffer);
  let [a, b] = [0, 0];
  const sum = (from: number, to: number) => {
    for (let at = from; at < to; at += 8) {
      a = (a + view.getUint32(at, little) + b) >>> 0;
      b = (b + view.getUint32(at + 4, little) + a) >>> 0;
    }
  };
  const put = (at: number, ...words: readonly number[]) => {
    words.forEach((word, i) => {
      view.setUint32(at + 4 * i, word);
    });
  };
  put(0, little ? 0x377f0682 : 0x377f0683, 3007000, PAGE, 0, 11, 22);
  sum(0, 24);
  put(24, a, b);
  frames.forEach(({ page, fill, size }, i) => {
    const at = 32 + i * (24 + PAGE);
    put(at, page, size, 11, 22);
    bytes.fill(fill, at + 24, at + 24 + PAGE);
    sum(at, at + 8);
    sum(at + 24, at + 24 + PAGE);
    put(at + 16, a, b);
  });
  return bytes;
};

/** What fills each page, but for the header of the first. */
const fills = (bytes: Uint8Array): number[] =>
  Array.from({ length: bytes.length / PAGE }, (_, page) => bytes[page * PAGE + 200]);

test.each([true, false])(
  "pages of finished transactions take the place of those before, little-endian sums %s",
  little => {
    const log = wal(little, [
      { page: 2, fill: 7, size: 0 },
      { page: 3, fill: 8, size: 3 },
      // Begun, and not finished.
      { page: 2, fill: 9, size: 0 },
    ]);
    expect(fills(withoutWal(database(1, 2), log, "x.db"))).toEqual([1, 7, 8]);
  },
);

test("behind a frame whose checksum differs nothing is taken", () => {
  const log = wal(true, [
    { page: 2, fill: 7, size: 2 },
    { page: 1, fill: 8, size: 2 },
  ]);
  log[32 + 24 + PAGE + 24 + 5]++;
  expect(fills(withoutWal(database(1, 2), log, "x.db"))).toEqual([1, 7]);
  log[32 + 24 + 5]++;
  expect(fills(withoutWal(database(1, 2), log, "x.db"))).toEqual([1, 2]);
});
