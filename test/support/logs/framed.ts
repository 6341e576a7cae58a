import { crc32 } from "../../../src/formats/crc32.ts";
import { maskedCrc32c } from "../../../src/formats/crc32c.ts";

/** A TFRecord file of records, with their checksums. */
export const tfRecordFile = (records: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(records.reduce((sum, { length }) => sum + 16 + length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const record of records) {
    view.setUint32(at, record.length, true);
    view.setUint32(at + 8, maskedCrc32c(out, at, at + 8), true);
    out.set(record, at + 12);
    at += 12 + record.length;
    view.setUint32(at, maskedCrc32c(record, 0, record.length), true);
    at += 4;
  }
  return out;
};

const BLOCK = 32_768;
const HEAD = [0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00];

/** A file of W&B: its head, and blocks with fragments of records. */
export const wandbFile = (records: readonly Uint8Array[]): Uint8Array => {
  const out: number[] = [...HEAD];
  for (const record of records) {
    let [from, first] = [0, true];
    do {
      let left = BLOCK - (out.length % BLOCK);
      if (left < 7) {
        while (left-- > 0) out.push(0);
        left = BLOCK;
      }
      const length = Math.min(record.length - from, left - 7);
      const last = from + length === record.length;
      const fragment = Uint8Array.of(first ? (last ? 1 : 2) : last ? 4 : 3, ...record.subarray(from, from + length));
      const sum = crc32(fragment);
      out.push(sum & 255, (sum >>> 8) & 255, (sum >>> 16) & 255, sum >>> 24, length & 255, length >>> 8, ...fragment);
      from += length;
      first = false;
    } while (from < record.length);
  }
  return Uint8Array.from(out);
};
