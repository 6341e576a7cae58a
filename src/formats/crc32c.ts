/** Entry 256 k + byte: what a byte does when k more follow it.  [Sarwate 1988; slicing by 4 of Kounavis & Berry 2005] */
const TABLES = (() => {
  const tables = new Uint32Array(1024);
  for (let byte = 0; byte < 256; byte++) {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0x82f63b78 : rest >>> 1;
    tables[byte] = rest;
  }
  for (let i = 256; i < 1024; i++) tables[i] = (tables[i - 256] >>> 8) ^ tables[tables[i - 256] & 0xff];
  return tables;
})();

/** The Castagnoli checksum of bytes `from` up to `to`, an unsigned 32-bit number.  [RFC 3720, B.4] */
export const crc32c = (bytes: Uint8Array, from: number, to: number): number => {
  let rest = -1;
  let at = from;
  for (const last = to - 4; at <= last; at += 4) {
    rest ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    rest =
      TABLES[768 + (rest & 0xff)] ^
      TABLES[512 + ((rest >>> 8) & 0xff)] ^
      TABLES[256 + ((rest >>> 16) & 0xff)] ^
      TABLES[rest >>> 24];
  }
  for (; at < to; at++) rest = TABLES[(rest ^ bytes[at]) & 0xff] ^ (rest >>> 8);
  return ~rest >>> 0;
};

/** As records of TensorFlow and LevelDB hold it, so that a checksum of data with checksums in them is no special case. */
export const maskedCrc32c = (bytes: Uint8Array, from: number, to: number): number => {
  const crc = crc32c(bytes, from, to);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
};
